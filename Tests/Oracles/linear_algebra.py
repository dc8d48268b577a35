"""Writes Tests/Fixtures/linear_algebra.json: numpy.linalg and scipy.linalg on float32 input, computed in float64.

Each case has a `tolerance`, relative to the largest element of a result: roundings of float32 times the condition number.
Needs: numpy, scipy. Run: python Tests/Oracles/linear_algebra.py
"""

import numpy as np
import scipy.linalg

from arrays import array, write

rng = np.random.default_rng(20250312)
F32 = np.float32
EPSILON = 2.0**-23

SQUARE = [(0, 0), (1, 1), (2, 2), (3, 3), (5, 5), (8, 8), (3, 0, 0), (0, 2, 2), (4, 3, 3), (2, 3, 2, 2)]
ANY = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 4), (4, 1), (2, 2), (3, 5), (5, 3), (7, 7), (2, 0, 3), (0, 3, 2), (3, 4, 2),
       (2, 2, 2, 3)]


def normal(*shape):
    return rng.normal(size=shape).astype(F32)


def wide(x):
    return np.asarray(x, np.float64)


def turned(x):
    return np.swapaxes(x, -1, -2)


def spd(*shape):
    """Symmetric positive definite, exactly symmetric in float32."""
    x = normal(*shape)
    y = (x @ turned(x) + shape[-1] * np.eye(shape[-1], dtype=F32)).astype(F32)
    return np.tril(y) + turned(np.tril(y, -1))


def symmetric(*shape):
    x = normal(*shape)
    return np.tril(x) + turned(np.tril(x, -1))


def hilbert(n):
    return scipy.linalg.hilbert(n).astype(F32)


def graded(rows, columns, ratio):
    """Singular values 1, ratio, ratio², …"""
    k = min(rows, columns)
    u, v = np.linalg.qr(rng.normal(size=(rows, k)))[0], np.linalg.qr(rng.normal(size=(columns, k)))[0]
    return (u * ratio ** np.arange(k)) @ v.T


def condition(a):
    return 1.0 if 0 in a.shape else float(np.max(np.linalg.cond(wide(a))))


def tolerance(a, factor=16):
    return factor * EPSILON * condition(a) * max(1, a.shape[-1])


def squares():
    """Matrices for what needs an inverse."""
    yield from (normal(*shape) for shape in SQUARE)
    yield hilbert(4)
    yield graded(6, 6, 0.1).astype(F32)
    yield normal(4, 4) * F32(1e12)
    yield normal(4, 4) * F32(1e-12)


def cholesky():
    for a in [spd(*shape) for shape in SQUARE] + [hilbert(4)]:
        # The other triangle must not be read.
        low, high = np.tril(a) + np.triu(np.full_like(a, 7), 1), np.triu(a) + np.tril(np.full_like(a, 7), -1)
        factor = np.linalg.cholesky(wide(a))
        b = normal(*a.shape[:-1], 2)
        yield {
            "lower_input": array(low), "upper_input": array(high), "l": array(factor), "b": array(b),
            "x": array(np.linalg.solve(wide(a), wide(b))), "tolerance": tolerance(a),
        }


def qr():
    for shape in ANY:
        a = normal(*shape)
        reduced, complete = np.linalg.qr(wide(a)), np.linalg.qr(wide(a), mode="complete")
        yield {
            "a": array(a), "q": array(reduced.Q), "r": array(reduced.R), "complete_q": array(complete.Q),
            "complete_r": array(complete.R), "tolerance": tolerance(a),
        }


def svd():
    for a in [normal(*shape) for shape in ANY] + [graded(4, 6, 0.1).astype(F32), normal(3, 3) * F32(1e15)]:
        u, s, vh = np.linalg.svd(wide(a), full_matrices=False)
        full = np.linalg.svd(wide(a))
        yield {
            "a": array(a), "u": array(u), "s": array(s), "vh": array(vh), "full_u_shape": list(full.U.shape),
            "full_vh_shape": list(full.Vh.shape), "tolerance": tolerance(a),
        }


def eigh():
    for a in [symmetric(*shape) for shape in SQUARE] + [hilbert(3)]:
        low, high = np.tril(a) + np.triu(np.full_like(a, 7), 1), np.triu(a) + np.tril(np.full_like(a, 7), -1)
        values, vectors = np.linalg.eigh(wide(a))
        gap = np.min(np.diff(values), initial=1) / np.max(np.abs(values), initial=1)
        yield {
            "lower_input": array(low), "upper_input": array(high), "values": array(values), "vectors": array(vectors),
            "tolerance": 32 * EPSILON / max(gap, 1e-3),
        }


GROUPS = [cholesky, qr, svd, eigh]

write("linear_algebra.json", {group.__name__: list(group()) for group in GROUPS})
