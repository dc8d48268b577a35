"""Writes Tests/Fixtures/merging.json: what Keras' merging layers compute, their masks, and gradients by TensorFlow.

Needs: keras on the TensorFlow backend. Run: python Tests/Oracles/merging.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf
from keras import layers
from keras.src.backend import set_keras_mask

from arrays import array, write

rng = np.random.default_rng(20261124)


def case(name, layer, shapes, masks=None, ties=False):
    inputs = [tf.constant(np.round(rng.normal(size=shape) * 2) / 2 if ties else rng.normal(size=shape), tf.float32)
              for shape in shapes]
    # Some layers compute otherwise where values come with a mask.
    for x, mask in zip(inputs, masks or []):
        if mask is not None:
            set_keras_mask(x, tf.constant(np.array(mask, bool)))
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        y = layer(inputs)
        dy = rng.normal(size=y.shape).astype(np.float32)
        loss = tf.reduce_sum(y * dy)
    result = {"name": name, "class": type(layer).__name__, "config": {k: v for k, v in layer.get_config().items() if k == "axis"},
              "inputs": [array(x) for x in inputs], "y": array(y), "dy": array(dy),
              "dx": [array(dx) for dx in tape.gradient(loss, inputs)]}
    if masks is not None:
        result["masks"] = [None if mask is None else array(np.array(mask, bool)) for mask in masks]
        mask = layer.compute_mask(inputs, [None if m is None else tf.constant(np.array(m, bool)) for m in masks])
        result["mask"] = None if mask is None else array(mask)
    return result


FIRST, SECOND = [[1, 1, 0], [0, 0, 0]], [[1, 0, 0], [0, 1, 1]]


def cases():
    for kind in [layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]:
        name = kind.__name__
        yield case(f"{name} of two", kind(), [(3, 4), (3, 4)], ties=True)
        yield case(f"{name} of three", kind(), [(2, 3, 4)] * 3)
        yield case(f"{name} broadcasting", kind(), [(2, 3, 4), (2, 1, 4)])
        yield case(f"{name} of one element", kind(), [(1, 1), (1, 1)])
        yield case(f"{name} masked", kind(), [(2, 3, 4)] * 2, [FIRST, SECOND])
        yield case(f"{name} masked in part", kind(), [(2, 3, 4)] * 2, [FIRST, None])
    yield case("Subtract", layers.Subtract(), [(3, 4), (3, 4)])
    yield case("Subtract broadcasting", layers.Subtract(), [(2, 1, 4), (2, 3, 4)])
    yield case("Concatenate", layers.Concatenate(), [(3, 4), (3, 1), (3, 2)])
    yield case("Concatenate steps", layers.Concatenate(axis=1), [(2, 3, 4), (2, 1, 4)])
    yield case("Concatenate masked", layers.Concatenate(), [(2, 3, 4), (2, 3, 1)], [FIRST, SECOND])
    yield case("Concatenate masked in part", layers.Concatenate(), [(2, 3, 4), (2, 3, 1)], [None, SECOND])
    yield case("Concatenate masked steps", layers.Concatenate(axis=1), [(2, 3, 4), (2, 3, 4)], [FIRST, SECOND])
    yield case("Concatenate masked steps in part", layers.Concatenate(axis=-2), [(2, 3, 4), (2, 3, 4)], [FIRST, None])


if __name__ == "__main__":
    write("merging.json", {"cases": list(cases())})
