"""Writes Tests/Fixtures/linear.json: sparse documents with labels, and the weights of scikit-learn's linear classifiers.

Needs: numpy, scipy, scikit-learn. Run: python Tests/Oracles/linear.py
"""

import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

from arrays import array, number, write

rng = np.random.default_rng(20261124)
warnings.filterwarnings("ignore")


def documents(rows, features, density):
    dense = rng.random((rows, features)).astype(np.float32)
    dense[rng.random((rows, features)) >= density] = 0
    dense[2] = 0
    return dense


def svc_cases(x, y):
    for arguments in [
        {}, {"C": 0.1}, {"C": 10.0}, {"fit_intercept": False}, {"intercept_scaling": 5.0}, {"class_weight": "balanced"},
        {"loss": "hinge"}, {"loss": "hinge", "C": 0.2, "class_weight": "balanced"},
    ]:
        kernel, bias = np.zeros((x.shape[1], y.shape[1])), np.zeros(y.shape[1])
        for label in range(y.shape[1]):
            if y[:, label].min() == y[:, label].max():
                bias[label] = 1 if y[0, label] else -1
                continue
            model = LinearSVC(dual=True, tol=1e-9, max_iter=1_000_000, random_state=0, **arguments).fit(x, y[:, label])
            kernel[:, label] = model.coef_[0]
            bias[label] = model.intercept_[0] if model.fit_intercept else 0
        yield {"arguments": arguments, "kernel": array(kernel), "bias": array(bias)}


def cases():
    for rows, features, labels, density in [(40, 12, 1, 0.4), (60, 30, 21, 0.2)]:
        x = documents(rows, features, density)
        hidden = rng.normal(size=(features, labels))
        y = (x @ hidden + 0.3 * rng.normal(size=(rows, labels)) > 0.2).astype(np.float32)
        if labels > 3:
            y[:, 1], y[:, 2] = 0, 1
        yield {"x": array(x), "y": array(y), "svc": list(svc_cases(sp.csr_matrix(x.astype(np.float64)), y))}


write("linear.json", {"cases": list(cases())})
