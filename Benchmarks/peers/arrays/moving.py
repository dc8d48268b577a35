import math

import numpy as np

from arrays import shown


def scattered(shape):
    """Numbers of [0, 1) in no order that both sides make."""
    i = np.arange(math.prod(shape), dtype=np.uint64)
    k = (i * np.uint64(2_654_435_761)) >> np.uint64(8) & np.uint64(0xFFFFFF)
    return (k.astype(np.float32) * np.float32(2.0**-24)).reshape(shape)


def indices(count, bound):
    return (scattered((count,)) * np.float32(bound)).astype(np.intp)


def copied(function):
    """Where NumPy would only look at the array in another way, it copies, as Hornet does."""
    return lambda *x: np.ascontiguousarray(function(*x))


def assigned(x):
    x = x.copy()
    x[:, 1] = 0
    return x


def added(x, ids):
    x = x.copy()
    np.add.at(x, ids, 1)
    return x


def top(k):
    def largest(x):
        found = np.argpartition(-x, k - 1, axis=-1)[..., :k] if k < x.shape[-1] else np.argsort(-x)
        values = np.take_along_axis(x, found, -1)
        return np.take_along_axis(values, np.argsort(-values, axis=-1), -1)
    return largest


def operations():
    result = {}

    def add(name, *shapes, function):
        def prepare():
            operands = [scattered(shape) for shape in shapes]
            return lambda: function(*operands)

        result[" ".join([name, *map(shown, shapes)])] = prepare

    for shape in ((8, 8), (64, 128), (1_000, 1_000), (4_096, 1_024), (10_000, 3), (3, 10_000)):
        add("transpose", shape, function=copied(lambda x: x.T))
    add("permute 0,2,1,3", (32, 100, 8, 64), function=copied(lambda x: x.transpose(0, 2, 1, 3)))
    add("permute 2,1,0", (50, 60, 70), function=copied(lambda x: x.transpose(2, 1, 0)))
    add("permute 0,3,1,2", (16, 64, 64, 3), function=copied(lambda x: x.transpose(0, 3, 1, 2)))
    for n in (8, 1_000):
        s = (n, n)
        add("concatenate axis 0", s, s, function=lambda a, b: np.concatenate((a, b)))
        add("concatenate axis 1", s, s, function=lambda a, b: np.concatenate((a, b), 1))
        add("stack axis -1", s, s, function=lambda a, b: np.stack((a, b), -1))
        add("tile 2,2", s, function=lambda x: np.tile(x, (2, 2)))
        add("repeat 3 axis 1", s, function=lambda x: np.repeat(x, 3, 1))
        add("flip", s, function=copied(np.flip))
        add("roll 3 axis 1", s, function=lambda x: np.roll(x, 3, 1))
        add("pad 1", s, function=lambda x: np.pad(x, 1))
        add("pad reflect 2", s, function=lambda x: np.pad(x, 2, mode="reflect"))
        add("slice [1:-1, 1:-1]", s, function=copied(lambda x: x[1:-1, 1:-1]))
        add("slice [:, ::2]", s, function=copied(lambda x: x[:, ::2]))
        add("slice [:, 1]", s, function=copied(lambda x: x[:, 1]))
        add("assign [:, 1]", s, function=assigned)
        add("tril", s, function=np.tril)
        add("diagonal", s, function=copied(lambda x: x.diagonal()))
        add("mask", s, function=lambda x: x[x > 0.5])
    for shape, count, axis in (((1_000,), 8, 0), ((100_000,), 100_000, 0), ((10_000, 128), 4_096, 0), ((1_000, 1_000), 500, 1)):
        ids = indices(count, shape[axis])
        add(f"take {count} axis {axis}", shape, function=lambda x, ids=ids, axis=axis: x.take(ids, axis))
        if len(shape) == 1:
            add(f"add.at {count}", shape, function=lambda x, ids=ids: added(x, ids))
    order = scattered((1_000, 1_000)).argsort(-1)
    add("take_along_axis 1", (1_000, 1_000), function=lambda x: np.take_along_axis(x, order, 1))
    for n in (8, 64, 1_000, 100_000, 1_000_000):
        add("sort", (n,), function=np.sort)
        add("argsort", (n,), function=lambda x: x.argsort()[-1])
        add("top 10", (max(n, 10),), function=top(min(n, 10)))
        add("unique", (n,), function=lambda x: np.unique(x, return_inverse=True, return_counts=True)[0])
    for axis in (0, 1):
        add(f"sort axis {axis}", (1_000, 1_000), function=lambda x, axis=axis: np.sort(x, axis))
        add(f"argsort axis {axis}", (1_000, 1_000), function=lambda x, axis=axis: x.argsort(axis)[-1, -1])
    add("sort axis 1", (10_000, 16), function=np.sort)
    add("sort axis 1", (10_000, 100), function=np.sort)
    add("top 10 axis 1", (1_000, 1_000), function=top(10))
    rising = np.sort(scattered((10_000,)))
    add("searchsorted 10000", (100_000,), function=rising.searchsorted)
    add("nonzero", (1_000_000,), function=lambda x: np.flatnonzero(x).size)
    return result
