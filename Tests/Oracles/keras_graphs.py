"""Functional models that Keras 3 saved with several inputs and outputs, with masks that merge, and with models in them: what
they predict and how their training goes on.

Needs keras 3 and jax: python Tests/Oracles/keras_graphs.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from arrays import array, write
from keras_files import FOLDER, SAMPLES, settle

layers = keras.layers
WORDS = 20


def ids(time, seed):
    """Token ids, padded at the beginning."""
    rng = np.random.default_rng(seed)
    x = rng.integers(1, WORDS, size=(SAMPLES, time), dtype="int32")
    x[np.arange(time) < rng.integers(0, time, size=(SAMPLES, 1))] = 0
    return x


def labels(seed):
    return np.random.default_rng(seed).integers(0, 2, size=(SAMPLES, 2)).astype("float32")


def numbers(width, seed):
    return np.random.default_rng(seed).normal(size=(SAMPLES, width)).astype("float32")


def ends():
    """One embedding for texts of two lengths; an output that is used inside, and one that is there twice."""
    title, text = keras.Input((4,), dtype="int32", name="titel"), keras.Input((6,), dtype="int32", name="text")
    facts = keras.Input((3,), name="fakten")
    words = layers.Embedding(WORDS, 3, mask_zero=True)
    read = layers.LSTM(3)
    both = layers.Concatenate()([read(words(title)), read(words(text)), layers.Dense(2, activation="tanh")(facts)])
    tags = layers.Dense(2, activation="sigmoid", name="schlagworte")(both)
    rank = layers.Dense(1, name="rang")(layers.Concatenate()([tags, facts]))
    return keras.Model([title, text, facts], [tags, rank, tags], name="enden")


def passing():
    """An input without a use, one that comes out as it is, and one layer at two depths."""
    a, b, idle = keras.Input((3,)), keras.Input((3,)), keras.Input((2,), name="unbenutzt")
    dense = layers.Dense(3, activation="tanh", name="zweimal")
    deep = dense(layers.Dense(3, name="davor")(dense(b)))
    return keras.Model([idle, b, a], [a, deep, layers.Subtract()([deep, a])], name="durch")


def masks():
    """Every way in which layers merge masks."""
    a, b = keras.Input((5,), dtype="int32", name="a"), keras.Input((5,), dtype="int32", name="b")
    words = layers.Embedding(WORDS, 3, mask_zero=True)
    x, y = words(a), words(b)
    either = layers.Add()([x, y])
    shifted = layers.Dense(3)(layers.Masking(0.0)(layers.Multiply()([x, layers.RepeatVector(5)(layers.GlobalMaxPooling1D()(y))])))
    unmasked = layers.RepeatVector(5)(layers.GlobalMaxPooling1D()(x))
    merged = [
        layers.Concatenate(axis=1)([x, either]), layers.Concatenate()([x, either, y]),
        layers.Concatenate(axis=1)([layers.LayerNormalization()(y), shifted]), layers.Concatenate(axis=1)([x, unmasked]),
        layers.Concatenate()([unmasked, y]), layers.Average()([x, unmasked, y]), layers.Maximum()([either, x]),
    ]
    reads = [layers.GRU(2)(value) for value in merged]
    reads.append(layers.GlobalAveragePooling1D()(layers.BatchNormalization()(merged[1])))
    reads.append(layers.Bidirectional(layers.SimpleRNN(2))(layers.Bidirectional(layers.LSTM(2, return_sequences=True))(either)))
    return keras.Model([a, b], layers.Dense(2, activation="sigmoid")(layers.Concatenate()(reads)), name="masken")


def nested():
    """A stack and a graph as layers, each called twice; the mask goes through the stack."""
    reader = keras.Sequential(
        [layers.Input((5,)), layers.Embedding(WORDS, 3, mask_zero=True), layers.LSTM(4, return_sequences=True)], name="leser")
    p, q = keras.Input((4,), name="p"), keras.Input((4,), name="q")
    inner = layers.Dense(3, name="kern")(layers.BatchNormalization(momentum=0.9)(layers.Concatenate()([p, q])))
    frozen = layers.Dense(3, name="fest")
    head = keras.Model([p, q], [layers.Dense(2)(frozen(inner)), inner], name="kopf")
    frozen.trainable = False
    a, b = keras.Input((5,), dtype="int32", name="a"), keras.Input((5,), dtype="int32", name="b")
    last = layers.LSTM(4)
    x, y = last(reader(a)), last(reader(b))
    one, other = head([x, y]), head([y, x])
    tags = layers.Dense(2, activation="sigmoid", name="schlagworte")(layers.Add()([one[1], other[1]]))
    return keras.Model([a, b], [tags, layers.Add(name="summe")([one[0], other[0]])], name="schachteln")


def unused():
    """A model within, of which one output is not used, and with it some of its layers."""
    x = keras.Input((3,))
    hidden = layers.Dense(4, activation="tanh", name="gebraucht")(x)
    inner = keras.Model(x, [layers.Dense(2, name="umsonst")(hidden), layers.Dense(2, name="noetig")(hidden)], name="innen")
    y = keras.Input((3,), name="y")
    return keras.Model(y, layers.Activation("sigmoid", name="aus")(inner(y)[1]), name="halb")


def stacked():
    """Stacks within a stack, and a graph that begins it."""
    x = keras.Input((5,), dtype="int32")
    words = layers.Embedding(WORDS, 3, mask_zero=True)(x)
    first = keras.Model(x, layers.Add()([words, layers.Dense(3)(words)]), name="anfang")
    middle = keras.Sequential([layers.LSTM(3), keras.Sequential([layers.Dense(3, activation="relu"), layers.Dropout(0.0)], name="tief")],
                              name="mitte")
    return keras.Sequential([first, middle, layers.Dense(2, activation="sigmoid")], name="stapel")


def chained():
    """Stacks within a stack, and nothing else."""
    first = keras.Sequential([layers.Input((5,)), layers.Embedding(WORDS, 3, mask_zero=True), layers.LSTM(3)], name="vorn")
    return keras.Sequential([first, layers.Dense(2, activation="sigmoid")], name="reihe")


def keyed():
    """Inputs and outputs by names that are not those of their layers."""
    a, b = keras.Input((3,), name="links"), keras.Input((2,), name="rechts")
    both = layers.Concatenate()([a, b])
    outputs = {"zeichen": layers.Dense(2, activation="sigmoid")(both), "betrag": layers.Dense(1)(both)}
    return keras.Model({"y": a, "x": b}, outputs, name="schluessel")


def flat(value):
    """Arrays in Keras' order."""
    return [np.asarray(each) for each in keras.tree.flatten(value)]


def names(model, path=""):
    """All layers with the models around them."""
    for layer in model.layers:
        if isinstance(layer, (keras.Sequential, keras.Model)):
            yield from names(layer, f"{path}{layer.name}/")
        elif not isinstance(layer, layers.InputLayer):
            yield path + layer.name


def record(name, make, x, y, left_out=(), **compilation):
    """Trains a model, saves it in each form, and trains on."""
    keras.utils.set_random_seed(1)
    model = make()
    if not model.built:
        model.build(flat(x)[0].shape)
    result = {"x": [array(each) for each in flat(x)], "y": [array(each) for each in flat(y)]}
    if compilation:
        model.compile(optimizer=keras.optimizers.Adam(0.01), **compilation)
        model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
    path = FOLDER / f"graph_{name}"
    model.save(f"{path}.keras")
    settle(f"{path}.keras")
    model.save_weights(f"{path}.weights.h5")
    result |= {"predictions": [array(each) for each in flat(model.predict(x, verbose=0))],
               "layers": [each for each in names(model) if each not in left_out]}
    model.save(f"{path}.h5")
    if compilation:
        history = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0).history
        result["history"] = {figure: values for figure, values in sorted(history.items())}
    return result


def metrics():
    return [keras.metrics.BinaryAccuracy(name="accuracy"), keras.metrics.F1Score(average="micro", threshold=0.5)]


def main():
    a, b = ids(5, 5), ids(5, 6)
    models = {
        "ends": record(
            "ends", ends, [ids(4, 1), ids(6, 2), numbers(3, 3)], [labels(4), numbers(1, 5), labels(6)],
            loss=["binary_crossentropy", "mean_squared_error", None], loss_weights=[1.0, 0.3, 1.0],
            metrics=[metrics(), [], []], weighted_metrics=[[keras.metrics.BinaryAccuracy(name="accuracy")], [], []]),
        "passing": record("passing", passing, [numbers(2, 1), numbers(3, 2), numbers(3, 3)], []),
        "masks": record("masks", masks, [a, b], labels(7), loss="binary_crossentropy"),
        "nested": record(
            "nested", nested, [a, b], [labels(8), numbers(2, 9)],
            loss={"schlagworte": "binary_crossentropy", "summe": "mean_squared_error"},
            loss_weights={"schlagworte": 2.0, "summe": 0.5}, metrics={"schlagworte": metrics()}),
        "unused": record("unused", unused, numbers(3, 1), labels(2), left_out=["innen/umsonst"], loss="binary_crossentropy"),
        "stacked": record("stacked", stacked, a, labels(3), loss="binary_crossentropy", metrics=metrics()),
        "chained": record("chained", chained, a, labels(3), loss="binary_crossentropy"),
        "keyed": record(
            "keyed", keyed, {"y": numbers(3, 4), "x": numbers(2, 5)}, {"zeichen": labels(6), "betrag": numbers(1, 7)},
            loss={"zeichen": "binary_crossentropy", "betrag": "mean_squared_error"}, metrics={"zeichen": metrics()}),
    }
    write("keras/graphs.json", models)


if __name__ == "__main__":
    main()
