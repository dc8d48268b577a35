"""Models that Keras 2 saved (as the package tf_keras), in every form, with what they predict and how their training goes
on.

Needs tf_keras, and leaves the fixtures as they are where it is missing: python Tests/Oracles/keras2_files.py, with the
argument graphs for the models of several ends alone.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
from arrays import array, write
from golden import FIXTURES
from keras_files import LABELS, TIME, WORDS, data, settle
from keras_graphs import ids as padded, labels, numbers

FOLDER = FIXTURES / "keras"


def main(keras):
    layers, optimizers = keras.layers, keras.optimizers

    def small():
        return keras.Sequential([
            layers.Embedding(WORDS, 3, mask_zero=True, input_length=TIME), layers.GlobalAveragePooling1D(),
            layers.Dense(3, activation="tanh"), layers.Dense(LABELS, activation="sigmoid"),
        ])

    def dense():
        """Without an embedding: Keras 2's older optimizers update only the rows of an embedding that are in the batch."""
        return keras.Sequential([
            layers.Input((TIME,)), layers.Dense(3, activation="tanh"), layers.Dense(LABELS, activation="sigmoid"),
        ])

    def recurrent():
        return keras.Sequential([
            layers.Embedding(WORDS, 3, mask_zero=True, input_length=TIME), layers.SpatialDropout1D(0.2),
            layers.Bidirectional(layers.LSTM(2, return_sequences=True)), layers.GRU(2, name="leser"),
            layers.Dropout(0.3), layers.Dense(LABELS, activation="sigmoid", name="ausgabe"),
        ], name="nachrichten")

    def functional():
        x = keras.Input((TIME,), name="worte")
        y = layers.LSTM(3)(layers.Embedding(WORDS, 3, mask_zero=True)(x))
        return keras.Model(x, layers.Dense(LABELS, activation="sigmoid")(y), name="kette")

    def record(name, make, optimizer, forms, loss="binary_crossentropy", resume=True):
        keras.utils.set_random_seed(1)
        x, y = data()
        if make is dense:
            x = (x / WORDS).astype("float32")
        model = make()
        model.compile(optimizer=optimizer, loss=loss, metrics=["binary_accuracy", keras.metrics.Precision(name="genau")])
        model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
        for form in forms:
            path = FOLDER / f"{name}{form}"
            if form in ("_weights.h5", ".weights.h5"):
                model.save_weights(path)
            else:
                model.save(path)
            if form == ".keras":
                settle(path)
        result = {"x": array(x), "y": array(y), "predictions": array(model.predict(x, verbose=0)),
                  "layers": [layer.name for layer in model.layers if not isinstance(layer, layers.InputLayer)],
                  "iterations": int(model.optimizer.iterations)}
        if resume:
            history = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0)
            result["losses"] = history.history["loss"]
        return result

    old = optimizers.legacy
    models = {
        "keras2_recurrent": record(
            "keras2_recurrent", recurrent, optimizers.Adam(0.01), [".h5", ".keras", "_weights.h5", ".weights.h5"],
            loss=keras.losses.BinaryCrossentropy(), resume=False),
        "keras2_adam": record("keras2_adam", small, optimizers.Adam(0.01), [".h5", ".keras"]),
        "keras2_functional": record(
            "keras2_functional", functional, optimizers.RMSprop(0.01, momentum=0.5, centered=True), [".h5", ".keras"]),
        "keras2_old_adam": record("keras2_old_adam", small, old.Adam(0.01, amsgrad=True), [".h5"]),
        "keras2_old_rmsprop": record(
            "keras2_old_rmsprop", dense, old.RMSprop(0.01, momentum=0.5, centered=True), [".h5"]),
        "keras2_old_sgd": record("keras2_old_sgd", dense, old.SGD(0.1, momentum=0.9), [".h5"]),
        # Its steps differ from those of Keras 3.
        "keras2_nadam": record("keras2_nadam", dense, optimizers.Nadam(0.01), [".h5"], resume=False),
        "keras2_adamax": record("keras2_adamax", small, optimizers.Adamax(0.01), [".h5"]),
        "keras2_adadelta": record("keras2_adadelta", small, optimizers.Adadelta(1.0), [".h5"]),
        "keras2_adagrad": record("keras2_adagrad", small, optimizers.Adagrad(0.1), [".h5"]),
    }
    write("keras/keras2.json", {"models": models})


def graphs(keras):
    """Functional models: several ends, layers that are shared, a model within, masks that merge."""
    layers = keras.layers

    def ids(name, time):
        return keras.Input((time,), dtype="int32", name=name)

    def ends():
        """One embedding and one recurrent layer for both texts."""
        title, text = ids("titel", 4), ids("text", 6)
        words, read = layers.Embedding(WORDS, 3, mask_zero=True), layers.LSTM(3, name="leser")
        one, other = read(words(title)), read(words(text))
        both = layers.Concatenate()([one, other, layers.Multiply()([one, other])])
        tags = layers.Dense(LABELS, activation="sigmoid", name="schlagworte")(both)
        rank = layers.Dense(1, name="rang")(layers.Concatenate()([both, tags]))
        return keras.Model([title, text], [tags, rank], name="enden")

    def nested():
        """A stack as a layer, called twice; the mask goes through it."""
        reader = keras.Sequential([
            layers.Embedding(WORDS, 3, mask_zero=True, input_length=5), layers.LSTM(4, return_sequences=True),
            layers.BatchNormalization(momentum=0.9)], name="leser")
        a, b = ids("a", 5), ids("b", 5)
        last = layers.GRU(4)
        x, y = last(reader(a)), last(reader(b))
        tags = layers.Dense(LABELS, activation="sigmoid", name="schlagworte")(layers.Subtract()([x, y]))
        return keras.Model([a, b], [tags, layers.Add(name="summe")([x, y])], name="schachteln")

    def merging(name, choosing):
        """Ways in which layers merge masks: in Keras 2 a step is real where it is in all of them. Those in which Keras 3
        computes something else with the same masks are `choosing`."""
        a, b = ids("a", 5), ids("b", 5)
        words = layers.Embedding(WORDS, 3, mask_zero=True)
        x, y = words(a), words(b)
        unmasked = layers.RepeatVector(5)(layers.GlobalMaxPooling1D()(x))
        merged = [
            merge()([x, y]) for merge in
            (layers.Add, layers.Subtract, layers.Average, layers.Concatenate, *choosing)]
        merged += [layers.Add()([x, unmasked, y]), layers.Concatenate()([unmasked, y]),
                   layers.Concatenate(axis=1)([x, merged[0]])]
        if choosing:
            merged += [layers.Multiply()([unmasked, y]), layers.Maximum()([x, unmasked, y])]
        reads = [layers.GRU(2)(value) for value in merged]
        return keras.Model([a, b], layers.Dense(LABELS, activation="sigmoid")(layers.Concatenate()(reads)), name=name)

    def record(name, make, x, y, **compilation):
        keras.utils.set_random_seed(1)
        model = make()
        model.compile(optimizer=keras.optimizers.Adam(0.01), **compilation)
        model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
        for form in (".h5", ".keras"):
            model.save(FOLDER / f"graph_{name}{form}")
        model.save_weights(FOLDER / f"graph_{name}.weights.h5")
        settle(FOLDER / f"graph_{name}.keras")
        predictions = model.predict(x, verbose=0)
        history = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0).history
        inner = [layer.name for layer in model.layers if not isinstance(layer, (layers.InputLayer, keras.Sequential))]
        return {"x": [array(each) for each in x], "y": [array(each) for each in (y if isinstance(y, list) else [y])],
                "predictions": [array(each) for each in (predictions if isinstance(predictions, list) else [predictions])],
                "layers": inner, "history": {figure: values for figure, values in sorted(history.items())}}

    a, b = padded(5, 5), padded(5, 6)
    accuracy = keras.metrics.BinaryAccuracy(name="accuracy")
    write("keras/keras2_graphs.json", {
        "keras2_ends": record(
            "keras2_ends", ends, [padded(4, 1), padded(6, 2)], [labels(3), numbers(1, 4)],
            loss=["binary_crossentropy", "mean_squared_error"], loss_weights=[1.0, 0.3], metrics=[[accuracy], []]),
        "keras2_nested": record(
            "keras2_nested", nested, [a, b], [labels(8), numbers(4, 9)],
            loss={"schlagworte": "binary_crossentropy", "summe": "mean_squared_error"},
            loss_weights={"schlagworte": 2.0, "summe": 0.5}),
        "keras2_merging": record(
            "keras2_merging", lambda: merging("masken", []), [a, b], labels(7), loss="binary_crossentropy"),
        "keras2_choosing": record(
            "keras2_choosing", lambda: merging("wahlen", [layers.Multiply, layers.Maximum, layers.Minimum]), [a, b], labels(7),
            loss="binary_crossentropy"),
    })


if __name__ == "__main__":
    try:
        import tf_keras
    except ImportError:
        print("Skipped: tf_keras is missing.")
    else:
        if sys.argv[1:] != ["graphs"]:
            main(tf_keras)
        graphs(tf_keras)
