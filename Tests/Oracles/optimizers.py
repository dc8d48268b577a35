"""Runs Keras' optimizers (TensorFlow backend) on random gradients and records weights and state, and tabulates Keras'
learning-rate schedules.

Each case has two weights: a dense kernel, and an embedding of which every step touches few rows. The gradient of the
embedding is given as `tf.IndexedSlices` with distinct rows, which Keras turns into the update of all rows.

Needs keras 3 and tensorflow: python Tests/Oracles/optimizers.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"
STEPS, ROWS, WIDTH, TOUCHED = 50, 12, 3, 4
o, s = keras.optimizers, keras.optimizers.schedules

SCHEDULES = {
    "exponential": s.ExponentialDecay(0.02, 7, 0.8),
    "exponential_staircase": s.ExponentialDecay(0.02, 7, 0.8, staircase=True),
    "piecewise": s.PiecewiseConstantDecay([5, 20], [0.03, 0.01, 0.002]),
    "polynomial": s.PolynomialDecay(0.02, 30, 0.001, power=1.5),
    "polynomial_cycle": s.PolynomialDecay(0.02, 20, 0.001, power=2.0, cycle=True),
    "inverse_time": s.InverseTimeDecay(0.02, 5, 0.6),
    "inverse_time_staircase": s.InverseTimeDecay(0.02, 5, 0.6, staircase=True),
    "cosine": s.CosineDecay(0.02, 40, alpha=0.1),
    "cosine_warmup": s.CosineDecay(0.001, 30, alpha=0.05, warmup_target=0.02, warmup_steps=12),
    "cosine_restarts": s.CosineDecayRestarts(0.02, 6, t_mul=2.0, m_mul=0.7, alpha=0.02),
    "cosine_restarts_even": s.CosineDecayRestarts(0.02, 9, t_mul=1.0, m_mul=0.9),
}

CASES = {
    "sgd": lambda: o.SGD(0.05),
    "sgd_decay": lambda: o.SGD(0.05, weight_decay=0.1),
    "sgd_momentum": lambda: o.SGD(0.05, momentum=0.9),
    "sgd_nesterov": lambda: o.SGD(SCHEDULES["exponential"], momentum=0.8, nesterov=True),
    "sgd_momentum_decay": lambda: o.SGD(0.05, momentum=0.9, weight_decay=0.1),
    "rmsprop": lambda: o.RMSprop(0.01),
    "rmsprop_momentum": lambda: o.RMSprop(0.01, rho=0.8, momentum=0.7, epsilon=1e-5),
    "rmsprop_centered": lambda: o.RMSprop(0.01, centered=True, epsilon=1e-3),
    "rmsprop_centered_momentum": lambda: o.RMSprop(
        SCHEDULES["cosine_warmup"], centered=True, momentum=0.9, epsilon=1e-3, weight_decay=0.02
    ),
    "adam": lambda: o.Adam(0.01),
    "adam_schedule": lambda: o.Adam(SCHEDULES["piecewise"], beta_1=0.8, beta_2=0.99),
    "adam_amsgrad": lambda: o.Adam(0.01, amsgrad=True),
    "adam_decay": lambda: o.Adam(0.01, weight_decay=0.05),
    "adam_norm": lambda: o.Adam(0.01, clipnorm=0.5),
    "adam_global_norm": lambda: o.Adam(0.01, global_clipnorm=1.5),
    "adam_value": lambda: o.Adam(0.01, clipvalue=0.3),
    "adam_w": lambda: o.AdamW(SCHEDULES["cosine"], weight_decay=0.1),
    "adagrad": lambda: o.Adagrad(0.05),
    "adagrad_decay": lambda: o.Adagrad(0.05, initial_accumulator_value=0.3, weight_decay=0.1),
    "adadelta": lambda: o.Adadelta(0.5),
    "adamax": lambda: o.Adamax(0.01),
    "nadam": lambda: o.Nadam(0.01),
    "lion": lambda: o.Lion(0.01, weight_decay=0.02),
}


def numbers(array):
    """Enough digits for a float32 to come back as it was."""
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "data": [float(f"{x:.9g}") for x in array.ravel()]}


def gradients():
    rng = np.random.default_rng(5)
    for step in range(STEPS):
        kernel = rng.normal(size=(2, WIDTH)).astype("float32") * 0.5
        # The last row never has a gradient, and others are away for long.
        pool = np.arange(ROWS - 1) if step % 20 < 5 else np.arange(5)
        rows = rng.permutation(pool)[:TOUCHED].astype("int32")
        values = rng.normal(size=(TOUCHED, WIDTH)).astype("float32") * 0.5
        yield kernel, rows, values


def weights():
    rng = np.random.default_rng(6)
    return [rng.normal(size=(2, WIDTH)).astype("float32"), rng.normal(size=(ROWS, WIDTH)).astype("float32")]


def run(optimizer):
    kernel, embeddings = [
        keras.Variable(value, name=name) for value, name in zip(weights(), ["kernel", "embeddings"])
    ]
    halfway = None
    for step, (dense, rows, values) in enumerate(gradients()):
        slices = tf.IndexedSlices(tf.constant(values), tf.constant(rows), tf.constant([ROWS, WIDTH]))
        optimizer.apply([tf.constant(dense), slices], [kernel, embeddings])
        if step == STEPS // 2 - 1:
            halfway = [numbers(kernel), numbers(embeddings)]
    state = {
        v.path.split("/")[-1]: numbers(v)
        for v in optimizer.variables
        if v.path.split("/")[-1] not in ("iteration", "learning_rate") and "_" in v.path.split("/")[-1]
    }
    config = optimizer.get_config()
    config["name"] = "".join(c for c in config["name"] if not c.isdigit()).rstrip("_")
    return {
        "class_name": type(optimizer).__name__,
        "config": config,
        "halfway": halfway,
        "weights": [numbers(kernel), numbers(embeddings)],
        "state": state,
    }


def main():
    kernel, embeddings = weights()
    steps = [
        {"kernel": numbers(k), "rows": [int(r) for r in rows], "values": numbers(v)} for k, rows, v in gradients()
    ]
    document = {
        "initial": [numbers(kernel), numbers(embeddings)],
        "gradients": steps,
        "cases": {name: run(make()) for name, make in CASES.items()},
        "schedules": {
            name: {
                "description": s.serialize(schedule),
                "rates": [float(f"{float(schedule(tf.constant(t, 'int64'))):.9g}") for t in range(64)],
            }
            for name, schedule in SCHEDULES.items()
        },
    }
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "optimizers.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


main()
