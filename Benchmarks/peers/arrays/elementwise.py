import numpy as np

from arrays import numbers, shown


def operations():
    result = {}

    def add(name, shapes, function):
        def prepare():
            operands = [numbers(shape, -2.0 + i) for i, shape in enumerate(shapes)]
            return lambda: function(*operands)

        result[f"{name} {' '.join(map(shown, shapes))}"] = prepare

    for n in (1, 8, 64, 1_000, 100_000, 1_000_000):
        one, two = [(n,)], [(n,), (n,)]
        add("add", two, lambda a, b: a + b)
        add("multiply scalar", one, lambda a: a * 1.5)
        add("less", two, lambda a, b: a < b)
        add("where", two, lambda a, b: np.where(a, b, a))
        add("clip", one, lambda a: np.clip(a, -0.5, 0.5))

        def in_place(a, b):
            x = a.copy()
            x += b
            return x

        add("add in place", two, in_place)
    for n in (8, 1_000, 100_000, 1_000_000):
        one, two = [(n,)], [(n,), (n,)]
        add("divide", two, lambda a, b: a / b)
        add("maximum", two, np.maximum)
        add("greater scalar", one, lambda a: a > 0)
        for name in ("exp", "log", "sqrt", "tanh", "abs"):
            add(name, one, getattr(np, name))
    for n in (1_000, 100_000):
        one, two = [(n,)], [(n,), (n,)]
        for name in ("power", "remainder", "arctan2", "hypot"):
            add(name, two, getattr(np, name))
        for name in (
            "expm1", "log1p", "log2", "log10", "cbrt", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh",
            "arcsinh", "arctanh", "rint", "floor", "sign", "isfinite",
        ):
            add(name, one, getattr(np, name))
    for pair in (
        ((8, 8), (8,)), ((64, 128), (128,)), ((64, 128), (64, 1)), ((256, 32, 16), (32, 1)), ((1_000, 1_000), (1_000,)),
        ((1_000, 1_000), (1_000, 1)), ((1_000, 1), (1, 1_000)), ((10_000, 3), (3,)), ((10_000, 3), (10_000, 1)),
    ):
        add("add", pair, lambda a, b: a + b)
        add("less", pair, lambda a, b: a < b)
    return result
