"""Writes Tests/Fixtures/numpy_ordering.json: NumPy's sorting, searching and counting of small arrays with many ties.

Needs: numpy. Run: python Tests/Oracles/numpy_ordering.py
"""

import numpy as np

from arrays import array, write

rng = np.random.default_rng(20260304)
F32 = np.float32
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-45, -1e-45, 3.4e38], F32)


def values(shape):
    x = rng.integers(-4, 5, size=shape).astype(F32)
    x = np.where(rng.random(shape) < 0.3, rng.normal(size=shape).round(3).astype(F32), x)
    return np.where(rng.random(shape) < 0.2, rng.choice(SPECIAL, size=shape), x).astype(F32)


def shape(least):
    return tuple(int(rng.choice((0, 1, 1, 2, 3, 4, 7))) for _ in range(rng.integers(least, 4)))


def sorts():
    for s in [shape(1) for _ in range(40)] + [(40,), (100,), (3, 50), (33, 2), (600,)]:
        x = values(s)
        axis = int(rng.integers(-x.ndim, x.ndim))
        order, falling = np.argsort(x, axis, stable=True), np.argsort(-x, axis, stable=True)
        yield {"x": array(x), "axis": axis, "order": array(order), "falling": array(falling),
               "k": int(rng.integers(0, x.shape[axis] + 1))}


def searches():
    for _ in range(30):
        x = np.sort(values((int(rng.integers(0, 20)),)))
        v = values(shape(0))
        yield {"x": array(x), "values": array(v), "left": array(np.searchsorted(x, v)),
               "right": array(np.searchsorted(x, v, "right"))}


def uniques():
    for _ in range(30):
        x = values(shape(0))
        v, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
        yield {"x": array(x), "values": array(v + F32(0)), "inverse": array(inverse), "counts": array(counts)}


if __name__ == "__main__":
    write("numpy_ordering.json", {group.__name__: list(group()) for group in (sorts, searches, uniques)})
