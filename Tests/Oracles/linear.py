"""Writes Tests/Fixtures/linear.json: sparse documents with labels, and the weights of scikit-learn's linear classifiers.

Needs: numpy, scipy, scikit-learn. Run: python Tests/Oracles/linear.py
"""

import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression, Ridge, RidgeClassifier
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


def logistic_cases(x, y):
    for arguments in [{}, {"C": 0.1}, {"C": 20.0}, {"fit_intercept": False}, {"class_weight": "balanced", "C": 3.0}]:
        kernel, bias = np.zeros((x.shape[1], y.shape[1])), np.zeros(y.shape[1])
        probabilities, losses = np.zeros(y.shape), np.zeros(y.shape[1])
        for label in range(y.shape[1]):
            t = y[:, label]
            if t.min() == t.max():
                bias[label], probabilities[:, label] = (128, 1) if t[0] else (-128, 0)
                continue
            model = LogisticRegression(tol=1e-12, max_iter=1_000_000, **arguments).fit(x, t)
            kernel[:, label], bias[label] = model.coef_[0], np.ravel(model.intercept_)[0]
            probabilities[:, label] = model.predict_proba(x)[:, 1]
            margins = (2 * t - 1) * model.decision_function(x)
            weights = len(t) / (2 * np.where(t > 0, t.sum(), len(t) - t.sum())) if "class_weight" in arguments else 1
            losses[label] = (weights * np.logaddexp(0, -margins)).sum() * model.C + 0.5 * (kernel[:, label] ** 2).sum()
        yield {
            "arguments": arguments, "kernel": array(kernel), "bias": array(bias), "probabilities": array(probabilities),
            "losses": array(losses),
        }


def ridge_cases(x, y):
    targets = x @ rng.normal(size=(x.shape[1], 3)) + 2 + 0.1 * rng.normal(size=(x.shape[0], 3))
    for arguments in [{}, {"alpha": 0.01}, {"alpha": 30.0}, {"fit_intercept": False}]:
        model = Ridge(solver="cholesky", **arguments).fit(x, targets)
        yield {
            "arguments": arguments, "y": array(targets), "kernel": array(model.coef_.T),
            "bias": array(np.broadcast_to(model.intercept_, 3)),
        }
    for arguments in [{}, {"alpha": 0.1}, {"fit_intercept": False}, {"class_weight": "balanced"}]:
        kernel, bias = np.zeros((x.shape[1], y.shape[1])), np.zeros(y.shape[1])
        for label in range(y.shape[1]):
            # RidgeClassifier wants both classes.
            model = RidgeClassifier(**arguments) if 0 < y[:, label].mean() < 1 else Ridge(
                fit_intercept=arguments.get("fit_intercept", True), alpha=arguments.get("alpha", 1))
            model.fit(x, y[:, label] if 0 < y[:, label].mean() < 1 else 2 * y[:, label] - 1)
            kernel[:, label], bias[label] = np.ravel(model.coef_), np.ravel(model.intercept_)[0]
        yield {"arguments": arguments, "kernel": array(kernel), "bias": array(bias)}


def cases():
    for rows, features, labels, density in [(40, 12, 1, 0.4), (60, 30, 21, 0.2)]:
        x = documents(rows, features, density)
        hidden = rng.normal(size=(features, labels))
        y = (x @ hidden + 0.3 * rng.normal(size=(rows, labels)) > 0.2).astype(np.float32)
        if labels > 3:
            y[:, 1], y[:, 2] = 0, 1
        rows = sp.csr_matrix(x.astype(np.float64))
        yield {
            "x": array(x), "y": array(y), "svc": list(svc_cases(rows, y)), "logistic": list(logistic_cases(rows, y)),
            "ridge": list(ridge_cases(x.astype(np.float64), y)),
        }


write("linear.json", {"cases": list(cases())})
