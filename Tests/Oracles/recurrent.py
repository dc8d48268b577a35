"""Writes Tests/Fixtures/recurrent.json: what Keras' recurrent layers compute, with gradients by JAX.

Needs: keras and jax. Run: python Tests/Oracles/recurrent.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import numpy as np
from keras import layers

from arrays import array, write

# Shapes change from case to case: compiling each takes far longer than running it step by step.
jax.config.update("jax_disable_jit", True)

rng = np.random.default_rng(20240609)
F32 = np.float32


def normal(*shape, scale=1.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def masks(kind, batch, time):
    """Padding before, after, or anywhere; the second row is all padding, the third has none."""
    real = rng.integers(1, time + 1, size=(batch, 1))
    place = np.arange(time)
    mask = {"pre": place >= time - real, "post": place < real, "holes": rng.random((batch, time)) < 0.6}[kind].copy()
    mask[1:2], mask[2:3] = False, True
    return mask


def call(chain, weights, x, mask=None, **arguments):
    """The chain's output and the mask behind it, as a pure function of its weights."""
    for layer, own in zip(chain, weights):
        following = layer.compute_mask(x, mask) if layer.supports_masking else None
        if mask is not None and layer._call_has_mask_arg:
            arguments["mask"] = mask
        x, _ = layer.stateless_call(own, layer.non_trainable_variables, x, **arguments)
        arguments, mask = {}, following
    return x, mask


def initialized(chain, x, mask=None):
    """Builds the chain and gives it other weights than Keras does."""
    for layer in chain:
        following = layer.compute_mask(x, mask) if layer.supports_masking else None
        x = layer(x, mask=mask) if mask is not None and layer._call_has_mask_arg else layer(x)
        mask = following
        for v in layer.trainable_variables:
            v.assign(normal(*v.shape, scale=0.7))
        x = x[0] if isinstance(x, (list, tuple)) else x
    return [[v.value for v in layer.trainable_variables] for layer in chain]


def described(chain, weights, gradients):
    result = []
    for layer, values, slopes in zip(chain, weights, gradients):
        for variable, value, slope in zip(layer.trainable_variables, values, slopes):
            result.append({"role": variable.path.split("/")[-1], "path": "/".join(variable.path.split("/")[1:]),
                           "value": array(value), "gradient": array(slope)})
    return result


def case(name, chain, x, mask=None):
    """Forward and gradients, as `layers.py` has them."""
    chain = chain if isinstance(chain, list) else [chain]
    weights = initialized(chain, x, mask)
    out_mask = call(chain, weights, x, mask)[1]
    forward = lambda weights, x: call(chain, weights, x, mask)[0]
    is_ids = x.dtype.kind == "i"
    y, backward = jax.vjp(*((lambda weights: forward(weights, x), weights) if is_ids else (forward, weights, x)))
    dy = normal(*y.shape)
    gradients = backward(jnp.asarray(dy))
    result = {"name": name, "class": type(chain[0]).__name__, "x": array(x), "is_ids": is_ids, "y": array(y), "dy": array(dy),
              "weights": described(chain, weights, gradients[0])}
    if not is_ids:
        result["dx"] = array(gradients[1])
    if mask is not None:
        result["mask"] = array(mask)
    if out_mask is not None:
        result["out_mask"] = array(out_mask)
    return result


CELLS = {
    "lstm": layers.LSTM,
    "gru": layers.GRU,
    "gru reset before": lambda *a, **k: layers.GRU(*a, reset_after=False, **k),
    "simple": layers.SimpleRNN,
}


def cell_cases():
    for cell, make in CELLS.items():
        for sequences in (False, True):
            for backwards in (False, True):
                options = {"return_sequences": sequences, "go_backwards": backwards}
                name = cell + (" sequences" if sequences else "") + (" backwards" if backwards else "")
                yield case(name, make(3, **options), normal(3, 5, 2))
                yield case(name + " holes", make(3, **options), normal(11, 5, 2), masks("holes", 11, 5))
                if sequences:
                    yield case(name + " zero output", make(3, zero_output_for_mask=True, **options), normal(5, 5, 2),
                               masks("holes", 5, 5))
        for kind in ("pre", "post"):
            yield case(f"{cell} {kind}", make(3), normal(9, 6, 2), masks(kind, 9, 6))
        yield case(f"{cell} nothing real", make(2), normal(2, 3, 2), np.zeros((2, 3), bool))
        yield case(f"{cell} without bias", make(3, use_bias=False), normal(2, 4, 3))
        yield case(f"{cell} of one", make(1), normal(1, 1, 1))
        gates = {} if cell == "simple" else {"recurrent_activation": "tanh"}
        yield case(f"{cell} kernels", make(3, activation="relu", **gates), normal(3, 4, 2), masks("holes", 3, 4))
        gates = {} if cell == "simple" else {"recurrent_activation": "softmax"}
        yield case(f"{cell} formulas", make(3, activation="softsign", **gates), normal(3, 4, 2), masks("holes", 3, 4))
        if cell != "simple":
            yield case(f"{cell} formula in the gates", make(3, recurrent_activation="softplus"), normal(3, 4, 2))
            yield case(f"{cell} linear", make(3, activation="linear"), normal(3, 4, 2))
    yield case("lstm wide", layers.LSTM(17), normal(10, 3, 4), masks("post", 10, 3))


def bidirectional_cases():
    for mode in ("concat", "sum", "mul", "ave"):
        for sequences in (False, True):
            inner = lambda: layers.LSTM(2, return_sequences=sequences, name="lstm")
            name = f"bidirectional {mode}" + (" sequences" if sequences else "")
            yield case(name, layers.Bidirectional(inner(), merge_mode=mode), normal(3, 4, 2))
            yield case(name + " holes", layers.Bidirectional(inner(), merge_mode=mode), normal(9, 4, 2),
                       masks("holes", 9, 4))
    yield case("bidirectional gru", layers.Bidirectional(layers.GRU(2, return_sequences=True, name="gru")), normal(9, 4, 2),
               masks("pre", 9, 4))
    yield case("bidirectional simple", layers.Bidirectional(layers.SimpleRNN(2, name="simple_rnn")), normal(9, 4, 2),
               masks("post", 9, 4))
    pair = [layers.LSTM(2, return_sequences=True, name="there"),
            layers.GRU(3, return_sequences=True, go_backwards=True, name="back")]
    yield case("bidirectional pair", layers.Bidirectional(pair[0], backward_layer=pair[1]), normal(3, 4, 2),
               masks("holes", 3, 4))
    pair = [layers.LSTM(2, return_sequences=True, go_backwards=True, name="back"),
            layers.LSTM(2, return_sequences=True, name="there")]
    yield case("bidirectional the other way round", layers.Bidirectional(pair[0], backward_layer=pair[1]), normal(3, 4, 2),
               masks("holes", 3, 4))


def stack_cases():
    ids = np.array([[0, 0, 3, 1], [2, 0, 0, 5], [1, 2, 3, 4], [0, 0, 0, 0]], np.int32)
    yield case("stack", [layers.Embedding(7, 3, mask_zero=True), layers.SpatialDropout1D(0.5),
                         layers.LSTM(4, return_sequences=True), layers.GRU(3, return_sequences=True), layers.SimpleRNN(2),
                         layers.Dense(2, activation="sigmoid")], ids)
    yield case("stack backwards", [layers.Embedding(7, 3, mask_zero=True),
                                   layers.LSTM(3, return_sequences=True, go_backwards=True), layers.LSTM(2)], ids)
    yield case("bidirectional stack", [
        layers.Embedding(7, 3, mask_zero=True),
        layers.Bidirectional(layers.LSTM(2, return_sequences=True, name="lstm")),
        layers.Bidirectional(layers.GRU(2, name="gru"), merge_mode="sum"), layers.Dense(2, activation="sigmoid")], ids)
    x = normal(4, 5, 2)
    x[0, 1], x[1, 3:], x[2], x[3, 0] = 0.5, 0.5, 0.5, (0.5, 1)
    yield case("masking", layers.Masking(0.5), x)
    yield case("masking before", [layers.Masking(0.5), layers.LSTM(2, return_sequences=True), layers.GRU(2)], x)


def several(name, layer, x, mask=None, states=None, factors=None):
    """Output and last states from given first ones, or with given dropout factors; gradients of all that goes in."""
    weights = initialized([layer], x, mask)[0]
    states = [normal(len(x), size, scale=0.7) for size in states] if states else None

    def run(weights, x, states):
        arguments = {"training": True} if factors else {}
        if states is not None:
            arguments["initial_state"] = states
        if factors:
            layer.cell._dropout_mask, layer.cell._recurrent_dropout_mask = factors
        results = call([layer], [weights], x, mask, **arguments)[0]
        return list(results) if isinstance(results, (list, tuple)) else [results]

    y, backward = jax.vjp(run, weights, x, states)
    dy = [normal(*part.shape) for part in y]
    gradients = backward([jnp.asarray(part) for part in dy])
    result = {"name": name, "x": array(x), "weights": [array(w) for w in weights], "y": [array(p) for p in y],
              "dy": [array(p) for p in dy], "dx": array(gradients[1]), "gradients": [array(g) for g in gradients[0]]}
    if mask is not None:
        result["mask"] = array(mask)
    if states:
        result |= {"states": [array(s) for s in states], "state_gradients": [array(g) for g in gradients[2]]}
    return result


def state_cases():
    for cell, make in CELLS.items():
        sizes = [3, 3] if cell == "lstm" else [3]
        for sequences in (False, True):
            for backwards in (False, True):
                name = cell + (" sequences" if sequences else "") + (" backwards" if backwards else "")
                layer = lambda: make(3, return_state=True, return_sequences=sequences, go_backwards=backwards)
                yield several(name, layer(), normal(3, 4, 2), states=sizes)
                # Padding at the beginning shows the first state, on JAX.
                yield several(name + " holes", layer(), normal(9, 4, 2), masks("holes", 9, 4), sizes)
    for mode in ("concat", None):
        inner = layers.LSTM(2, return_state=True, return_sequences=True)
        yield several(f"bidirectional {mode}", layers.Bidirectional(inner, merge_mode=mode), normal(3, 4, 2),
                      masks("holes", 3, 4), [2, 2, 2, 2])


def dropout_cases():
    """Factors that are neither 0 nor 1/(1 - rate), so that nothing goes unnoticed."""
    for cell, make in CELLS.items():
        gates = {"lstm": 4, "simple": 1}.get(cell, 3)
        for both in (True, False):
            batch, time, inputs, units = 9, 4, 2, 3
            layer = make(units, dropout=0.3 if both else 0, recurrent_dropout=0.2, return_sequences=True)
            drawn = [rng.uniform(0.2, 1.5, size=(gates, batch, n)).astype(F32) for n in (inputs, units)]
            given = [[jnp.asarray(part) for part in factors] if gates > 1 else jnp.asarray(factors[0]) for factors in drawn]
            result = several(cell + ("" if both else " recurrent"), layer, normal(batch, time, inputs),
                             masks("holes", batch, time), factors=(given[0] if both else None, given[1]))
            if both:
                result["input_factors"] = array(drawn[0])
            yield result | {"recurrent_factors": array(drawn[1])}


def configs():
    made = [layers.LSTM(3), layers.LSTM(2, activation="relu", recurrent_activation="tanh", use_bias=False,
                                        unit_forget_bias=False, dropout=0.25, recurrent_dropout=0.5, return_sequences=True,
                                        return_state=True, go_backwards=True, zero_output_for_mask=True),
            layers.GRU(4), layers.GRU(4, reset_after=False, return_sequences=True), layers.SimpleRNN(5),
            layers.SimpleRNN(5, activation="relu", go_backwards=True, dropout=0.25), layers.Masking(0.5),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True, name="lstm")),
            layers.Bidirectional(layers.GRU(3, name="gru"), merge_mode="sum"),
            layers.Bidirectional(layers.GRU(3, name="gru"), merge_mode=None)]
    for layer in made:
        yield {"class_name": type(layer).__name__, "config": layer.get_config()}


if __name__ == "__main__":
    write("recurrent.json", {
        "layers": [*cell_cases(), *bidirectional_cases(), *stack_cases()],
        "states": list(state_cases()),
        "dropout": list(dropout_cases()),
        "configs": list(configs()),
    })
