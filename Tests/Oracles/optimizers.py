"""Runs every optimizer of Keras (JAX backend) for thirty random steps on two weights and records both after each.

Needs keras 3 and jax: python Tests/Oracles/optimizers.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from golden import save_tensors

STEPS = 30
schedules = keras.optimizers.schedules
runs = {
    "sgd": keras.optimizers.SGD(0.1),
    "sgd_momentum": keras.optimizers.SGD(0.1, momentum=0.9),
    "sgd_nesterov": keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "rmsprop": keras.optimizers.RMSprop(),
    "adam": keras.optimizers.Adam(),
    "adam_betas": keras.optimizers.Adam(0.01, beta_1=0.5, beta_2=0.9, epsilon=1e-3),
    "adamw": keras.optimizers.AdamW(0.01, weight_decay=0.1),
    "adam_clipnorm": keras.optimizers.Adam(0.01, clipnorm=0.5),
    "sgd_global_clipnorm": keras.optimizers.SGD(0.1, global_clipnorm=0.7),
    "sgd_clipvalue": keras.optimizers.SGD(0.1, clipvalue=0.3),
    "sgd_exponential": keras.optimizers.SGD(schedules.ExponentialDecay(0.1, 7, 0.5)),
    "sgd_staircase": keras.optimizers.SGD(schedules.ExponentialDecay(0.1, 7, 0.5, staircase=True)),
    "adam_piecewise": keras.optimizers.Adam(schedules.PiecewiseConstantDecay([5, 12], [0.1, 0.01, 0.001])),
}

rng = np.random.default_rng(5)
start = {"kernel": rng.normal(size=(5, 3)), "bias": rng.normal(size=(3,))}
# Some gradients are zero now and then, as for rows that a batch does not touch.
gradients = {
    "kernel": rng.normal(size=(STEPS, 5, 3)) * (rng.random((STEPS, 5, 1)) > 0.4),
    "bias": rng.normal(size=(STEPS, 3)),
}
tensors = {f"start/{name}": value for name, value in start.items()}
tensors |= {f"gradients/{name}": value for name, value in gradients.items()}
for label, optimizer in runs.items():
    weights = {name: keras.Variable(value.astype("float32")) for name, value in start.items()}
    seen = {name: [] for name in start}
    for step in range(STEPS):
        optimizer.apply([gradients[name][step].astype("float32") for name in start], list(weights.values()))
        for name in start:
            seen[name].append(np.array(weights[name]))
    tensors |= {f"{label}/{name}": np.stack(values) for name, values in seen.items()}
save_tensors("optimizers.safetensors", tensors)
print(len(runs), "optimizers")
