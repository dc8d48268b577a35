"""Writes Tests/Fixtures/tensor.json: tensor operations on float32 input, computed by NumPy in float64.

Needs: numpy. Run: python Tests/Oracles/tensor.py
"""

import itertools

import numpy as np

from arrays import array, write

rng = np.random.default_rng(20240607)
F32 = np.float32


def normal(*shape, scale=1.0):
    return rng.normal(scale=scale, size=shape).astype(F32)


def wide(x):
    return np.asarray(x, np.float64)


# Elementwise functions ------------------------------------------------------------------------------------------

SHAPES = [(), (0,), (1,), (7,), (33,), (2, 3), (3, 0), (5, 17), (2, 3, 5)]
# Signed zeros, infinities, NaN, the ends of exp's range, and magnitudes that cancel or saturate.
SPECIAL = np.array(
    [0.0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 1e-7, -1e-7, 1e-3, -1e-3, 9, -9, 17, -17, 50, -50, 80, -80, 88.5,
     -86.5, 1e3, -1e3, 1e20, -1e20, 1e38, -1e38, 1.1754944e-38], F32)

UNARY = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "sigmoid": lambda x: np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x)))),
    "softplus": lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
    "relu": lambda x: np.where(x <= 0, 0, x),
    "squared": np.square,
    "abs": np.abs,
    "negated": np.negative,
    "clipped": lambda x: np.clip(x, -0.5, 0.75),
    "thresholded": lambda x: np.where(x > 0.25, 1, 0),
}


def unary():
    for name, function in UNARY.items():
        positive = name in ("log", "sqrt")
        for shape in SHAPES:
            x = normal(*shape, scale=3)
            x = np.abs(x) + F32(1e-3) if positive else x
            yield {"op": name, "x": array(x), "y": array(function(wide(x)))}
        yield {"op": name, "x": array(SPECIAL), "y": array(function(wide(SPECIAL)))}


# Arithmetic with broadcasting -----------------------------------------------------------------------------------

BINARY = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
PAIRS = [
    ((), ()), ((3,), ()), ((), (2, 3)), ((3,), (3,)), ((1,), (5,)), ((2, 3), (3,)), ((2, 3), (1, 3)),
    ((2, 3), (2, 1)), ((2, 1), (1, 3)), ((4, 1, 3), (5, 1)), ((2, 1, 1, 2), (3, 4, 1)), ((0,), (1,)), ((0, 3), (3,)),
    ((2, 0), (1, 1)), ((1, 0), (4, 1)), ((17, 33), (33,)), ((17, 33), (17, 1)),
]


def random_pair():
    shape = rng.integers(0, 5, size=rng.integers(0, 5))
    sides = []
    for _ in range(2):
        side = np.where(rng.random(len(shape)) < 0.35, 1, shape)
        sides.append(tuple(int(n) for n in side[rng.integers(0, len(side) + 1):]) if rng.random() < 0.4 else
                     tuple(int(n) for n in side))
    return tuple(sides)


def binary():
    for a_shape, b_shape in PAIRS + [random_pair() for _ in range(60)]:
        a, b = normal(*a_shape), normal(*b_shape)
        b = b + np.copysign(F32(0.25), b)
        yield {"a": array(a), "b": array(b), **{op: array(f(wide(a), wide(b))) for op, f in BINARY.items()}}


# Reductions and shapes ------------------------------------------------------------------------------------------

def reductions():
    for shape in [(1,), (7,), (2, 3), (3, 0), (0, 3), (5, 17), (2, 3, 5), (3, 1, 4), (2, 0, 3), (33, 65)]:
        x = normal(*shape)
        axes = list(range(len(shape)))
        for count in range(1, len(shape) + 1):
            for chosen in itertools.combinations(axes, count):
                named = [a - len(shape) if rng.random() < 0.3 else a for a in chosen]
                case = {"x": array(x), "axes": named, "sum": array(wide(x).sum(axis=chosen)),
                        "kept": array(wide(x).sum(axis=chosen, keepdims=True))}
                if all(shape[a] for a in chosen):
                    case["mean"] = array(wide(x).mean(axis=chosen))
                yield case


def arg_maxima():
    for shape in [(1,), (7,), (4, 1), (2, 3, 5), (0, 4), (6, 33)]:
        # Small integers, so that ties are common.
        x = rng.integers(-2, 3, size=shape).astype(F32)
        yield {"x": array(x), "argmax": array(np.argmax(x, axis=-1))}


def transposes():
    for shape in [(0, 3), (3, 0), (1, 1), (1, 5), (5, 1), (2, 3), (17, 33), (16, 16)]:
        x = normal(*shape)
        yield {"x": array(x), "y": array(x.T)}


def concatenations():
    for shapes, axis in [
        ([(2,), (3,)], 0), ([(2, 3), (1, 3), (0, 3)], 0), ([(2, 3), (2, 1)], 1), ([(2, 3), (2, 4)], -1),
        ([(2, 1, 3), (2, 4, 3), (2, 0, 3)], 1), ([(0, 2), (0, 3)], 1), ([(5, 7)], 0),
    ]:
        parts = [normal(*shape) for shape in shapes]
        yield {"parts": [array(p) for p in parts], "axis": axis, "y": array(np.concatenate(parts, axis=axis))}


def slices():
    for shape, start, end, axis in [
        ((5,), 1, 4, 0), ((5,), 0, 5, 0), ((5,), 2, 2, 0), ((4, 6), 1, 3, 0), ((4, 6), 2, 6, 1), ((4, 6), 0, 1, -1),
        ((2, 3, 4), 1, 3, 1), ((2, 3, 4), 3, 3, 1), ((0, 3), 1, 2, 1),
    ]:
        x = normal(*shape)
        index = [slice(None)] * len(shape)
        index[axis] = slice(start, end)
        yield {"x": array(x), "start": start, "end": end, "axis": axis, "y": array(x[tuple(index)])}


def broadcasts():
    for shape, target in [
        ((), (2, 3)), ((1,), (4,)), ((3,), (2, 3)), ((2, 1), (2, 3)), ((1, 3), (2, 3)), ((2, 1, 3), (2, 4, 3)),
        ((2, 1, 1), (5, 2, 3, 4)), ((1,), (0,)), ((3,), (0, 3)), ((2, 3), (2, 3)), ((1, 1), (1, 1, 1)),
    ]:
        x = normal(*shape)
        yield {"x": array(x), "shape": list(target), "y": array(np.broadcast_to(x, target))}


# Products -------------------------------------------------------------------------------------------------------

def products():
    sizes = [(1, 1, 1), (1, 5, 1), (5, 1, 1), (1, 1, 5), (2, 3, 4), (7, 9, 5), (1, 17, 33), (17, 33, 1), (31, 2, 3),
             (33, 65, 17), (0, 3, 2), (2, 3, 0), (2, 0, 3), (1, 0, 3), (2, 0, 1), (1, 0, 1), (0, 0, 0)]
    for m, k, n in sizes:
        for left, right in itertools.product([False, True], repeat=2):
            a, b = normal(*((k, m) if left else (m, k))), normal(*((n, k) if right else (k, n)))
            y = (wide(a).T if left else wide(a)) @ (wide(b).T if right else wide(b))
            yield {"a": array(a), "b": array(b), "left": left, "right": right, "y": array(y)}
    for leading, k, n in [((2, 3), 4, 5), ((1, 1), 3, 1), ((2, 0), 3, 4), ((2, 3, 2), 3, 7), ((3, 1), 5, 2)]:
        for right in [False, True]:
            a, b = normal(*leading, k), normal(*((n, k) if right else (k, n)))
            y = wide(a) @ (wide(b).T if right else wide(b))
            yield {"a": array(a), "b": array(b), "left": False, "right": right, "y": array(y)}


ACTIVATIONS = {"linear": lambda z: z, "relu": UNARY["relu"], "sigmoid": UNARY["sigmoid"], "tanh": np.tanh}


def linear():
    for shape, units in [((1, 1), 1), ((3, 5), 7), ((17, 9), 33), ((2, 3, 4), 5), ((0, 4), 3)]:
        x, w, b = normal(*shape), normal(shape[-1], units), normal(units)
        for name, function in ACTIVATIONS.items():
            yield {"activation": name, "x": array(x), "kernel": array(w), "bias": array(b),
                   "y": array(function(wide(x) @ wide(w) + wide(b))), "unbiased": array(function(wide(x) @ wide(w)))}


# Softmax, pooling, cross-entropy --------------------------------------------------------------------------------

def log_softmax(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmaxes():
    inputs = [normal(*shape, scale=2) for shape in [(1,), (7,), (0, 3), (1, 1), (4, 1), (3, 2), (5, 17), (2, 3, 33)]]
    inputs.append(np.array([[1000, 0, -1000], [-1000, -1000, -1000], [88, 89, 90], [3e38, -3e38, 0]], F32))
    inputs.append(np.array([[-np.inf, 0, 1], [-np.inf, -np.inf, 5]], F32))
    for x in inputs:
        log_p = log_softmax(wide(x)) if x.size else wide(x)
        yield {"x": array(x), "softmax": array(np.exp(log_p)), "log": array(log_p)}


def pools():
    for batch, time, width in [(1, 1, 1), (2, 1, 5), (3, 7, 2), (2, 5, 17), (0, 3, 2), (4, 33, 9)]:
        x = normal(batch, time, width)
        mask = (rng.random((batch, time)) < 0.6).astype(F32)
        mask[:, 0] = 1
        masked = (wide(x) * mask[..., None]).sum(axis=1) / wide(mask).sum(axis=1, keepdims=True)
        yield {"x": array(x), "mask": array(mask), "max": array(x.max(axis=1)), "mean": array(wide(x).mean(axis=1)),
               "masked": array(masked)}


def cross_entropies():
    shapes = [(1, 1), (3, 5), (4, 33), (0, 3), (2, 3, 4)]
    cases = [(normal(*shape, scale=4), (rng.random(shape) < 0.4).astype(F32)) for shape in shapes]
    z = np.array([50, -50, 1000, -1000, 0, 17, -17, 1e-4, 88.8], F32)
    cases.append((np.stack([z, z]), np.stack([np.zeros_like(z), np.ones_like(z)])))
    cases.append((z[:, None].copy(), rng.random((len(z), 1)).astype(F32)))
    for z, y in cases:
        for smoothing in [0.0, 0.1]:
            t = wide(y) * (1 - wide(F32(smoothing))) + wide(F32(smoothing)) / 2
            loss = np.maximum(wide(z), 0) - wide(z) * t + np.log1p(np.exp(-np.abs(wide(z))))
            dy = normal(*z.shape[:-1])
            gradient = (UNARY["sigmoid"](wide(z)) - t) * wide(dy)[..., None] / z.shape[-1]
            yield {"logits": array(z), "targets": array(y), "smoothing": smoothing,
                   "loss": array(loss.mean(axis=-1)), "dy": array(dy), "gradient": array(gradient)}


# The random source ----------------------------------------------------------------------------------------------

MASK = (1 << 64) - 1


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def mix_gamma(z):
    z = ((z ^ (z >> 33)) * 0xFF51AFD7ED558CCD) & MASK
    z = ((z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53) & MASK
    z = (z ^ (z >> 33)) | 1
    return z ^ 0xAAAAAAAAAAAAAAAA if bin(z ^ (z >> 1)).count("1") < 24 else z


class SplitMix:
    """Steele, Lea and Flood's generator, from the paper; the seed is mixed first."""

    def __init__(self, state, gamma=0x9E3779B97F4A7C15):
        self.state, self.gamma = state, gamma

    def next(self):
        self.state = (self.state + self.gamma) & MASK
        return mix(self.state)

    def split(self):
        state = self.next()
        return SplitMix(state, mix_gamma(self.next()))


def random_streams():
    for seed in [0, 1, 42, MASK]:
        source = SplitMix(mix(seed))
        first = [source.next() for _ in range(4)]
        child = source.split()
        # 64 bits do not fit a JSON integer everywhere.
        yield {"seed": str(seed), "first": [str(v) for v in first], "child": [str(child.next()) for _ in range(4)],
               "after": [str(source.next()) for _ in range(2)]}


if __name__ == "__main__":
    groups = [unary, binary, reductions, arg_maxima, transposes, concatenations, slices, broadcasts, products, linear,
              softmaxes, pools, cross_entropies, random_streams]
    with np.errstate(all="ignore"):
        write("tensor.json", {group.__name__: list(group()) for group in groups})
