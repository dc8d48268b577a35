"""Writes Tests/Fixtures/numpy_printing.json: what NumPy prints for arrays of float32 and int32.

Needs: numpy. Run: python Tests/Oracles/numpy_printing.py
"""

import numpy as np

from arrays import write

rng = np.random.default_rng(20260303)
F32 = np.float32
SHAPES = [(), (1,), (3,), (7,), (20,), (2, 3), (3, 1), (1, 1), (4, 5), (2, 2, 3), (2, 1, 2, 2), (2, 9), (1, 30)]
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-45, 3.4e38, 1e-4, 0.00009999, 999999.94, 1e6, 0.1, 1 / 3], F32)


def bits(x):
    """The bits of each element: no digit is lost or gained."""
    return [int(v) for v in x.astype("<f4").view("<u4").ravel()]


def floats(shape):
    kind = rng.integers(0, 9)
    if kind == 0:
        x = rng.normal(size=shape)
    elif kind == 1:
        x = rng.normal(size=shape) * 10.0 ** rng.integers(-7, 8)
    elif kind == 2:
        x = rng.integers(-50, 51, size=shape) / rng.choice([1, 2, 4, 10, 100])
    elif kind == 3:
        x = rng.normal(size=shape) * 10.0 ** rng.integers(-20, 20, size=shape)
    elif kind == 4:
        x = 2.0 ** rng.integers(-13, 10, size=shape)
    elif kind == 5:
        x = rng.uniform(1, 1000, size=shape)
    elif kind == 6:
        x = 2.0 ** rng.integers(-149, 128, size=shape)
    elif kind == 7:
        x = rng.integers(0, 2**32, size=shape, dtype=np.uint32).astype("<u4").view("<f4") if shape else rng.normal(size=shape)
    else:
        x = rng.uniform(0, 1, size=shape)
    x = np.array(x, F32)
    if rng.random() < 0.25:
        x = np.where(rng.random(shape) < 0.3, rng.choice(SPECIAL, size=shape), x).astype(F32)
    return x


def elements():
    for _ in range(300):
        x = floats(SHAPES[int(rng.integers(len(SHAPES)))])
        yield {"shape": list(x.shape), "bits": bits(x), "str": str(x), "repr": repr(x)}
    for value in SPECIAL:
        x = np.array(value, F32)
        yield {"shape": [], "bits": bits(x), "str": str(x), "repr": repr(x)}


def layouts():
    """Counted elements: shapes that are summarized, wrapped, or empty."""
    shapes = [(0,), (0, 3), (2, 0), (1000,), (1001,), (40, 30), (7, 12, 13), (6, 14, 13), (5, 1, 300), (2, 3, 4, 50), (501, 2),
              (2, 600), (1, 1, 1001), (3, 3, 3, 45), (1500, 1), (1, 2, 0), (30,), (3, 25)]
    for shape in shapes:
        for scale in (1.0, 1e-3):
            x = (np.arange(np.prod(shape)).reshape(shape) * scale).astype(F32)
            yield {"shape": list(shape), "scale": scale, "str": str(x), "repr": repr(x)}


def integers():
    for _ in range(80):
        shape = SHAPES[int(rng.integers(len(SHAPES)))]
        low = -(10 ** int(rng.integers(0, 8)))
        x = rng.integers(low, 10 ** int(rng.integers(1, 9)), size=shape).astype(np.int32)
        x = np.array(x, np.int32)
        yield {"shape": list(shape), "data": [int(v) for v in x.ravel()], "str": str(x), "repr": repr(x)}
    for shape in [(0,), (2, 0), (1001,), (40, 30)]:
        x = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
        yield {"shape": list(shape), "data": [int(v) for v in x.ravel()], "str": str(x), "repr": repr(x)}


if __name__ == "__main__":
    with np.errstate(all="ignore"):
        write("numpy_printing.json", {group.__name__: list(group()) for group in (elements, layouts, integers)})
