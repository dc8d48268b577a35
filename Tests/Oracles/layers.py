"""Writes Tests/Fixtures/layers.json: what Keras' layers and activations compute, with gradients by TensorFlow.

Needs: keras on the TensorFlow backend. Run: python Tests/Oracles/layers.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from keras.src.utils.naming import to_snake_case

from arrays import array, write

rng = np.random.default_rng(20240608)
F32 = np.float32
RATE = 0.1


def normal(*shape, scale=1.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def role(variable):
    return variable.path.split("/")[-1]


def case(name, chain, x, mask=None, bare=False):
    """Forward, gradients and one step of gradient descent for a layer or a chain of layers."""
    chain = chain if isinstance(chain, list) else [chain]
    x = tf.constant(x)

    def call(value):
        call_mask = tf.constant(mask) if mask is not None else None
        for layer in chain:
            takes_mask = isinstance(layer, layers.GlobalAveragePooling1D) and call_mask is not None
            following = layer.compute_mask(value, call_mask) if layer.supports_masking else None
            value = layer(value, mask=call_mask) if takes_mask else layer(value)
            call_mask = following
        return value, call_mask

    call(x)
    variables = [v for layer in chain for v in layer.trainable_variables]
    for v in variables:
        v.assign(normal(*v.shape, scale=0.7))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y, out_mask = call(x)
        dy = normal(*y.shape)
        loss = tf.reduce_sum(y * dy)
    gradients = [tf.convert_to_tensor(tape.gradient(loss, v.value)) for v in variables]
    result = {
        "name": name,
        "class": type(chain[0]).__name__,
        "x": array(x),
        "is_ids": x.dtype.is_integer,
        "y": array(y),
        "dy": array(dy),
        "weights": [{"role": role(v), "value": array(v), "gradient": array(g), "stepped": array(v - RATE * g)}
                    for v, g in zip(variables, gradients)],
    }
    if x.dtype.is_floating:
        result["dx"] = array(tape.gradient(loss, x))
    if mask is not None:
        result["mask"] = array(mask)
    if out_mask is not None:
        result["out_mask"] = array(out_mask)
    return result


ACTIVATIONS = ["linear", "relu", "sigmoid", "tanh", "softmax", "log_softmax", "softplus", "softsign", "silu",
               "exponential"]


def layer_cases():
    ids = rng.integers(0, 7, size=(4, 5)).astype(np.int32)
    ids[2] = 3  # one token again and again
    yield case("embedding", layers.Embedding(7, 3), ids)
    yield case("embedding of one", layers.Embedding(1, 1), np.zeros((1, 1), np.int32))
    masked = np.array([[0, 0, 3, 1], [2, 0, 0, 5], [1, 2, 3, 4]], np.int32)
    yield case("embedding with mask", layers.Embedding(7, 3, mask_zero=True), masked)

    yield case("global max", layers.GlobalMaxPooling1D(), normal(3, 5, 4))
    yield case("global max of one step", layers.GlobalMaxPooling1D(), normal(2, 1, 3))
    yield case("global average", layers.GlobalAveragePooling1D(), normal(3, 5, 4))
    mask = np.array([[1, 1, 0, 0, 1], [0, 0, 0, 0, 1], [1, 1, 1, 1, 1]], bool)
    yield case("global average with mask", layers.GlobalAveragePooling1D(), normal(3, 5, 4), mask=mask)

    for activation in ACTIVATIONS:
        yield case(f"dense {activation}", layers.Dense(4, activation=activation), normal(5, 3))
    yield case("dense rank 3", layers.Dense(4, activation="tanh"), normal(2, 3, 5))
    yield case("dense rank 3 softmax", layers.Dense(4, activation="softmax"), normal(2, 3, 5))
    yield case("dense without bias", layers.Dense(6, use_bias=False), normal(3, 2))
    yield case("dense relu without bias", layers.Dense(6, activation="relu", use_bias=False), normal(3, 2))
    yield case("dense of one", layers.Dense(1, activation="sigmoid"), normal(1, 1))
    yield case("dense wide", layers.Dense(33, activation="relu"), normal(17, 9))

    for activation in ACTIVATIONS:
        yield case(f"activation {activation}", layers.Activation(activation), normal(3, 5, scale=2))
    yield case("flatten", layers.Flatten(), normal(2, 3, 4))
    yield case("flatten rank 2", layers.Flatten(), normal(3, 4))
    yield case("flatten rank 1", layers.Flatten(), normal(3))
    yield case("flatten rank 4", layers.Flatten(), normal(2, 3, 1, 2))
    yield case("dropout", layers.Dropout(0.5), normal(3, 4))
    yield case("spatial dropout", layers.SpatialDropout1D(0.5), normal(2, 3, 4))
    # A mask on its way to the layer that uses it.
    yield case("masked chain",
               [layers.Embedding(7, 3, mask_zero=True), layers.Dropout(0.5), layers.SpatialDropout1D(0.5),
                layers.Dense(4, activation="tanh"), layers.Dense(2, activation="softmax"),
                layers.Activation("sigmoid"), layers.GlobalAveragePooling1D()], masked)


def activation_cases():
    x = np.concatenate([np.linspace(-6, 6, 25), [0, 1e-4, -1e-4, 20, -20, 50, -50, 80, -80]]).astype(F32)[:, None]
    x = np.concatenate([x, x[::-1], np.zeros_like(x)], axis=1)
    for name in ACTIVATIONS:
        value = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(value)
            y = keras.activations.get(name)(value)
            dy = normal(*x.shape)
            loss = tf.reduce_sum(y * dy)
        yield {"name": name, "x": array(x), "y": array(y), "dy": array(dy), "dx": array(tape.gradient(loss, value))}


def snake_cases():
    names = ["Dense", "GlobalMaxPooling1D", "GlobalAveragePooling1D", "SpatialDropout1D", "LSTM", "GRU", "Conv1D",
             "BatchNormalization", "TFSMLayer", "PReLU", "ReLU", "ELU", "RNN", "StackedRNNCells", "MyLayer2", "X",
             "lower", "aB", "My_Layer", "_Private", "Layer_", "A_B", "HTTPServer2D", "Wrapped<Dense>"]
    alphabet = list("abcABC12_")
    names += ["".join(rng.choice(alphabet, size=rng.integers(1, 9))) for _ in range(300)]
    return [[name, to_snake_case(name)] for name in names]


if __name__ == "__main__":
    cases, activations, names = list(layer_cases()), list(activation_cases()), snake_cases()
    write("layers.json", {"rate": RATE, "layers": cases, "activations": activations,
                          "snake_cases": names})
