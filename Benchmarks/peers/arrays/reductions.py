import numpy as np

from arrays import numbers, shown


def operations():
    result = {}

    def add(name, shape, function):
        def prepare():
            x = numbers(shape)
            return lambda: function(x)

        result[f"{name} {shown(shape)}"] = prepare

    for shape in ((8, 8), (64, 128), (1_000, 1_000)):
        for axis in (0, 1):
            add(f"sum axis {axis}", shape, lambda x, axis=axis: x.sum(axis=axis))
            add(f"mean axis {axis}", shape, lambda x, axis=axis: x.mean(axis=axis))
            add(f"max axis {axis}", shape, lambda x, axis=axis: x.max(axis=axis))
            add(f"prod axis {axis}", shape, lambda x, axis=axis: (x * 0.01 + 1).prod(axis=axis))
            add(f"var axis {axis}", shape, lambda x, axis=axis: x.var(axis=axis))
            add(f"argmax axis {axis}", shape, lambda x, axis=axis: x.argmax(axis=axis)[:1])
            add(f"cumsum axis {axis}", shape, lambda x, axis=axis: x.cumsum(axis=axis))
            add(f"diff axis {axis}", shape, lambda x, axis=axis: np.diff(x, axis=axis))
            add(f"any axis {axis}", shape, lambda x, axis=axis: x.any(axis=axis))
        add("sum", shape, lambda x: x.sum())
        add("std", shape, lambda x: x.std())
        add("norm", shape, np.linalg.norm)
        add("median axis 1", shape, lambda x: np.median(x, axis=1))
    for n in (1, 8, 64, 1_000, 100_000, 1_000_000):
        add("sum", (n,), lambda x: x.sum())
        add("max", (n,), lambda x: x.max())
        add("min", (n,), lambda x: x.min())
        add("argmax", (n,), lambda x: x.argmax())
        add("cumsum", (n,), lambda x: x.cumsum())
        add("all", (n,), lambda x: (x > -3).all())
        add("count_nonzero", (n,), np.count_nonzero)
        add("median", (n,), np.median)
    return result
