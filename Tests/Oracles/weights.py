"""Golden values for class and sample weights: scikit-learn's compute_class_weight and compute_sample_weight.

Needs scikit-learn, scipy. Writes Tests/Fixtures/weights.json. Run: python Tests/Oracles/weights.py
"""

import json
import pathlib

import numpy as np
from scipy import sparse
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight

random = np.random.default_rng(20_260_104)


def class_case():
    y = random.integers(0, random.integers(1, 7), random.integers(1, 40))
    classes = np.unique(y)
    random.shuffle(classes)
    weight = random.choice(["balanced", "weighted", "given"])
    case = {"y": y.tolist(), "classes": classes.tolist(), "kind": str(weight)}
    if weight == "balanced":
        result = compute_class_weight("balanced", classes=classes, y=y)
    elif weight == "weighted":
        case["sampleWeight"] = random.uniform(0.1, 3, len(y)).tolist()
        result = compute_class_weight("balanced", classes=classes, y=y, sample_weight=case["sampleWeight"])
    else:
        # Classes without a weight are refused unless the dictionary has as many entries as classes with one.
        keys = random.choice(np.arange(8), random.integers(0, 7), replace=False)
        given = {int(key): float(random.uniform(0, 5)) for key in keys}
        case["given"] = [[key, value] for key, value in given.items()]
        try:
            result = compute_class_weight(given, classes=classes, y=y)
        except ValueError:
            return {**case, "refused": True}
    return {**case, "weights": result.tolist()}


def sample_case():
    rows, columns = random.integers(1, 25), random.choice([1, 2, 3, 8, 40])
    values = random.choice([2, 2, 2, 4])
    y = (random.random((rows, columns)) < random.uniform(0, 1)).astype(int)
    if values == 4:
        y = y * random.integers(-1, 3, (rows, columns))
    case = {"shape": [int(rows), int(columns)], "y": y.ravel().tolist()}
    indices = None
    if random.random() < 0.3:
        indices = random.integers(0, rows, random.integers(1, rows + 1))
        case["indices"] = indices.tolist()
    result = compute_sample_weight("balanced", y, indices=indices)
    assert (result == compute_sample_weight("balanced", sparse.csr_array(y), indices=indices)).all()
    return {**case, "weights": result.tolist()}


def label_case():
    rows, columns = random.integers(1, 25), random.integers(1, 9)
    y = (random.random((rows, columns)) < random.uniform(0.05, 1)).astype(int)
    flat = y.nonzero()[1]
    present = np.unique(flat)
    weights = compute_class_weight("balanced", classes=present, y=flat) if len(present) else np.zeros(0)
    return {"shape": [int(rows), int(columns)], "y": y.ravel().tolist(), "present": present.tolist(),
            "weights": weights.tolist()}


golden = {
    "classes": [class_case() for _ in range(800)],
    "samples": [sample_case() for _ in range(800)],
    "labels": [label_case() for _ in range(300)],
    "tutorial": compute_sample_weight(
        "balanced", np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 1, 0, 1], [1, 1, 0, 0]])).tolist(),
}
path = pathlib.Path(__file__).parent.parent / "Fixtures" / "weights.json"
path.write_text(json.dumps(golden, separators=(",", ":")))
print(path.stat().st_size)
