"""Writes Tests/Fixtures/sparse.json: sparse matrices with float32 values and what SciPy makes of them in float64.

Needs: numpy, scipy. Run: python Tests/Oracles/sparse.py
"""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import norm

from arrays import array, number, write

rng = np.random.default_rng(20250811)


def compressed(matrix):
    matrix = sp.csr_array(matrix)
    matrix.sum_duplicates()
    return {
        "shape": list(matrix.shape), "starts": [int(k) for k in matrix.indptr], "columns": [int(k) for k in matrix.indices],
        "values": [number(v) for v in matrix.data],
    }


def draw(rows, columns, density):
    """Some rows empty, some full, a few stored zeros."""
    dense = rng.normal(size=(rows, columns)).astype(np.float32)
    dense[rng.random((rows, columns)) >= density] = 0
    if rows > 2:
        dense[1] = 0
        dense[2] = rng.normal(size=columns).astype(np.float32)
    matrix = sp.csr_array(dense.astype(np.float64))
    if matrix.nnz > 3:
        matrix.data[3] = 0
    return matrix


def scaled(matrix, factors):
    """Product with a factor for each stored value: a matrix product would leave out the stored zeros."""
    return sp.csr_array((matrix.data * factors.astype(np.float64), matrix.indices, matrix.indptr), shape=matrix.shape)


def cases():
    for rows, columns, density in [(0, 3, 0.5), (3, 0, 0.5), (0, 0, 0.5), (1, 1, 1), (1, 40, 0.2), (5, 1, 0.7), (4, 6, 0), (7, 9, 0.3),
                                   (17, 33, 0.1), (40, 25, 0.5)]:
        a = draw(rows, columns, density)
        below, beside = draw(3, columns, 0.4), draw(rows, 5, 0.4)
        chosen = [int(k) for k in rng.integers(0, rows, 6)] if rows else []
        factors = rng.normal(size=rows).astype(np.float32)
        idf = rng.normal(size=columns).astype(np.float32)
        case = {
            "a": compressed(a), "dense": array(a.toarray()), "transposed": compressed(a.T), "below": compressed(below),
            "beside": compressed(beside), "stacked": compressed(sp.vstack([a, below])), "joined": compressed(sp.hstack([a, beside])),
            "chosen": chosen, "gathered": compressed(a[chosen] if rows else a), "columnSums": array(a.sum(axis=0)),
            "rowSums": array(a.sum(axis=1)), "factors": array(factors), "idf": array(idf),
            "scaledRows": compressed(scaled(a, np.repeat(factors, np.diff(a.indptr)))),
            "scaledColumns": compressed(scaled(a, idf[a.indices])),
        }
        for name, order in [("l1", 1), ("l2", 2), ("max", np.inf)]:
            case[name] = array(norm(a, order, axis=1) if rows and columns else np.zeros(rows))
        products = []
        for width in [1, 3, 16, 37]:
            right, left = (rng.normal(size=(n, width)).astype(np.float32) for n in (columns, rows))
            products.append({
                "right": array(right), "left": array(left), "product": array(a @ right.astype(np.float64)),
                "transposedProduct": array(a.T @ left.astype(np.float64)), "leftProduct": array((a.T @ left.astype(np.float64)).T),
                "rightProduct": array((a @ right.astype(np.float64)).T),
            })
        case["products"] = products
        yield case


write("sparse.json", {"cases": list(cases())})
