"""Writes Tests/Fixtures/numpy_arrays.json: comparisons, functions, reductions and running sums of arrays of random shapes, by
NumPy in float64 on float32 input.

Needs: numpy. Run: python Tests/Oracles/numpy_arrays.py
"""

import numpy as np
from math import erf

from arrays import array, write

rng = np.random.default_rng(20261124)
F32 = np.float32
SPECIAL = np.array([0.0, -0.0, 1, -1, 0.5, -2.5, 3.5, np.inf, -np.inf, np.nan, 1e-20, -1e20], F32)


def normal(shape, scale=2.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def small_numbers(shape):
    """Few different ones, so that many are equal, and some that are not finite."""
    x = rng.integers(-2, 3, size=shape).astype(F32)
    if x.size and rng.random() < 0.3:
        x.ravel()[rng.integers(0, x.size)] = rng.choice([np.nan, np.inf, -np.inf])
    return x


def wide(x):
    return np.asarray(x, np.float64)


def random_shapes(count):
    """Shapes that broadcast to one: sizes 0 and 1 among them, leading axes missing."""
    shape = rng.choice([0, 1, 2, 3, 5, 17], p=[0.05, 0.15, 0.25, 0.25, 0.2, 0.1], size=rng.integers(0, 4))
    sides = []
    for _ in range(count):
        side = np.where(rng.random(len(shape)) < 0.3, 1, shape)
        start = rng.integers(0, len(side) + 1) if rng.random() < 0.3 else 0
        sides.append(tuple(int(n) for n in side[start:]))
    return sides


PAIRS = {
    "maximum": np.maximum, "minimum": np.minimum, "power": np.power, "remainder": np.remainder,
    "floorDivision": np.floor_divide, "hypot": np.hypot, "atan2": np.arctan2, ".==": np.equal, ".!=": np.not_equal,
    ".<": np.less, ".<=": np.less_equal, ".>": np.greater, ".>=": np.greater_equal, ".&": np.logical_and,
    ".|": np.logical_or, ".^": np.logical_xor,
}


def pairs():
    for name, function in PAIRS.items():
        draw = normal if name in ("power", "remainder", "floorDivision", "hypot", "atan2") else small_numbers
        for _ in range(8):
            a, b = (draw(shape) for shape in random_shapes(2))
            a = np.abs(a) if name == "power" else a
            yield {"op": name, "a": array(a), "b": array(b), "y": array(function(wide(a), wide(b)))}
        a, b = SPECIAL[:, None], SPECIAL[None, :]
        if name in ("remainder", "floorDivision"):  # quotients beyond float's whole numbers are rounded in two ways
            a, b = SPECIAL[:10, None], SPECIAL[None, :10]
        yield {"op": name, "a": array(a), "b": array(b), "y": array(function(wide(a), wide(b)))}


def closeness():
    a = np.array([1, 1, 1, 0, np.inf, np.inf, np.nan, 1e-9, 100, 100], F32)
    b = np.array([1, 1.000005, 1.0001, 1e-9, np.inf, -np.inf, np.nan, 0, 100.0009, np.inf], F32)
    for relative, absolute, equal_nan in [(1e-5, 1e-8, False), (1e-5, 1e-8, True), (1e-3, 0, False), (0, 1e-3, False)]:
        for x, y in [(a, b), (b, a), (a[:, None], b[None, :])]:
            yield {"a": array(x), "b": array(y), "relative": relative, "absolute": absolute, "equal_nan": equal_nan,
                   "y": array(np.isclose(x, y, relative, absolute, equal_nan))}


def choices():
    for _ in range(40):
        condition, a, b = random_shapes(3)
        condition, a, b = rng.integers(0, 2, condition).astype(F32), normal(a), normal(b)
        yield {"condition": array(condition), "a": array(a), "b": array(b), "y": array(np.where(condition, a, b))}


FUNCTIONS = {
    "expm1": np.expm1, "log1p": np.log1p, "log2": np.log2, "log10": np.log10, "cbrt": np.cbrt,
    "rsqrt": lambda x: 1 / np.sqrt(x), "reciprocal": np.reciprocal, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "asinh": np.arcsinh,
    "acosh": np.arccosh, "atanh": np.arctanh, "erf": np.vectorize(erf, otypes=[float]), "sign": np.sign,
    "floor": np.floor, "ceil": np.ceil, "rounded": np.rint, "truncated": np.trunc, "isNaN": np.isnan,
    "isInfinite": np.isinf, "isFinite": np.isfinite, "cube": lambda x: x**3, "clipLow": lambda x: np.clip(x, -0.5, None),
    "clipHigh": lambda x: np.clip(x, None, 0.75), "clipCrossed": lambda x: np.clip(x, 1, -1),
}
EDGES = np.array(
    [0.0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 2, -2, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-7, -1e-7, 8, 1000, 0.1, 9, -9, 80, -80,
     1e10, -1e10, 123456.7, 8388609], F32)


def functions():
    for name, function in FUNCTIONS.items():
        bounded = name in ("asin", "acos", "atanh")
        for shape in [(0,), (33,), (2, 3, 5)]:
            x = normal(shape)
            x = np.tanh(x) if bounded else np.abs(x) + 1 if name == "acosh" else x
            x = np.abs(x) if name in ("log2", "log10", "log1p", "rsqrt") else x
            yield {"op": name, "x": array(x), "y": array(function(wide(x)))}
        yield {"op": name, "x": array(EDGES), "y": array(function(wide(EDGES)))}


def log_sum_exp(x, axis):
    with np.errstate(all="ignore"):
        return np.logaddexp.reduce(x, axis=axis)


def reductions():
    for number in range(90):
        shape = random_shapes(1)[0]
        axes = tuple(int(a) for a in np.flatnonzero(rng.random(len(shape)) < 0.6))
        x = small_numbers(shape) if number % 2 else normal(shape)
        named = [a - len(shape) if rng.random() < 0.3 else a for a in axes]
        w, count = wide(x), int(np.prod([shape[a] for a in axes]))
        case = {
            "x": array(x), "axes": named, "sum": w.sum(axes), "product": w.prod(axes),
            "any": (w != 0).any(axes), "all": (w != 0).all(axes), "count": np.count_nonzero(w, axis=axes).astype(F32),
            "mean": w.mean(axes), "variance": w.var(axes), "norm1": np.abs(w).sum(axes), "norm2": np.sqrt((w**2).sum(axes)),
            "norm3": (np.abs(w) ** 3).sum(axes) ** (1 / 3),
        }
        if count > 1:
            case["sample"] = w.std(axes, ddof=1)
        if count:
            case |= {"max": w.max(axes), "min": w.min(axes), "normInf": np.abs(w).max(axes), "normLow": np.abs(w).min(axes)}
        if len(axes) == 1 and count:
            q = F32(rng.choice([0, 0.1, 0.25, 0.5, 0.9, 1]))
            case |= {"argmax": w.argmax(axes[0]), "argmin": w.argmin(axes[0]), "median": np.median(w, axes[0]),
                     "q": float(q), "quantile": np.quantile(x, q, axes[0]), "logSumExp": log_sum_exp(w, axes[0])}
        yield {key: array(value) if isinstance(value, (np.ndarray, np.generic)) else value for key, value in case.items()}


def running():
    for number in range(50):
        shape = random_shapes(1)[0]
        if not shape:
            continue
        x = small_numbers(shape) if number % 3 == 0 else normal(shape, 1.0)
        axis = int(rng.integers(-len(shape), len(shape)))
        yield {"x": array(x), "axis": axis, "sum": array(wide(x).cumsum(axis)), "product": array(wide(x).cumprod(axis)),
               "difference": array(np.diff(wide(x), axis=axis)), "second": array(np.diff(wide(x), n=2, axis=axis))}
    x = normal((70,), 1.0)
    yield {"x": array(x), "axis": 0, "sum": array(wide(x).cumsum()), "product": array(wide(x).cumprod()),
           "difference": array(np.diff(wide(x))), "second": array(np.diff(wide(x), n=2))}


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    groups = [pairs, closeness, choices, functions, reductions, running]
    with np.errstate(all="ignore"):
        write("numpy_arrays.json", {group.__name__: list(group()) for group in groups})
