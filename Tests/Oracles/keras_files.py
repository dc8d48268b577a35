"""Models that Keras 3 saved, in every form, with what they predict and how their training goes on.

Needs keras 3 and jax: python Tests/Oracles/keras_files.py
"""

import json
import os
import zipfile

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np
from arrays import array, write
from golden import FIXTURES

layers = keras.layers
FOLDER = FIXTURES / "keras"
WORDS, TIME, LABELS, SAMPLES = 20, 5, 2, 12


def data():
    rng = np.random.default_rng(3)
    x = rng.integers(1, WORDS, size=(SAMPLES, TIME), dtype="int32")
    x[np.arange(TIME) < rng.integers(0, TIME, size=(SAMPLES, 1))] = 0
    return x, rng.integers(0, 2, size=(SAMPLES, LABELS)).astype("float32")


def every_layer():
    """All layers that there are on both sides, with arguments that are not the usual ones, and names of their own."""
    return keras.Sequential([
        layers.Input((TIME,)),
        layers.Embedding(WORDS, 3, mask_zero=True),
        layers.SpatialDropout1D(0.2),
        layers.Bidirectional(layers.LSTM(2, return_sequences=True, dropout=0.1), merge_mode="ave"),
        layers.GRU(3, return_sequences=True, go_backwards=True, activation="softsign"),
        layers.Dense(3, activation="relu", use_bias=False, name="mitte"),
        layers.SimpleRNN(2, return_sequences=True),
        layers.Flatten(),
        layers.Dropout(0.3),
        layers.Dense(LABELS),
        layers.Activation("sigmoid", name="ausgabe"),
    ], name="nachrichten")


def small(pooling=layers.GlobalAveragePooling1D):
    return keras.Sequential([
        layers.Input((TIME,)), layers.Embedding(WORDS, 3, mask_zero=True), pooling(),
        layers.Dense(3, activation="tanh"), layers.Dense(LABELS, activation="sigmoid"),
    ])


def functional():
    x = keras.Input((TIME,), name="worte")
    y = layers.Embedding(WORDS, 3, mask_zero=True)(x)
    y = layers.LSTM(3)(y)
    return keras.Model(x, layers.Dense(LABELS, activation="sigmoid")(y), name="kette")


def branching():
    """Ways that part and meet, and a layer that is called twice."""
    x = keras.Input((TIME,), dtype="int32", name="worte")
    words = layers.Embedding(WORDS, 3, mask_zero=True)(x)
    loudest, read = layers.GlobalMaxPooling1D()(words), layers.LSTM(3)(words)
    shared = layers.Dense(2, activation="tanh", name="geteilt")
    all = layers.Concatenate()([shared(loudest), shared(read), layers.Multiply()([loudest, read])])
    return keras.Model(x, layers.Dense(LABELS, activation="sigmoid")(all), name="baum")


def features():
    """Features instead of ids, masked where they are all 9."""
    return keras.Sequential([
        layers.Input((TIME, 2)), layers.Masking(9.0), layers.GRU(3, reset_after=False),
        layers.Dense(LABELS, activation="softmax"),
    ])


def windows():
    """The layers of windows, norms and shapes, and those that merge."""
    x = keras.Input((TIME, 2))
    y = layers.Conv1D(4, 2, padding="causal", dilation_rate=2, groups=2, activation="tanh")(x)
    y = layers.Conv1D(4, 3, strides=2, padding="same", use_bias=False)(y)
    averaged, largest = layers.AveragePooling1D(2, strides=1)(y), layers.MaxPooling1D(2, 1, "valid")(y)
    normal, layered = layers.BatchNormalization(momentum=0.9)(averaged), layers.LayerNormalization(epsilon=0.01)(largest)
    merged = [kind()([normal, layered]) for kind in
              [layers.Add, layers.Subtract, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]]
    y = layers.Concatenate(axis=1)(merged)
    y = layers.Permute((2, 1))(y)
    y = layers.Reshape((-1, 2))(y)
    y = layers.Flatten()(y)
    y = layers.RepeatVector(2)(layers.Dense(3, activation="softsign")(y))
    y = layers.GlobalAveragePooling1D()(y)
    return keras.Model(x, layers.Dense(LABELS, activation="sigmoid")(y), name="fenster")


def settle(path):
    """Takes out of a `.keras` file what differs from run to run: the date, and addresses as ids."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    entries["metadata.json"] = json.dumps(
        json.loads(entries["metadata.json"]) | {"date_saved": "2026-01-01@00:00:00"}).encode()
    ids = {}

    def renumber(value):
        if isinstance(value, list):
            return [renumber(element) for element in value]
        if isinstance(value, dict):
            return {key: ids.setdefault(inner, len(ids)) if key == "shared_object_id" else renumber(inner)
                    for key, inner in value.items()}
        return value

    entries["config.json"] = json.dumps(renumber(json.loads(entries["config.json"]))).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)


def repack(source, target):
    """The same content as old h5py wrote it, and as a user packs it: texts of fixed length, chunks, gzip."""
    timeless = [h5py.h5p.create(kind) for kind in (h5py.h5p.FILE_CREATE, h5py.h5p.GROUP_CREATE)]
    for properties in timeless:
        properties.set_obj_track_times(False)
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_LATEST, h5py.h5f.LIBVER_LATEST)
    made = h5py.h5f.create(str(target).encode(), h5py.h5f.ACC_TRUNC, *timeless[:1], access)
    with h5py.File(source) as old, h5py.File(made) as new:
        def copy(name, item):
            if isinstance(item, h5py.Dataset):
                if item.shape:
                    new.create_dataset(name, data=item[()].astype("f8"), chunks=tuple(max(1, n // 2) for n in item.shape),
                                       compression="gzip", shuffle=True, fletcher32=True)
                else:
                    new.create_dataset(name, data=item[()])
            else:
                h5py.h5g.create(new.id, name.encode(), None, timeless[1])
                attributes(item, new[name])

        def attributes(item, into):
            for key, value in item.attrs.items():
                texts = np.atleast_1d(value)
                if texts.dtype == object:
                    fixed = np.array([text.encode() for text in texts])
                    into.attrs[key] = fixed if np.ndim(value) else fixed[0]
                else:
                    into.attrs[key] = value

        attributes(old, new)
        old.visititems(copy)


def record(name, make, optimizer, loss="binary_crossentropy", metrics=("accuracy",), x=None, epochs=2, resume=True):
    """Trains a model, saves it in each form, and trains on."""
    keras.utils.set_random_seed(1)
    ids, y = data()
    x = ids if x is None else x
    model = make()
    model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics))
    model.fit(x, y, batch_size=4, epochs=epochs, shuffle=False, verbose=0)
    model.save(FOLDER / f"{name}.keras")
    settle(FOLDER / f"{name}.keras")
    model.save_weights(FOLDER / f"{name}.weights.h5")
    result = {"x": array(x), "y": array(y), "predictions": array(model.predict(x, verbose=0)),
              "layers": [layer.name for layer in model.layers if not isinstance(layer, layers.InputLayer)],
              "iterations": int(model.optimizer.iterations)}
    # The older form last: saving it takes the optimizer out of the compile config.
    model.save(FOLDER / f"{name}.h5")
    if resume:
        history = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0)
        result["losses"] = history.history["loss"]
    return result


def refusals():
    """Models that are to be refused, and the words that say why."""
    def save(name, model, *words):
        model.save(FOLDER / f"{name}.keras")
        settle(FOLDER / f"{name}.keras")
        return {"words": list(words)}

    def states():
        x = keras.Input((4, 3))
        return keras.Model(x, layers.GRU(2, return_state=True, name="zustand")(x)[1])

    def stack(*middle):
        return keras.Sequential([layers.Input((4, 3)), *middle])

    policy = keras.dtype_policies.DTypePolicy("mixed_float16")
    return {
        "refused_layer": save("refused_layer", stack(layers.ZeroPadding1D(name="rand")), "layer rand (ZeroPadding1D)"),
        "refused_regularizer": save(
            "refused_regularizer", stack(layers.Dense(2, kernel_regularizer="l2", name="fest")), "layer fest (Dense)",
            "kernel_regularizer"),
        "refused_activation": save(
            "refused_activation", stack(layers.Dense(2, activation="gelu", name="weich")), "layer weich (Dense)",
            "activation", "gelu"),
        "refused_precision": save(
            "refused_precision", stack(layers.Dense(2, dtype=policy, name="halb")), "layer halb (Dense)", "mixed_float16"),
        "refused_stateful": save(
            "refused_stateful",
            keras.Sequential([layers.Input(batch_shape=(2, 4, 3)), layers.GRU(2, stateful=True, name="lang")]),
            "layer lang (GRU)", "stateful"),
        "refused_states": save("refused_states", states(), "zustand", "several outputs"),
        "refused_inner": save(
            "refused_inner", stack(layers.Bidirectional(layers.LSTM(2, kernel_constraint="max_norm"), name="beide")),
            "layer beide (Bidirectional)", "kernel_constraint"),
    }


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(4)
    x = rng.normal(size=(SAMPLES, TIME, 2)).astype("float32")
    x[::2, :2] = 9
    metrics = ["accuracy", keras.metrics.F1Score(average="micro", threshold=0.5), keras.metrics.AUC(curve="PR")]
    models = {
        "every_layer": record("every_layer", every_layer, keras.optimizers.Adam(0.01), metrics=metrics, resume=False),
        "adam": record("adam", small, keras.optimizers.Adam(0.01), metrics=metrics),
        "functional": record("functional", functional, keras.optimizers.RMSprop(
            keras.optimizers.schedules.ExponentialDecay(0.01, 3, 0.9), momentum=0.5, centered=True)),
        "windows": record("windows", windows, keras.optimizers.Adam(0.01), x=x),
        "branching": record("branching", branching, keras.optimizers.Adam(0.01)),
        "features": record(
            "features", features, keras.optimizers.Nadam(0.01),
            loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1), x=x, metrics=["accuracy"]),
    }
    for name, optimizer in {
        "sgd": keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True), "amsgrad": keras.optimizers.Adam(0.01, amsgrad=True),
        "adamw": keras.optimizers.AdamW(0.01, weight_decay=0.01), "adagrad": keras.optimizers.Adagrad(0.1),
        "adadelta": keras.optimizers.Adadelta(1.0), "adamax": keras.optimizers.Adamax(0.01, clipnorm=0.1),
        "lion": keras.optimizers.Lion(0.001),
    }.items():
        models[name] = record(name, small, optimizer)
        # One form shows the optimizer's state.
        (FOLDER / f"{name}.weights.h5").unlink()
        (FOLDER / f"{name}.h5").unlink()
    repack(FOLDER / "adam.h5", FOLDER / "adam_repacked.h5")
    write("keras/models.json", {"models": models, "refused": refusals()})


if __name__ == "__main__":
    main()
