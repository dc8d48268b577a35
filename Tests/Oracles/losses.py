"""Writes Tests/Fixtures/losses.json: what Keras' losses compute for each sample, with gradients by TensorFlow.

Needs: keras on the TensorFlow backend. Run: python Tests/Oracles/losses.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf
from keras import losses

from arrays import array, write

rng = np.random.default_rng(20240609)
F32 = np.float32


def normal(*shape, scale=1.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def case(name, loss, target, prediction, **options):
    """Losses of the samples, their mean with sample weights, and the gradient of the latter."""
    value = tf.constant(prediction)
    per_sample = type(loss)(**options, reduction=None)(target, value)
    weights = rng.uniform(0.1, 2, size=per_sample.shape[0]).astype(F32)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(value)
        plain = loss(target, value)
        weighted = loss(target, value, sample_weight=weights)
    return {
        "name": name, **options, "target": array(target), "prediction": array(prediction), "weights": array(weights),
        "losses": array(per_sample), "mean": array(plain), "gradient": array(tape.gradient(plain, value)),
        "weighted_mean": array(weighted), "weighted_gradient": array(tape.gradient(weighted, value)),
    }


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).astype(F32)


def sigmoid(x):
    return (1 / (1 + np.exp(-x))).astype(F32)


SHAPES = [(1, 1), (5, 3), (4, 17)]


def binary():
    for shape in SHAPES:
        target = (rng.random(shape) < 0.4).astype(F32)
        logits = normal(*shape, scale=3)
        for smoothing in [0.0, 0.2]:
            for from_logits in [False, True]:
                options = {"from_logits": from_logits, "label_smoothing": smoothing}
                yield case("binary_crossentropy", losses.BinaryCrossentropy(**options), target,
                           logits if from_logits else sigmoid(logits), **options)
    ends = np.array([[0, 1, 0.5, 1e-8, 1 - 1e-7]] * 2, F32)
    yield case("binary_crossentropy", losses.BinaryCrossentropy(), np.array([[0] * 5, [1] * 5], F32), ends,
               from_logits=False, label_smoothing=0.0)
    extreme = np.array([[50, -50, 1000, -1000]] * 2, F32)
    yield case("binary_crossentropy", losses.BinaryCrossentropy(from_logits=True), np.array([[0] * 4, [1] * 4], F32),
               extreme, from_logits=True, label_smoothing=0.0)


def categorical():
    for batch, classes in [(1, 2), (5, 3), (4, 17)]:
        numbers = rng.integers(0, classes, size=batch).astype(np.int32)
        one_hot = np.eye(classes, dtype=F32)[numbers]
        logits = normal(batch, classes, scale=3)
        # Rows of probabilities need not sum to one: Keras divides by their sum.
        for prediction, from_logits in [(logits, True), (softmax(logits), False), (sigmoid(logits), False)]:
            for smoothing in [0.0, 0.2]:
                options = {"from_logits": from_logits, "label_smoothing": smoothing}
                yield case("categorical_crossentropy", losses.CategoricalCrossentropy(**options), one_hot, prediction,
                           **options)
            yield case("sparse_categorical_crossentropy",
                       losses.SparseCategoricalCrossentropy(from_logits=from_logits), numbers, prediction,
                       from_logits=from_logits)
            yield case("sparse_categorical_crossentropy",
                       losses.SparseCategoricalCrossentropy(from_logits=from_logits), numbers[:, None], prediction,
                       from_logits=from_logits)
    hard = np.array([[1, 0, 0], [0, 1, 0]], F32)
    for target in [hard, hard[::-1].copy()]:
        yield case("categorical_crossentropy", losses.CategoricalCrossentropy(), target, hard, from_logits=False,
                   label_smoothing=0.0)
        yield case("sparse_categorical_crossentropy", losses.SparseCategoricalCrossentropy(),
                   target.argmax(axis=1).astype(np.int32), hard, from_logits=False)
    extreme = np.array([[1000, -1000, 0], [-1000, 1000, 0]], F32)
    yield case("categorical_crossentropy", losses.CategoricalCrossentropy(from_logits=True), hard, extreme,
               from_logits=True, label_smoothing=0.0)
    yield case("sparse_categorical_crossentropy", losses.SparseCategoricalCrossentropy(from_logits=True),
               np.array([1, 1], np.int32), extreme, from_logits=True)


def squared():
    for shape in SHAPES:
        yield case("mean_squared_error", losses.MeanSquaredError(), normal(*shape), normal(*shape))


if __name__ == "__main__":
    write("losses.json", [*binary(), *categorical(), *squared()])
