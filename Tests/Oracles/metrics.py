"""Golden values for HornetMetrics, from scikit-learn and Keras.

Needs scikit-learn 1.9.1, keras 3.15.1 on tensorflow 2.21, numpy. Run `python Tests/Oracles/metrics.py`; it rewrites
Tests/Fixtures/metrics-{classification,reports,curves,ranking,streaming}.json.

Labels are written as strings of 0 and 1 in row-major order, scores as integers to be divided by `scale` (so
that ties are frequent and every score is exact in Float32), NaN as null.
"""

import json
import math
import os
import pathlib
import random
import warnings

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import sklearn.metrics as skm
from sklearn.exceptions import UndefinedMetricWarning

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"
AVERAGES = ["micro", "macro", "weighted", "samples"]
ZERO_DIVISION = {"warn": "warn", "zero": 0, "one": 1, "nan": np.nan}


def clean(value):
    """Plain Python with None for NaN."""
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if isinstance(value, np.ndarray):
        return clean(value.tolist())
    if isinstance(value, (np.floating, float)):
        value = float(value)
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e9 else value
    if isinstance(value, np.integer):
        return int(value)
    return value


def write(name, cases):
    path = FIXTURES / f"metrics-{name}.json"
    lines = ",\n".join(json.dumps(clean(case), ensure_ascii=False, separators=(",", ":")) for case in cases)
    path.write_text("[\n" + lines + "\n]\n", encoding="utf-8")
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size / 1e6:.2f} MB")


def bits(matrix):
    return "".join("1" if value else "0" for value in np.asarray(matrix).ravel())


def recorded(call):
    """The value of a call and the texts of its UndefinedMetricWarnings, in order, each once."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = call()
    texts = []
    for item in caught:
        wanted = issubclass(item.category, UndefinedMetricWarning) or "No positive class" in str(item.message)
        if wanted and str(item.message) not in texts:
            texts.append(str(item.message))
    return value, texts


def quiet(call):
    """The value of a call, or "error"."""
    try:
        return recorded(call)[0]
    except (ValueError, ZeroDivisionError, IndexError):
        return "error"


def label_matrix(rng, n, labels):
    """0/1 labels with columns and rows that are all 0 or all 1 now and then."""
    y = (rng.random((n, labels)) < rng.choice([0.05, 0.3, 0.5, 0.9])).astype(int)
    for column in range(labels):
        if rng.random() < 0.15:
            y[:, column] = rng.integers(0, 2)
    for row in range(n):
        if rng.random() < 0.1:
            y[row] = rng.integers(0, 2)
    return y


def sample_weights(rng, n):
    kind = rng.integers(0, 5)
    if kind < 2:
        return None
    if kind == 2:
        return [float(w) for w in rng.integers(1, 5, n)]
    weights = [round(float(w), 3) for w in rng.random(n) * 3]
    if kind == 4:
        weights = [0.0 if rng.random() < 0.3 else w for w in weights]
        weights[int(rng.integers(0, n))] = 1.5
    return weights


def size(rng, largest=40):
    n = int(rng.choice([1, 2, 3, 5, 7, 8, 9, 17, largest]))
    labels = int(rng.choice([2, 3, 5, 9]))
    return n, labels


def scores_for(rng, n, labels):
    """Integer scores and their scale: few or many distinct ones, sometimes constant or negative."""
    kind = rng.integers(0, 4)
    if kind == 0:
        return rng.integers(0, 4, (n, labels)), 4
    if kind == 1:
        return rng.integers(0, 4097, (n, labels)), 4096
    if kind == 2:
        return rng.integers(-50, 50, (n, labels)), 8
    values = rng.integers(0, 1025, (n, labels))
    values[:, rng.integers(0, labels)] = 512
    return values, 1024


# Classification -----------------------------------------------------------------------------------------------------


def classification_figures(y, p, labels, weights, zero_division, beta, multilabel):
    averages = AVERAGES if multilabel else AVERAGES[:3]
    common = dict(labels=labels, sample_weight=weights, zero_division=ZERO_DIVISION[zero_division])
    per, texts = recorded(lambda: skm.precision_recall_fscore_support(y, p, beta=beta, average=None, **common))
    figures = {"per": per, "warnings": texts, "average": {}, "averageWarnings": {}}
    for average in averages:
        value, texts = recorded(lambda: skm.precision_recall_fscore_support(y, p, beta=beta, average=average, **common))
        figures["average"][average] = value[:3]
        figures["averageWarnings"][average] = texts
    if zero_division != "nan":
        value, texts = recorded(lambda: skm.jaccard_score(y, p, average=None, **common))
        figures["jaccard"] = {a: recorded(lambda: skm.jaccard_score(y, p, average=a, **common))[0] for a in averages}
        figures["jaccard"]["per"] = value
        figures["jaccardWarnings"] = texts
    figures["confusion"] = skm.multilabel_confusion_matrix(y, p, labels=labels, sample_weight=weights).reshape(-1, 4)
    if multilabel:
        figures["samplewise"] = skm.multilabel_confusion_matrix(
            y, p, labels=labels, sample_weight=weights, samplewise=True
        ).reshape(-1, 4)
    figures["accuracy"] = skm.accuracy_score(y, p, sample_weight=weights)
    figures["right"] = skm.accuracy_score(y, p, sample_weight=weights, normalize=False)
    figures["zeroOne"] = skm.zero_one_loss(y, p, sample_weight=weights)
    figures["wrong"] = skm.zero_one_loss(y, p, sample_weight=weights, normalize=False)
    figures["hamming"] = skm.hamming_loss(y, p, sample_weight=weights)
    return figures


def classification():
    rng = np.random.default_rng(1)
    cases = []
    for index in range(560):
        n, width = size(rng, 40 if index % 40 else 300)
        multilabel = bool(rng.random() < 0.7)
        if multilabel:
            y, p = label_matrix(rng, n, width), label_matrix(rng, n, width)
            if rng.random() < 0.5:
                p = np.where(rng.random(y.shape) < 0.8, y, p)
            labels = None
            if rng.random() < 0.25:
                labels = [int(v) for v in rng.permutation(width)[: rng.integers(1, width + 1)]]
        else:
            ids = rng.choice(50, width, replace=False) - 5 if rng.random() < 0.5 else np.arange(width)
            y, p = rng.choice(ids, n), rng.choice(ids, n)
            if rng.random() < 0.6:
                p = np.where(rng.random(n) < 0.7, y, p)
            labels = None
            if rng.random() < 0.25:
                labels = [int(v) for v in rng.choice(60, rng.integers(1, 6), replace=False) - 5]
        weights = sample_weights(rng, n)
        zero_division = str(rng.choice(list(ZERO_DIVISION)))
        beta = float(rng.choice([0.5, 1, 2, 0, 1.7]))
        case = {"n": n, "labels": labels, "weights": weights, "zeroDivision": zero_division, "beta": beta}
        if multilabel:
            case |= {"width": width, "y": bits(y), "p": bits(p)}
        else:
            case |= {"y": y, "p": p}
        case |= classification_figures(y, p, labels, weights, zero_division, beta, multilabel)
        cases.append(case)
    write("classification", cases)


# Reports ------------------------------------------------------------------------------------------------------------

NAMES = ["economy", "sport", "日本語", "e\u0301té", "été", "ναυς", "👩‍👩‍👧", "a" * 30, "", " ", "Ωmega", "tech & science",
         "x", "ﬁn", "\u202eabc", "中文标签名称很长很长", "naïve", "tab\tname", "ü" * 14]


def reports():
    rng = np.random.default_rng(2)
    pick = random.Random(2)
    cases = []
    for index in range(700):
        n, width = size(rng, 40 if index % 30 else 400)
        multilabel = bool(rng.random() < 0.65)
        labels = None
        if multilabel:
            y, p = label_matrix(rng, n, width), label_matrix(rng, n, width)
            if rng.random() < 0.5:
                p = np.where(rng.random(y.shape) < 0.8, y, p)
            if rng.random() < 0.2:
                labels = [int(v) for v in rng.permutation(width)[: rng.integers(1, width + 1)]]
        else:
            ids = rng.choice(2000, width, replace=False) - 5 if rng.random() < 0.3 else np.arange(width)
            y, p = rng.choice(ids, n), rng.choice(ids, n)
            if rng.random() < 0.6:
                p = np.where(rng.random(n) < 0.7, y, p)
            if rng.random() < 0.2:
                labels = [int(v) for v in rng.choice(60, rng.integers(1, 6), replace=False) - 5]
            if rng.random() < 0.1:
                labels = [int(v) for v in sorted(set(y) | set(p))] + [777]
        count = len(labels) if labels else width if multilabel else len(set(y) | set(p))
        names = [pick.choice(NAMES) for _ in range(count)] if rng.random() < 0.6 else None
        weights = sample_weights(rng, n)
        zero_division = str(rng.choice(list(ZERO_DIVISION)))
        digits = int(rng.choice([0, 1, 2, 2, 3, 4, 5, 6, 15]))
        arguments = dict(labels=labels, target_names=names, sample_weight=weights, digits=digits)
        arguments["zero_division"] = ZERO_DIVISION[zero_division]
        text, texts = recorded(lambda: skm.classification_report(y, p, **arguments))
        case = {"n": n, "labels": labels, "weights": weights, "zeroDivision": zero_division, "digits": digits,
                "names": names, "text": text, "warnings": texts}
        if multilabel:
            case |= {"width": width, "y": bits(y), "p": bits(p)}
        else:
            case |= {"y": y, "p": p}
        cases.append(case)
    write("reports", cases)


# Curves -------------------------------------------------------------------------------------------------------------


def curves():
    rng = np.random.default_rng(3)
    cases = []
    for index in range(500):
        n = int(rng.choice([1, 2, 3, 5, 9, 16, 30]))
        y = label_matrix(rng, n, 1)[:, 0]
        values, scale = scores_for(rng, n, 1)
        scores = values[:, 0] / scale
        weights = sample_weights(rng, n)
        case = {"n": n, "y": bits(y), "scores": values[:, 0], "scale": scale, "weights": weights}
        for drop in [False, True]:
            key = "Dropped" if drop else ""
            value, texts = recorded(
                lambda: skm.precision_recall_curve(
                    y, scores, sample_weight=weights, drop_intermediate=drop, pos_label=1)
            )
            case["pr" + key] = value
            case["prWarnings"] = texts
            value, texts = recorded(
                lambda: skm.roc_curve(y, scores, sample_weight=weights, drop_intermediate=drop, pos_label=1)
            )
            case["roc" + key] = [value[0], value[1], value[2][1:]]
            case["rocWarnings"] = texts
            if drop and len(value[0]) > 1 and not np.isnan(value[0]).any() and not np.isnan(value[1]).any():
                case["auc"] = skm.auc(value[0], value[1])
        if scores.min() >= 0 and scores.max() <= 1:
            case["brier"] = quiet(lambda: skm.brier_score_loss(y, scores, sample_weight=weights, pos_label=1))
        cases.append(case)
    write("curves", cases)


def ranking():
    import keras

    rng = np.random.default_rng(4)
    cases = []
    for index in range(600):
        n, width = size(rng, 40 if index % 60 else 200)
        y = label_matrix(rng, n, width)
        values, scale = scores_for(rng, n, width)
        scores = values / scale
        weights = sample_weights(rng, n)
        k = int(rng.integers(1, width + 1))
        case = {"n": n, "width": width, "y": bits(y), "scores": values.ravel(), "scale": scale, "weights": weights,
                "k": k}
        for key, score in [("ap", skm.average_precision_score), ("roc", skm.roc_auc_score)]:
            case[key] = {a: quiet(lambda: score(y, scores, average=a, sample_weight=weights)) for a in AVERAGES}
            case[key]["per"] = quiet(lambda: score(y, scores, average=None, sample_weight=weights))
        case["lrap"] = quiet(lambda: skm.label_ranking_average_precision_score(y, scores, sample_weight=weights))
        case["coverage"] = quiet(lambda: skm.coverage_error(y, scores, sample_weight=weights))
        case["loss"] = quiet(lambda: skm.label_ranking_loss(y, scores, sample_weight=weights))
        case["ndcg"] = quiet(lambda: skm.ndcg_score(y, scores, sample_weight=weights))
        case["ndcgK"] = quiet(lambda: skm.ndcg_score(y, scores, k=k, sample_weight=weights))
        graded = rng.integers(0, 6, (n, width))
        graded[0, 0] = 3
        case["graded"] = "".join(map(str, graded.ravel()))
        case["ndcgGraded"] = quiet(lambda: skm.ndcg_score(graded, scores, k=k, sample_weight=weights))
        if index % 4 == 0:
            at_k = {"precisionAtK": keras.metrics.Precision(top_k=k), "recallAtK": keras.metrics.Recall(top_k=k)}
            for key, metric in at_k.items():
                metric.update_state(y, scores.astype("float32"), sample_weight=None)
                case[key] = float(metric.result())
        cases.append(case)
    write("ranking", cases)


# Streaming ----------------------------------------------------------------------------------------------------------


def streaming():
    import keras

    m = keras.metrics
    rng = np.random.default_rng(5)

    def elementwise(width):
        label_weights = [float(w) for w in rng.integers(1, 5, width)]
        return {
            "binaryAccuracy": m.BinaryAccuracy(),
            "binaryAccuracy 0.25": m.BinaryAccuracy(threshold=0.25),
            "categoricalAccuracy": m.CategoricalAccuracy(),
            "topK 2": m.TopKCategoricalAccuracy(k=2),
            "precision": m.Precision(),
            "recall": m.Recall(),
            "precision 0.3": m.Precision(thresholds=0.3),
            "recall top 2": m.Recall(top_k=2),
            "precision top 2": m.Precision(top_k=2),
            "precision top 1 at 0.5": m.Precision(thresholds=0.5, top_k=1),
            "precision class 1": m.Precision(class_id=1),
            "recall even": m.Recall(thresholds=[0.0, 0.5, 1.0]),
            "precision uneven": m.Precision(thresholds=[0.7, 0.1, 0.25, 0.7]),
            "truePositives": m.TruePositives(),
            "falsePositives": m.FalsePositives(),
            "trueNegatives": m.TrueNegatives(thresholds=0.75),
            "falseNegatives": m.FalseNegatives(),
            "auc": m.AUC(),
            "auc pr": m.AUC(curve="PR"),
            "auc 7 majoring": m.AUC(num_thresholds=7, summation_method="majoring"),
            "auc pr 20 minoring": m.AUC(num_thresholds=20, curve="PR", summation_method="minoring"),
            "auc uneven": m.AUC(thresholds=[0.1, 0.5, 0.9]),
            "auc labels": m.AUC(multi_label=True, num_labels=width),
            "auc pr labels": m.AUC(curve="PR", multi_label=True, num_labels=width),
            "auc labels weighted": (
                m.AUC(multi_label=True, num_labels=width, label_weights=label_weights), label_weights),
            "auc pool weighted": (m.AUC(label_weights=label_weights), label_weights),
            "binaryCrossentropy": m.BinaryCrossentropy(),
            "binaryCrossentropy smoothed": m.BinaryCrossentropy(label_smoothing=0.1),
            "binaryCrossentropy logits": m.BinaryCrossentropy(from_logits=True),
            "f1 largest micro": m.F1Score(average="micro"),
            "f1 largest macro": m.F1Score(average="macro"),
            "f1 largest weighted": m.F1Score(average="weighted"),
            "fbeta 2 macro": m.FBetaScore(average="macro", beta=2.0, threshold=0.5),
        }

    cases = []
    for index in range(110):
        n, width = size(rng, 33)
        y = label_matrix(rng, n, width)
        p = np.where(rng.random((n, width)) < 0.2, 2048, rng.integers(0, 4097, (n, width)))
        p = np.where(rng.random((n, width)) < 0.05, rng.choice([0, 4096]), p)
        p = np.clip(np.where(rng.random((n, width)) < 0.4, p // 2 + y * 2048, p), 0, 4096)
        weights = None if index % 3 else [int(w) for w in rng.integers(0, 9, n)]
        ids = rng.integers(0, width, n)
        cuts = sorted(int(c) for c in rng.integers(1, n, 2)) if n > 1 else []
        bounds = sorted(set([0, *cuts, n]))
        metrics = elementwise(width)
        results, label_weights = {}, None
        for name, metric in metrics.items():
            if isinstance(metric, tuple):
                metric, label_weights = metric
            for start, stop in zip(bounds, bounds[1:]):
                w = None if weights is None else np.array(weights[start:stop], "float32") / 4
                metric.update_state(
                    y[start:stop].astype("float32"), (p[start:stop] / 4096).astype("float32"), sample_weight=w)
            results[name] = np.asarray(metric.result(), "float64").tolist()
        sparse = {"sparse": m.SparseCategoricalAccuracy(), "sparse topK 2": m.SparseTopKCategoricalAccuracy(k=2)}
        for name, metric in sparse.items():
            for start, stop in zip(bounds, bounds[1:]):
                w = None if weights is None else np.array(weights[start:stop], "float32") / 4
                metric.update_state(ids[start:stop], (p[start:stop] / 4096).astype("float32"), sample_weight=w)
            results[name] = float(metric.result())
        cases.append({"n": n, "width": width, "y": bits(y), "scores": p.ravel(), "scale": 4096, "ids": ids,
                      "weights": None if weights is None else [w / 4 for w in weights],
                      "bounds": bounds, "labelWeights": label_weights, "results": results})
    write("streaming", cases)


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    classification()
    reports()
    curves()
    ranking()
    streaming()
