"""Models that Keras 2 saved (as the package tf_keras), in every form, with what they predict and how their training goes
on.

Needs tf_keras, and leaves the fixtures as they are where it is missing: python Tests/Oracles/keras2_files.py
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
from arrays import array, write
from golden import FIXTURES
from keras_files import LABELS, SAMPLES, TIME, WORDS, data, settle

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


if __name__ == "__main__":
    try:
        import tf_keras
    except ImportError:
        print("Skipped: tf_keras is missing.")
    else:
        main(tf_keras)
