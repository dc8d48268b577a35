"""Drives Keras' EarlyStopping and ReduceLROnPlateau with random figures and records what they do.

Needs keras 3 with any backend: python Tests/Oracles/callbacks.py
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from golden import FIXTURES

rng = np.random.default_rng(11)


def model():
    built = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    built.compile(optimizer=keras.optimizers.SGD(0.5), loss="mse")
    return built


def figures():
    """A walk with plateaus and repeats, now and then with a NaN."""
    steps = rng.choice([-0.2, -0.05, -0.001, 0.0, 0.0, 0.001, 0.1], size=rng.integers(2, 25))
    walk = np.round(1 + np.cumsum(steps), 4)
    if rng.random() < 0.1:
        walk[rng.integers(len(walk))] = np.nan
    return walk.tolist()


def early_stopping():
    options = {
        "min_delta": float(rng.choice([0, 0, 0.01, 0.1])),
        "patience": int(rng.choice([0, 1, 2, 3, 5])),
        "mode": str(rng.choice(["min", "max", "auto"])),
        "baseline": None if rng.random() < 0.7 else float(np.round(rng.uniform(0.5, 1.2), 2)),
        "restore_best_weights": bool(rng.random() < 0.5),
        "start_from_epoch": int(rng.choice([0, 0, 0, 2, 4])),
    }
    trained = model()
    callback = keras.callbacks.EarlyStopping(monitor="loss", **options)
    callback.set_model(trained)
    values = figures()
    callback.on_train_begin()
    last = -1
    for epoch, value in enumerate(values):
        # The weight tells the epoch, so that what is restored can be read off.
        trained.set_weights([np.full((1, 1), epoch + 1.0), np.zeros(1)])
        callback.on_epoch_end(epoch, {"loss": value})
        last = epoch
        if trained.stop_training:
            break
    callback.on_train_end()
    return {
        "options": options,
        "values": values,
        "last_epoch": last,
        "stopped_epoch": callback.stopped_epoch,
        "weight": float(trained.get_weights()[0][0, 0]),
    }


def plateau():
    options = {
        "factor": float(rng.choice([0.1, 0.5])),
        "patience": int(rng.choice([0, 1, 2, 3])),
        "mode": str(rng.choice(["min", "max", "auto"])),
        "min_delta": float(rng.choice([0, 1e-4, 0.01])),
        "cooldown": int(rng.choice([0, 0, 1, 3])),
        "min_lr": float(rng.choice([0, 0.01])),
    }
    trained = model()
    callback = keras.callbacks.ReduceLROnPlateau(monitor="loss", **options)
    callback.set_model(trained)
    values = figures()
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {"loss": value})
        rates.append(float(trained.optimizer.learning_rate.numpy() if hasattr(trained.optimizer.learning_rate, "numpy") else trained.optimizer.learning_rate))
    return {"options": options, "values": values, "rates": rates}


cases = {
    "early_stopping": [early_stopping() for _ in range(400)],
    "plateau": [plateau() for _ in range(300)],
}
(FIXTURES / "callbacks.json").write_text(json.dumps(cases, separators=(",", ":")))
print({key: len(value) for key, value in cases.items()})
