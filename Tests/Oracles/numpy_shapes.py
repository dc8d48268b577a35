"""Writes Tests/Fixtures/numpy_shapes.json: NumPy's answers where elements are moved, chosen and ordered.

Most inputs are 0, 1, 2, ... in the shape that a case names, so that a result tells where each element came from.

Needs: numpy. Run: python Tests/Oracles/numpy_shapes.py
"""

import numpy as np

from arrays import array, write

rng = np.random.default_rng(20260301)
F32 = np.float32
NONE = 999  # stands for a bound that is left out


def counted(shape):
    return np.arange(int(np.prod(shape)), dtype=F32).reshape(shape)


def shape(least=0, most=4, sizes=(0, 1, 1, 2, 2, 3, 3, 4, 5)):
    return tuple(int(rng.choice(sizes)) for _ in range(rng.integers(least, most + 1)))


def axis_of(x, beyond=0):
    return int(rng.integers(-x.ndim - beyond, x.ndim + beyond))


def case(op, x, y, **arguments):
    return {"op": op, "shape": list(x.shape), "y": array(y), **arguments}


# Shapes ---------------------------------------------------------------------------------------------------------

def reshaped():
    for _ in range(12):
        x = counted(shape(1, 3, (1, 2, 3, 4)))
        target = [1, x.size]
        for d in (2, 3, 4):
            if x.size % d == 0:
                target = [d, x.size // d]
        target[int(rng.integers(2))] = -1
        yield case("reshaped", x, x.reshape(target), axes=target)
        yield case("flattened", x, x.ravel())
    for _ in range(12):
        x = counted(shape())
        axis = axis_of(x, 1) if x.ndim else 0
        axis = min(axis, x.ndim)
        yield case("expandedDims", x, np.expand_dims(x, axis), axis=axis)
        yield case("squeezed", x, x.squeeze())
        ones = [a for a, n in enumerate(x.shape) if n == 1]
        if ones:
            axis = ones[-1] - (x.ndim if rng.random() < 0.5 else 0)
            yield case("squeezedAxis", x, x.squeeze(axis), axis=axis)


def permuted():
    for s in [shape(1, 5) for _ in range(30)] + [(17, 3, 33), (2, 40, 3), (40, 2, 3), (3, 40, 2), (5, 4, 3, 2, 2), (2, 33, 17)]:
        x = counted(s)
        axes = [int(a) for a in rng.permutation(x.ndim)]
        named = [a - x.ndim if rng.random() < 0.3 else a for a in axes]
        yield case("permuted", x, x.transpose(axes), axes=named)
        yield case("transposed", x, x.T)
        a, b = axis_of(x), axis_of(x)
        yield case("swappedAxes", x, x.swapaxes(a, b), axes=[a, b])
        yield case("movedAxis", x, np.moveaxis(x, a, b), axes=[a, b])


def joined():
    for _ in range(12):
        s, n = shape(0, 3), int(rng.integers(1, 4))
        x = counted((n,) + s)
        axis = int(rng.integers(-len(s) - 1, len(s) + 1))
        yield case("stacked", x, np.stack(list(x), axis), axis=axis)
    for _ in range(16):
        x = counted(shape(1, 3))
        axis = axis_of(x)
        positions = sorted(int(p) for p in rng.integers(0, x.shape[axis] + 1, size=rng.integers(0, 4)))
        parts = np.split(x, positions, axis)
        yield {"op": "splitAt", "shape": list(x.shape), "axis": axis, "axes": positions,
               "parts": [array(p) for p in parts]}
        size = x.shape[axis]
        counts = [n for n in range(1, size + 1) if size % n == 0]
        if counts:
            n = int(rng.choice(counts))
            yield {"op": "split", "shape": list(x.shape), "axis": axis, "count": n,
                   "parts": [array(p) for p in np.split(x, n, axis)]}


def repeated():
    for _ in range(24):
        x = counted(shape(0, 3))
        counts = [int(n) for n in rng.integers(0, 4, size=rng.integers(0, 5))]
        yield case("tiled", x, np.tile(x, counts), axes=counts)
    for _ in range(24):
        x = counted(shape(1, 3))
        axis = axis_of(x)
        n = int(rng.integers(0, 4))
        yield case("repeated", x, np.repeat(x, n, axis), axis=axis, count=n)
        counts = [int(n) for n in rng.integers(0, 3, size=x.shape[axis])]
        yield case("repeatedCounts", x, np.repeat(x, counts, axis), axis=axis, axes=counts)
        axes = [int(a) for a in rng.permutation(x.ndim)[: rng.integers(0, x.ndim + 1)]]
        yield case("flipped", x, np.flip(x, axes), axes=axes)
        yield case("flippedAll", x, np.flip(x))
        shift = int(rng.integers(-7, 8))
        yield case("rolled", x, np.roll(x, shift, axis), axis=axis, count=shift)
        yield case("rolledFlat", x, np.roll(x, shift), count=shift)


def padded():
    for _ in range(24):
        x = counted(shape(1, 3, (1, 2, 3, 4)))
        widths = [[int(n) for n in rng.integers(0, 6, size=2)] for _ in x.shape]
        flat = [n for pair in widths for n in pair]
        yield case("paddedConstant", x, np.pad(x, widths, constant_values=-1), axes=flat)
        yield case("paddedEdge", x, np.pad(x, widths, mode="edge"), axes=flat)
        yield case("paddedReflect", x, np.pad(x, widths, mode="reflect"), axes=flat)
    x = counted((0, 2))
    yield case("paddedConstant", x, np.pad(x, [(1, 1), (0, 2)], constant_values=-1), axes=[1, 1, 0, 2])


# Indices --------------------------------------------------------------------------------------------------------

def index_for(x):
    """A random index, as NumPy takes it and as the test reads it."""
    taken = int(rng.integers(0, x.ndim + 1))
    axes = list(range(taken))
    ellipsis = int(rng.integers(0, taken + 1)) if rng.random() < 0.4 else None
    if ellipsis is not None:
        axes = axes[:ellipsis] + [a - taken + x.ndim for a in axes[ellipsis:]]
    index, written = [], []
    for place, axis in enumerate(axes):
        if place == ellipsis:
            index.append(Ellipsis)
            written.append(["ellipsis"])
        if rng.random() < 0.1:
            index.append(None)
            written.append(["new"])
        size = x.shape[axis]
        kind = rng.integers(0, 4)
        if kind == 0 and size:
            entry = int(rng.integers(-size, size))
            index.append(entry)
            written.append(["entry", entry])
        elif kind == 1:
            low, high = sorted(int(n) for n in rng.integers(0, size + 1, size=2))
            index.append(slice(low, high))
            written.append(["range", low, high])
        elif kind == 2:
            low, high = (int(n) if rng.random() < 0.7 else None for n in rng.integers(-size - 2, size + 3, size=2))
            step = int(rng.choice([-3, -2, -1, 1, 2, 3]))
            index.append(slice(low, high, step))
            written.append(["stride", NONE if low is None else low, NONE if high is None else high, step])
        else:
            index.append(slice(None))
            written.append(["all"])
    if ellipsis == taken:
        index.append(Ellipsis)
        written.append(["ellipsis"])
    return tuple(index), written


def subscripts():
    for _ in range(160):
        x = counted(shape(0, 4))
        index, written = index_for(x)
        part = x[index]
        new = part.shape[int(rng.integers(0, part.ndim + 1)):]
        new = tuple(1 if rng.random() < 0.2 else n for n in new)
        values = -1 - counted(new)
        after = x.copy()
        after[index] = values
        yield case("subscript", x, part, index=written, values=array(values), after=array(after))


def gathered():
    for _ in range(40):
        x = counted(shape(1, 3))
        axis = axis_of(x)
        size = x.shape[axis]
        s = shape(0, 2) if size else (0,)
        ids = rng.integers(-size, size, size=s) if size else np.zeros(s, int)
        y = np.take(x, ids, axis)
        values = -1 - counted(y.shape)
        place = axis % x.ndim
        before = (slice(None),) * place
        set_, added = x.copy(), x.copy()
        moved, from_ = np.moveaxis(set_, place, 0), np.moveaxis(values.reshape(
            x.shape[:place] + (ids.size,) + x.shape[place + 1:]), place, 0)
        for number, entry in enumerate(ids.ravel()):
            moved[entry] = from_[number]
        np.add.at(np.moveaxis(added, place, 0), ids.ravel(), from_)
        yield case("gathered", x, y, axis=axis, ids=array(ids), values=array(values), set=array(set_), added=array(added))


def taken_along():
    for _ in range(40):
        x = counted(shape(1, 3))
        axis = axis_of(x)
        size = x.shape[axis]
        s = list(x.shape)
        s[axis] = int(rng.integers(1, 4)) if size else 0
        s = [1 if rng.random() < 0.15 and a != axis % x.ndim else n for a, n in enumerate(s)]
        ids = rng.integers(-size, size, size=s) if size else np.zeros(s, int)
        y = np.take_along_axis(x, ids, axis)
        after = x.copy()
        np.put_along_axis(after, ids, F32(-1), axis)
        yield case("takenAlong", x, y, axis=axis, ids=array(ids), set=array(after))


def masks():
    for _ in range(30):
        x = counted(shape(0, 3))
        mask = rng.random(x.shape[: rng.integers(0, x.ndim + 1)]) < 0.5
        y = x[mask]
        after = x.copy()
        after[mask] = -1
        yield case("masked", x, y, mask=array(mask), after=array(after), nonzero=[array(n) for n in np.nonzero(np.atleast_1d(mask))],
                   flat=array(np.flatnonzero(mask)))


if __name__ == "__main__":
    groups = [reshaped, permuted, joined, repeated, padded, subscripts, gathered, taken_along, masks]
    write("numpy_shapes.json", {group.__name__: list(group()) for group in groups})
