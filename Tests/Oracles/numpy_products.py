"""Writes Tests/Fixtures/numpy_products.json: sums of products of small integers, which are exact in every order.

Needs: numpy. Run: python Tests/Oracles/numpy_products.py
"""

import numpy as np

from arrays import array, write

rng = np.random.default_rng(20260302)


def integers(*shape):
    return rng.integers(-4, 5, size=shape).astype(np.float32)


def sizes(count, choices=(0, 1, 1, 2, 3, 4)):
    return [int(rng.choice(choices)) for _ in range(count)]


def matmuls():
    """NumPy's rules for vectors and leading axes; the flags transpose the last two axes."""
    for _ in range(90):
        m, k, n = sizes(3, (0, 1, 2, 3, 5, 17))
        leading = sizes(int(rng.integers(0, 3)), (1, 2, 3))
        left_lead = [1 if rng.random() < 0.3 else d for d in leading][int(rng.integers(0, len(leading) + 1)):]
        right_lead = [1 if rng.random() < 0.3 else d for d in leading][int(rng.integers(0, len(leading) + 1)):]
        left, right = bool(rng.random() < 0.4), bool(rng.random() < 0.4)
        a = integers(k) if rng.random() < 0.15 else integers(*left_lead, *((k, m) if left else (m, k)))
        b = integers(k) if rng.random() < 0.15 else integers(*right_lead, *((n, k) if right else (k, n)))
        y = np.matmul(a.swapaxes(-1, -2) if left and a.ndim > 1 else a, b.swapaxes(-1, -2) if right and b.ndim > 1 else b)
        yield {"a": array(a), "b": array(b), "left": left, "right": right, "y": array(y)}


def pairs():
    for _ in range(12):
        k = sizes(1)[0]
        a, b = integers(*sizes(int(rng.integers(0, 3))), k), integers(*sizes(int(rng.integers(0, 3))), k)
        yield {"op": "inner", "a": array(a), "b": array(b), "y": array(np.inner(a, b))}
        yield {"op": "outer", "a": array(a), "b": array(b), "y": array(np.outer(a, b))}
        c = integers(*sizes(int(rng.integers(0, 3))), k, *sizes(int(rng.integers(0, 2))))
        c = c if c.ndim == 1 or c.shape[-2] == k else c.swapaxes(-1, -2)
        if c.ndim == 1 and c.shape[0] == k or c.ndim > 1 and c.shape[-2] == k:
            yield {"op": "dot", "a": array(a), "b": array(c), "y": array(np.dot(a, c))}
        d = integers(*a.shape)
        yield {"op": "vdot", "a": array(a), "b": array(d), "y": array(np.vdot(a, d))}
        e, f = integers(*sizes(int(rng.integers(0, 4)))), integers(*sizes(int(rng.integers(0, 4))))
        yield {"op": "kron", "a": array(e), "b": array(f), "y": array(np.kron(e, f))}
    for op in ("inner", "dot"):
        a, b = integers(), integers(2, 3)
        yield {"op": op, "a": array(a), "b": array(b), "y": array(getattr(np, op)(a, b))}


def tensor_dots():
    for _ in range(40):
        a = integers(*sizes(int(rng.integers(1, 4))))
        count = int(rng.integers(0, a.ndim + 1))
        left = [int(n) for n in rng.permutation(a.ndim)[:count]]
        shape = [a.shape[n] for n in left] + sizes(int(rng.integers(0, 3)))
        order = [int(n) for n in rng.permutation(len(shape))]
        b = integers(*[shape[n] for n in order])
        right = [order.index(n) - (b.ndim if rng.random() < 0.3 else 0) for n in range(count)]
        yield {"a": array(a), "b": array(b), "left": left, "right": right, "y": array(np.tensordot(a, b, (left, right)))}


FORMULAS = [
    "ij,jk->ik", "ij,jk", "ij,kj->ik", "ji,jk->ik", "ji,kj->ik", "ij,jk->ki", "bij,bjk->bik", "bij,bkj->bik", "bij,jk->bik",
    "bij,bjk->ik", "bhqd,bhkd->bhqk", "bqhd,bkhd->bhqk", "i,i->", "i,i", "i,j->ij", "i,j->ji", "ij->ji", "ij->", "ij->i",
    "ij->j", "ij", "ba", "ii->", "ii->i", "ii", "iij->j", "iji->j", "ij,ij->ij", "ij,ij->", "ij,ij->i", "bi,bi->b", "i,ij->ij",
    "ij,j->i", ",ij->ij", "ij,", "ij,jk,kl->il", "ij,jk,kl,lm->im", "i,j,k->ijk", "ij,ik,il->jkl", "bi,ij,bj->b", "ii,i->",
    "...ij,...jk->...ik", "...d,d->...", "...ij->...ji", "...,...", "i...,i...->...", "ij...,jk...->ik...", "...ii->...i",
    "ijk,jil->kl", "ijkl,klmn->ijmn", "aAb,bA->aA", "ij , jk -> ik", "abc,cb->a", "ij,ji->", "ij,j,i->",
]


def einsums():
    for formula in FORMULAS * 3:
        inputs = formula.replace(" ", "").split("->")[0].split(",")
        size = {letter: int(rng.choice((0, 1, 2, 3, 4), p=(0.04, 0.16, 0.25, 0.3, 0.25))) for letter in formula if letter.isalpha()}
        unnamed = sizes(2, (1, 2, 3))
        operands = []
        for term in inputs:
            shape = []
            rest = term.replace("...", ".")
            for letter in rest:
                if letter == ".":
                    extra = [1 if rng.random() < 0.2 else n for n in unnamed[int(rng.integers(0, 3)):]]
                    shape += extra
                else:
                    shape.append(size[letter])
            operands.append(integers(*shape))
        yield {"formula": formula, "operands": [array(x) for x in operands], "y": array(np.einsum(formula, *operands))}


if __name__ == "__main__":
    groups = [matmuls, pairs, tensor_dots, einsums]
    write("numpy_products.json", {group.__name__: list(group()) for group in groups})
