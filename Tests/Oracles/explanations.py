"""Integrated gradients of two small taggers in Keras (JAX backend), with many steps: of a dense one with respect to what
global pooling gives, divided among the words that have the maxima; of an LSTM with respect to its embedded words. Both
from the vector of padding.

Needs keras 3 and jax: python Tests/Oracles/explanations.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
import jax
import jax.numpy as jnp
import keras
import numpy as np
from golden import save_tensors

WORDS, TIME, WIDTH, LABELS, STEPS = 40, 10, 8, 3, 4096


def wide(seed):
    return keras.initializers.RandomUniform(-1.0, 1.0, seed=seed)


def mean_gradient(function, start, end):
    """The gradient of `function` at the middles of STEPS pieces of the way, averaged."""
    total = np.zeros(end.shape, "float64")
    gradients = jax.jit(jax.vmap(jax.grad(function)))
    for first in range(0, STEPS, 512):
        marks = jnp.asarray((np.arange(first, first + 512) + 0.5) / STEPS, "float32")
        marks = marks.reshape((-1,) + (1,) * end.ndim)
        total += np.asarray(gradients(start + marks * (end - start)), "float64").sum(axis=0)
    return total / STEPS


def record(name, layers, ids, attribute):
    model = keras.Sequential(layers)
    model.build((None, TIME))
    tensors = {"ids": ids} | {f"weights/{k}": w for k, w in enumerate(model.get_weights())}
    rows = []
    for row in ids:
        for label in range(LABELS):
            contributions, value, base = attribute(model, row, label)
            rows.append(np.concatenate([contributions, [value, base]]))
            print(name, label, value - base - contributions.sum())
    save_tensors(f"explanations_{name}.safetensors", tensors | {"rows": np.array(rows)})


def logit(dense, x, label):
    return (x @ dense.kernel.value + dense.bias.value)[..., label].reshape(())


def dense(model, row, label):
    embedding, _, hidden, output = model.layers
    table = np.asarray(embedding.embeddings.value)

    def function(pooled):
        return logit(output, hidden(pooled[None]), label)

    vectors, base = table[row], table[0]
    pooled = vectors.max(axis=0)
    parts = mean_gradient(function, base, pooled) * (pooled - base)
    contributions = np.zeros(TIME)
    for channel in range(WIDTH):
        owners = [t for t in range(TIME) if vectors[t, channel] == pooled[channel]]
        owners = [t for t in owners if row[t] > 0] or owners
        contributions[owners] += parts[channel] / len(owners)
    return contributions, float(function(pooled)), float(function(base))


def lstm(model, row, label):
    embedding, recurrent, output = model.layers
    table = np.asarray(embedding.embeddings.value)
    mask = jnp.asarray(row > 0)[None] if embedding.mask_zero else None

    def function(vectors):
        return logit(output, recurrent(vectors[None], mask=mask), label)

    vectors, base = table[row], np.repeat(table[:1], TIME, axis=0)
    gradient = mean_gradient(function, base, vectors)
    return (gradient * (vectors - base)).sum(axis=1), float(function(vectors)), float(function(base))


rng = np.random.default_rng(5)
ids = rng.integers(1, WORDS, (4, TIME))
ids[1, :4] = 0
ids[2, :9] = 0
ids[3, 5] = ids[3, 7]
for name, mask_zero in [("lstm", False), ("lstm_masked", True)]:
    record(
        name,
        [
            keras.layers.Embedding(WORDS, WIDTH, mask_zero=mask_zero, embeddings_initializer=wide(1)),
            keras.layers.LSTM(6, kernel_initializer=wide(2), recurrent_initializer=wide(3)),
            keras.layers.Dense(LABELS, activation="sigmoid", kernel_initializer=wide(4), bias_initializer=wide(5)),
        ],
        ids,
        lstm,
    )
record(
    "dense",
    [
        keras.layers.Embedding(WORDS, WIDTH, embeddings_initializer=wide(1)),
        keras.layers.GlobalMaxPooling1D(),
        keras.layers.Dense(12, activation="relu", kernel_initializer=wide(2), bias_initializer=wide(3)),
        keras.layers.Dense(LABELS, activation="sigmoid", kernel_initializer=wide(4), bias_initializer=wide(5)),
    ],
    ids,
    dense,
)
