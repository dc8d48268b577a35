"""Writes Tests/Fixtures/numpy_creation.json: sequences in double precision rounded once, grids, diagonals and triangles.

Needs: numpy. Run: python Tests/Oracles/numpy_creation.py
"""

import numpy as np

from arrays import array, number, write

rng = np.random.default_rng(20260305)
F32 = np.float32


def spaces():
    for _ in range(40):
        low, high = (F32(v) for v in rng.normal(scale=3, size=2).round(2))
        count = int(rng.integers(0, 9))
        end = bool(rng.random() < 0.6)
        yield {"from": number(low), "to": number(high), "count": count, "end": end,
               "linspace": array(np.linspace(float(low), float(high), count, endpoint=end)),
               "logspace": array(np.logspace(float(low), float(high), count, endpoint=end))}


def ranges():
    for _ in range(40):
        low, high = (F32(v) for v in rng.normal(scale=5, size=2).round(1))
        step = F32(rng.choice([0.5, 0.25, 1, 2, -1, -0.5, 0.1]))
        yield {"from": number(low), "to": number(high), "by": number(step),
               "y": array(np.arange(float(low), float(high), float(step)))}


def diagonals():
    for _ in range(40):
        shape = tuple(int(n) for n in rng.integers(0, 5, size=rng.integers(2, 4)))
        x = np.arange(np.prod(shape), dtype=F32).reshape(shape) + 1
        k = int(rng.integers(-4, 5))
        case = {"shape": list(shape), "k": k, "lower": array(np.tril(x, k)), "upper": array(np.triu(x, k)),
                "eye": array(np.eye(shape[-2], shape[-1], k))}
        if -shape[-2] <= k <= shape[-1]:
            case["diagonal"] = array(np.diagonal(x, k, -2, -1))
        v = np.arange(shape[-1], dtype=F32) + 1
        yield {**case, "matrix": array(np.diag(v, k))}


def grids():
    for sizes in [(3,), (2, 3), (3, 2), (2, 3, 4), (1, 2), (0, 2), (2, 1, 3, 2)]:
        vectors = [np.arange(n, dtype=F32) + 10 * i for i, n in enumerate(sizes)]
        yield {"sizes": list(sizes), "xy": [array(g) for g in np.meshgrid(*vectors)],
               "ij": [array(g) for g in np.meshgrid(*vectors, indexing="ij")]}


if __name__ == "__main__":
    write("numpy_creation.json", {group.__name__: list(group()) for group in (spaces, ranges, diagonals, grids)})
