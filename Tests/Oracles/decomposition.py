"""Writes Tests/Fixtures/decomposition.json: matrices, and what scikit-learn's TruncatedSVD and PCA find in them.

Needs: numpy, scipy, scikit-learn. Run: python Tests/Oracles/decomposition.py
"""

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import PCA, TruncatedSVD

from arrays import array, number, write

rng = np.random.default_rng(20261125)


def documents(rows, features, density):
    """Non-negative, with few large singular values."""
    topics = rng.random((rows, 6)) ** 4 @ (rng.random((6, features)) ** 3 * 2.0 ** -np.arange(6)[:, None])
    dense = (topics + 0.05 * rng.random((rows, features))).astype(np.float32)
    dense[rng.random((rows, features)) >= density] = 0
    return dense


def svd(x, k):
    model = TruncatedSVD(k, algorithm="arpack", tol=0, random_state=0)
    transformed = model.fit_transform(sp.csr_matrix(x.astype(np.float64)))
    return {
        "n_components": k, "components": array(model.components_), "singular_values": array(model.singular_values_),
        "explained_variance": array(model.explained_variance_), "ratio": array(model.explained_variance_ratio_),
        "transformed": array(transformed), "inverse": array(model.inverse_transform(transformed[:5])),
    }


def pca(x, solver, k, whiten):
    model = PCA(k, svd_solver=solver, whiten=whiten, iterated_power=30, random_state=0)
    transformed = model.fit_transform(x.astype(np.float64))
    # Directions without variance are any.
    kept = model.singular_values_ > 1e-6
    return {
        "solver": solver, "n_components": k, "whiten": whiten, "mean": array(model.mean_),
        "components": array(model.components_[kept]), "singular_values": array(model.singular_values_),
        "explained_variance": array(model.explained_variance_), "ratio": array(model.explained_variance_ratio_),
        "noise": number(model.noise_variance_), "transformed": array(transformed[:, kept]),
        "inverse": array(model.inverse_transform(transformed)[:5]),
    }


sparse = [documents(50, 30, 0.5), documents(20, 45, 0.6)]
dense = [documents(60, 5, 1) + 3, documents(40, 12, 1), documents(15, 24, 1)]
write("decomposition.json", {
    "svd": [{"x": array(x), "cases": [svd(x, k) for k in (1, 4)]} for x in sparse],
    "pca": [
        {
            "x": array(x),
            "cases": [pca(x, *case) for case in [
                ("auto", None, False), ("full", 0.9, False), ("full", 3, True), ("covariance_eigh", 3, False),
                ("randomized", 3, True),
            ]],
        }
        for x in dense
    ],
})
