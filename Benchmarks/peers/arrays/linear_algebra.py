"""numpy.linalg computes float32 arrays in double precision, Hornet in single."""

import math

import numpy as np

from arrays import shown

PRIME = 1_000_003


def well_spread(shape):
    """Numbers in -1 ... 1 without a pattern that would make a matrix of them singular."""
    i = np.arange(math.prod(shape), dtype=np.int64)
    k = (389 * i * i + 7_919 * i) % PRIME
    return (k.astype(np.float32) / np.float32(PRIME) * np.float32(2) - np.float32(1)).reshape(shape)


def general(shape):
    n = shape[-1]
    return well_spread(shape) + np.eye(n, dtype=np.float32) * np.float32(n) ** np.float32(0.5)


def symmetric(shape):
    x = well_spread(shape)
    return (x + np.swapaxes(x, -1, -2)) * np.float32(0.5)


def definite(shape):
    n = shape[-1]
    return symmetric(shape) + np.eye(n, dtype=np.float32) * (np.float32(n) ** np.float32(0.5) * 3)


def operations():
    result = {}

    def add(name, shape, make, function):
        def prepare():
            a = make(shape)
            return lambda: function(a)

        result[f"{name} {shown(shape)}"] = prepare

    def add_solve(name, shape, sides, function):
        def prepare():
            a, b = general(shape), well_spread(sides)
            return lambda: function(a, b)

        result[f"{name} {shown(shape)}"] = prepare

    sizes = [(n, n) for n in (2, 4, 8, 16, 64, 256, 512)]
    for shape in sizes + [(1_000, 8, 8)]:
        add_solve("solve", shape, shape[-1:] if len(shape) == 2 else shape[:-1] + (1,), np.linalg.solve)
        add_solve("solve for as many", shape, shape, np.linalg.solve)
        add("inv", shape, general, np.linalg.inv)
        add("slogdet", shape, general, lambda a: np.linalg.slogdet(a)[1])
        add("cholesky", shape, definite, np.linalg.cholesky)
        add("qr", shape, general, lambda a: np.linalg.qr(a)[1])
        add("svd", shape, general, lambda a: np.linalg.svd(a, full_matrices=False)[1])
        add("svdvals", shape, general, lambda a: np.linalg.svd(a, compute_uv=False))
        add("eigh", shape, symmetric, lambda a: np.linalg.eigh(a)[0])
        add("eigvalsh", shape, symmetric, np.linalg.eigvalsh)
        add("pinv", shape, general, np.linalg.pinv)
    for shape in sizes:
        add_solve("lstsq", shape, shape[-1:], lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0])

    def large(shape):
        return well_spread(shape) + np.eye(shape[-1], dtype=np.float32) * np.float32(32)

    b = well_spread((1_000,))
    add("solve", (1_000, 1_000), large, lambda a: np.linalg.solve(a, b))
    add("inv", (1_000, 1_000), large, np.linalg.inv)
    return result
