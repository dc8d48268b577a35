"""Golden values for folds: scikit-learn's KFold, and how well the Python package iterative-stratification keeps labels
in proportion.

Needs scikit-learn and iterative-stratification. Writes Tests/Fixtures/stratification.json.
Run: python Tests/Oracles/stratification.py
"""

import json
import pathlib

import numpy as np
from iterstrat.ml_stratifiers import MultilabelStratifiedKFold
from sklearn.model_selection import KFold

rng = np.random.default_rng(20251210)


def labels(rows, columns, mean):
    """Long-tailed labels that come in groups; some rows have none."""
    weights = 1 / np.arange(1, columns + 1) ** 1.1
    group = rng.integers(0, 5, size=columns)
    y = np.zeros((rows, columns), int)
    for row in range(rows):
        p = weights * np.where(group == rng.integers(0, 5), 8, 1)
        count = min(columns, rng.poisson(mean))
        if count:
            y[row, rng.choice(columns, size=count, replace=False, p=p / p.sum())] = 1
    # Labels of one, two and three rows.
    for label, count in zip(range(columns - 3, columns), [1, 2, 3]):
        y[:, label] = 0
        y[rng.choice(rows, size=count, replace=False), label] = 1
    return y


def spread(y, folds):
    """The label distribution of Sechidis et al.: the mean distance of odds in a fold from those of the whole."""
    total = y.sum(axis=0)
    present = total > 0
    whole = total[present] / np.maximum(len(y) - total[present], 1e-9)
    distances = []
    for fold in folds:
        count = y[fold].sum(axis=0)[present]
        distances.append(np.abs(count / np.maximum(len(fold) - count, 1e-9) - whole))
    return float(np.mean(distances))


def empty(y, folds):
    """How many labels have no row in how many folds."""
    present = y.sum(axis=0) > 0
    return int(sum((y[fold].sum(axis=0)[present] == 0).sum() for fold in folds))


cases = []
for rows, columns, mean, splits in [
    (300, 30, 2, 5), (500, 60, 3.5, 10), (400, 20, 1.2, 3), (700, 120, 4, 5), (64, 12, 2, 2),
]:
    y = labels(rows, columns, mean)
    found = []
    for seed in range(20):
        folds = [test for _, test in MultilabelStratifiedKFold(splits, shuffle=True, random_state=seed).split(y, y)]
        found.append((spread(y, folds), empty(y, folds)))
    cases.append({
        "columns": columns, "splits": splits, "rows": [[int(c) for c in np.flatnonzero(row)] for row in y],
        "spread": float(np.mean([f[0] for f in found])), "empty": float(np.mean([f[1] for f in found])),
    })

k_folds = []
for count, splits in [(5, 5), (10, 3), (11, 4), (7, 2), (23, 5)]:
    k_folds.append({
        "count": count, "splits": splits,
        "folds": [{"train": a.tolist(), "test": b.tolist()} for a, b in KFold(splits).split(np.zeros(count))],
    })

path = pathlib.Path(__file__).parent.parent / "Fixtures" / "stratification.json"
path.write_text(json.dumps({"iterative": cases, "k_fold": k_folds}, separators=(",", ":")))
print(path.stat().st_size, [(c["spread"], c["empty"]) for c in cases])
