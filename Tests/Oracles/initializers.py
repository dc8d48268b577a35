"""Writes Tests/Fixtures/initializers.json: the distributions of Keras' initializers for some shapes.

Needs: keras. Run: python Tests/Oracles/initializers.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
from keras import initializers
from keras.src.initializers.random_initializers import compute_fans

from arrays import write

SHAPES = [(300, 200), (1000, 3), (3, 1000), (3, 40, 50), (2, 3, 20, 30), (5000,)]
SCALED = ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal"]
DEFAULTS = ["RandomUniform", "RandomNormal", "TruncatedNormal"]


def cases():
    for name in SCALED + DEFAULTS:
        for shape in SHAPES:
            draws = [np.asarray(getattr(initializers, name)(seed=seed)(shape), np.float64) for seed in range(8)]
            fan_in, fan_out = compute_fans(shape)
            yield {"name": name, "shape": list(shape), "fans": [int(fan_in), int(fan_out)],
                   "deviation": float(np.std(draws)), "largest": float(np.abs(draws).max())}


def fans():
    for shape in [(), (1,), (7,), (3, 5), (0, 4), (2, 3, 5), (2, 3, 4, 5)]:
        yield {"shape": list(shape), "fans": [int(n) for n in compute_fans(shape)]}


if __name__ == "__main__":
    write("initializers.json", {"cases": list(cases()), "fans": list(fans())})
