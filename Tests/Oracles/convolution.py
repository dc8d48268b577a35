"""Writes Tests/Fixtures/convolution.json: what Keras' layers of convolution, pooling in windows, normalization and
reshaping compute, with gradients by JAX.

Needs: keras and jax. Run: python Tests/Oracles/convolution.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import numpy as np
from keras import layers
from keras.src.utils.naming import to_snake_case

from arrays import array, write

# Shapes change from case to case: compiling each takes far longer than running it step by step.
jax.config.update("jax_disable_jit", True)

rng = np.random.default_rng(20240611)
F32 = np.float32


def normal(*shape, scale=1.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def initialized(layer, x):
    """Builds the layer and gives it other weights than Keras does; a variance is positive."""
    layer(x)
    for v in layer.weights:
        value = normal(*v.shape, scale=0.7)
        v.assign(np.abs(value) + F32(0.3) if v.path.endswith("variance") else value)
    return [v.value for v in layer.trainable_variables], [v.value for v in layer.non_trainable_variables]


def case(name, layer, x, mask=None, training=False):
    """Forward, gradients and, in training, what becomes of the weights that gradients do not change."""
    trained, kept = initialized(layer, x)
    arguments = {"training": training} if layer._call_has_training_arg else {}
    if mask is not None and layer._call_has_mask_arg:
        arguments["mask"] = mask
    forward = lambda trained, x: layer.stateless_call(trained, kept, x, **arguments)
    y, backward, after = jax.vjp(forward, trained, x, has_aux=True)
    dy = normal(*y.shape)
    gradients, dx = backward(jnp.asarray(dy))
    gradients = {v.path: array(g) for v, g in zip(layer.trainable_variables, gradients)}
    after = {v.path: array(value) for v, value in zip(layer.non_trainable_variables, after)}
    weights = []
    for v in layer.weights:
        weight = {"role": v.path.split("/")[-1], "value": array(v.value)}
        weight |= {"gradient": gradients[v.path]} if v.trainable else {"after": after[v.path]}
        weights.append(weight)
    kind = type(layer).__name__
    config = {key: value for key, value in layer.get_config().items() if key != "dtype"} | {"name": to_snake_case(kind)}
    result = {"name": name, "class": kind, "layer": {"class_name": kind, "config": config}, "x": array(x),
              "is_ids": False, "y": array(y), "dy": array(dy), "dx": array(dx), "weights": weights}
    if mask is not None:
        result["mask"] = array(mask)
        out_mask = layer.compute_mask(x, mask) if layer.supports_masking else None
        if out_mask is not None:
            result["out_mask"] = array(out_mask)
    return result


MASK = np.array([[1, 1, 0, 0, 1], [0, 0, 0, 0, 1], [1, 1, 1, 1, 1]], bool)


def convolutions():
    yield case("conv1d", layers.Conv1D(6, 3), normal(3, 9, 4))
    for activation in ["relu", "sigmoid", "tanh", "softmax", "silu"]:
        yield case(f"conv1d {activation}", layers.Conv1D(6, 3, activation=activation), normal(2, 7, 4))
    yield case("conv1d without bias", layers.Conv1D(5, 2, use_bias=False, activation="relu"), normal(2, 6, 3))
    yield case("conv1d of one", layers.Conv1D(1, 1), normal(1, 1, 1))
    yield case("conv1d of the whole", layers.Conv1D(3, 5, activation="tanh"), normal(2, 5, 3))
    yield case("conv1d wide", layers.Conv1D(33, 4, activation="relu"), normal(3, 21, 19))
    yield case("conv1d with mask", layers.Conv1D(4, 2), normal(3, 5, 4), mask=MASK)
    for padding in ["valid", "same", "causal"]:
        for size, strides, dilation, groups in [(3, 1, 1, 1), (4, 1, 1, 1), (3, 2, 1, 1), (4, 3, 1, 1), (2, 4, 1, 1),
                                                (3, 1, 2, 1), (4, 1, 3, 1), (3, 1, 1, 2), (2, 2, 1, 3), (3, 1, 2, 6)]:
            for time in [10, 11]:
                layer = layers.Conv1D(6, size, strides=strides, padding=padding, dilation_rate=dilation, groups=groups,
                                      activation="tanh")
                yield case(f"conv1d {padding} {size} {strides} {dilation} {groups} {time}", layer, normal(2, time, 6))
    # More taps than steps.
    for padding in ["same", "causal"]:
        yield case(f"conv1d {padding} short", layers.Conv1D(4, 7, padding=padding), normal(2, 3, 3))
        yield case(f"conv1d {padding} far", layers.Conv1D(4, 3, padding=padding, dilation_rate=5), normal(2, 4, 3))


def poolings():
    for name, kind in [("max", layers.MaxPooling1D), ("average", layers.AveragePooling1D)]:
        for padding in ["valid", "same"]:
            for size, strides in [(1, None), (2, None), (3, None), (3, 1), (4, 2), (2, 3), (5, 4)]:
                for time in [9, 10]:
                    layer = kind(size, strides=strides, padding=padding)
                    yield case(f"{name} {padding} {size} {strides or size} {time}", layer, normal(2, time, 5))
        yield case(f"{name} short", kind(4, padding="same"), normal(2, 2, 3))
        yield case(f"{name} with mask", kind(2), normal(3, 5, 4), mask=MASK)


def normalizations(training=False):
    norm = layers.BatchNormalization
    yield case("batch normalization", norm(), normal(4, 5) + 2, training=training)
    yield case("batch normalization rank 3", norm(axis=2, momentum=0.9), normal(3, 5, 4, scale=3) - 1,
               training=training)
    yield case("batch normalization rank 4", norm(epsilon=0.1), normal(2, 3, 2, 4), training=training)
    yield case("batch normalization without gamma", norm(scale=False), normal(6, 3), training=training)
    yield case("batch normalization without beta", norm(center=False), normal(6, 3), training=training)
    yield case("batch normalization alone", norm(center=False, scale=False), normal(6, 3), training=training)
    yield case("batch normalization of one", norm(), normal(1, 1), training=training)
    yield case("batch normalization wide", norm(), normal(15, 9, 19), training=training)
    yield case("batch normalization with mask", norm(), normal(3, 5, 4) + 1, mask=MASK, training=training)
    yield case("batch normalization of padding", norm(), normal(3, 5, 4), mask=np.zeros_like(MASK), training=training)


def layer_normalizations():
    norm = layers.LayerNormalization
    yield case("layer normalization", norm(), normal(4, 5) + 2)
    yield case("layer normalization rank 3", norm(axis=2), normal(3, 5, 4, scale=3))
    yield case("layer normalization rank 4", norm(epsilon=0.1), normal(2, 3, 2, 4))
    yield case("layer normalization without gamma", norm(scale=False), normal(6, 8))
    yield case("layer normalization without beta", norm(center=False), normal(6, 8))
    yield case("layer normalization alone", norm(center=False, scale=False), normal(6, 8))
    yield case("layer normalization of one", norm(), normal(2, 1))
    yield case("layer normalization wide", norm(), normal(15, 9, 19))
    yield case("layer normalization with mask", norm(), normal(3, 5, 4), mask=MASK)


def reshapings():
    yield case("reshape", layers.Reshape((3, 4)), normal(2, 12))
    yield case("reshape to what is left", layers.Reshape((2, -1, 3)), normal(2, 6, 4))
    yield case("reshape with mask", layers.Reshape((10, 2)), normal(3, 5, 4), mask=MASK)
    yield case("permute", layers.Permute((2, 1)), normal(3, 5, 4))
    yield case("permute rank 4", layers.Permute((3, 1, 2)), normal(2, 3, 4, 5))
    yield case("permute with mask", layers.Permute((1, 2)), normal(3, 5, 4), mask=MASK)
    yield case("repeat vector", layers.RepeatVector(3), normal(4, 5))


if __name__ == "__main__":
    write("convolution.json", {"layers": [*convolutions(), *poolings(), *normalizations(), *layer_normalizations(),
                                          *reshapings()],
                               "training": list(normalizations(training=True))})
