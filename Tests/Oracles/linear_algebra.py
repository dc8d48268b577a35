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


def solve():
    pairs = [((0, 0), (0,)), ((0, 0), (0, 2)), ((1, 1), (1,)), ((1, 1), (1, 3)), ((3, 3), (3,)), ((3, 3), (3, 2)),
             ((3, 3), (3, 0)), ((6, 6), (6, 1)), ((5, 5), (5, 9)), ((2, 3, 3), (3,)), ((2, 3, 3), (2, 3, 2)),
             ((2, 3, 3), (3, 2)), ((3, 3), (2, 3, 1)), ((2, 1, 2, 2), (1, 3, 2, 2)), ((0, 2, 2), (2,)), ((3, 0, 0), (0, 4))]
    cases = [(normal(*a), normal(*b)) for a, b in pairs]
    cases += [(hilbert(5), normal(5)), (graded(6, 6, 0.1).astype(F32), normal(6, 2)), (normal(4, 4) * F32(1e12), normal(4))]
    for a, b in cases:
        triangle = np.tril(a) + 3 * np.eye(a.shape[-1], dtype=F32)
        batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
        full_a = np.broadcast_to(wide(triangle), batch + a.shape[-2:])
        sides = b[:, None] if b.ndim == 1 else b
        full_b = np.broadcast_to(wide(sides), batch + sides.shape[-2:])
        unit = np.tril(full_a, -1) + np.eye(a.shape[-1])
        results = {
            "lower": np.linalg.solve(full_a, full_b), "transposed": np.linalg.solve(turned(full_a), full_b),
            "unit": np.linalg.solve(unit, full_b),
        }
        yield {
            "a": array(a), "b": array(b), "x": array(np.linalg.solve(wide(a), wide(b))), "triangle": array(triangle),
            **{name: array(x[..., 0] if b.ndim == 1 else x) for name, x in results.items()},
            "tolerance": tolerance(a), "triangle_tolerance": max(tolerance(triangle), tolerance(unit)),
        }


def inverse():
    for a in squares():
        slog = np.linalg.slogdet(wide(a))
        with np.errstate(over="ignore"):
            determinant = np.asarray(np.linalg.det(wide(a)), F32)
        yield {
            "a": array(a), "inverse": array(np.linalg.inv(wide(a))), "determinant": array(determinant),
            "sign": array(np.asarray(slog.sign, F32)), "logarithm": array(slog.logabsdet),
            "cubed": array(np.clip(np.linalg.matrix_power(wide(a), 3), -3e38, 3e38)),
            "power_minus_two": array(np.clip(np.linalg.matrix_power(wide(a), -2), -3e38, 3e38)),
            "condition": {} if 0 in a.shape[-2:] else {
                name: array(np.linalg.cond(wide(a), p))
                for name, p in [("frobenius", "fro"), ("nuclear", "nuc"), ("one", 1), ("two", 2), ("infinity", np.inf)]},
            "tolerance": tolerance(a),
        }


def lu():
    for shape in ANY:
        a = normal(*shape)
        p, l, u = (scipy.linalg.lu(wide(a)) if 0 not in shape else
                   (np.broadcast_to(np.eye(shape[-2]), shape[:-1] + shape[-2:-1]), np.zeros(shape[:-1] + (min(shape[-2:]),)),
                    np.zeros(shape[:-2] + (min(shape[-2:]), shape[-1]))))
        yield {"a": array(a), "p": array(p), "l": array(l), "u": array(u), "tolerance": tolerance(a)}


def least_squares():
    cases = [((m, n), k) for m, n in [(0, 0), (0, 3), (3, 0), (1, 1), (3, 3), (6, 2), (2, 6)] for k in (None, 0, 1, 3)]
    matrices = [(normal(*shape), k) for shape, k in cases]
    dependent = normal(6, 2) @ normal(2, 4)
    matrices += [(dependent, 2), (graded(8, 4, 0.1).astype(F32), None)]
    for a, k in matrices:
        b = normal(a.shape[0]) if k is None else normal(a.shape[0], k)
        rtol = max(a.shape) * EPSILON
        x, residuals, rank, values = np.linalg.lstsq(wide(a), wide(b), rcond=rtol)
        sizes = values[values > rtol * values.max(initial=0)]
        yield {
            "a": array(a), "b": array(b), "x": array(x), "residuals": array(residuals), "rank": int(rank),
            "values": array(values), "tolerance": 64 * EPSILON * (max(sizes) / min(sizes) if len(sizes) else 1) ** 2,
        }


def pseudo_inverse():
    for a in [normal(*shape) for shape in ANY] + [normal(6, 2) @ normal(2, 4), np.zeros((2, 3), F32), np.ones((3, 3), F32)]:
        rtol = max(a.shape[-2:]) * EPSILON
        p = np.linalg.pinv(wide(a), rcond=rtol)
        yield {
            "a": array(a), "inverse": array(p), "rank": array(np.asarray(np.linalg.matrix_rank(wide(a), rtol=rtol), np.int32)),
            "basis": list(scipy.linalg.orth(wide(a), rcond=rtol).shape) if a.ndim == 2 and a.size else [],
            "null": list(scipy.linalg.null_space(wide(a), rcond=rtol).shape) if a.ndim == 2 and a.size else [],
            "tolerance": 16 * EPSILON * max(1, np.max(np.linalg.norm(p, axis=(-2, -1)), initial=0)
                                            * np.max(np.linalg.norm(wide(a), axis=(-2, -1)), initial=0)),
        }


def norms():
    for a in [normal(*shape) for shape in ANY] + [normal(3, 4) * F32(1e30), np.zeros((2, 2), F32)]:
        yield {
            "a": array(a), "trace": array(np.linalg.trace(wide(a))),
            **{name: array(np.linalg.matrix_norm(wide(a), ord=p))
               for name, p in [("frobenius", "fro"), ("nuclear", "nuc"), ("one", 1), ("two", 2), ("infinity", np.inf)]},
        }


def eig():
    turn = np.array([[0, -1], [1, 0]], F32)
    for a in [normal(*shape) for shape in SQUARE] + [turn, np.diag(np.arange(1, 4)).astype(F32)]:
        values = np.linalg.eigvals(wide(a))
        order = np.lexsort((values.imag, np.round(values.real, 4)))
        values = np.take_along_axis(values, order, -1)
        yield {"a": array(a), "real": array(values.real), "imaginary": array(values.imag)}


GROUPS = [cholesky, qr, svd, eigh, solve, inverse, lu, least_squares, pseudo_inverse, norms, eig]

write("linear_algebra.json", {group.__name__: list(group()) for group in GROUPS})
