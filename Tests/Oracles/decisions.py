"""Golden values for thresholds and calibration: what scikit-learn gives.

The best F measures, precisions and recalls are taken from its curves, which try every score; the best thresholds of
several labels together by trying all combinations. Calibrators, reliability and Brier scores are its own.

Needs scikit-learn. Writes Tests/Fixtures/decisions.json. Run: python Tests/Oracles/decisions.py
"""

import itertools

import numpy as np
from sklearn.calibration import _SigmoidCalibration, _TemperatureScaling, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, fbeta_score, precision_recall_curve

from arrays import array, write

rng = np.random.default_rng(20251215)
F32 = np.float32


def draw(rows, columns, ties=False):
    """Scores that know something, of labels from frequent to rare; the last one may have no positive."""
    prior = np.linspace(0.5, 0.02, columns)
    y = (rng.random((rows, columns)) < prior).astype(int)
    logits = rng.normal(size=(rows, columns)) * 1.5 + 2.5 * y - 2
    scores = 1 / (1 + np.exp(-logits))
    if ties:
        scores = np.round(scores, 1)
    return y, scores.astype(F32)


def curve(y, s):
    """Precision, recall and their counts at every cut, the empty one included."""
    precision, recall, _ = precision_recall_curve(y, s) if y.any() else ([0.0], [0.0], None)
    return np.asarray(precision), np.asarray(recall)


def f(precision, recall, beta):
    with np.errstate(invalid="ignore"):
        value = (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
    return float(np.nan_to_num(value).max())


def constrained(first, second, least):
    """1 and the best `second` where `first` is large enough; else the best `first`."""
    enough = first >= least
    return float(1 + second[enough].max() if enough.any() else first.max(initial=0))


def cost(y, s, a, b):
    cuts = [np.inf, *np.unique(s)]
    return float(min(a * ((s >= t) & (y == 0)).sum() + b * ((s < t) & (y == 1)).sum() for t in cuts))


def best_macro(y, s):
    cuts = [*np.unique(s), np.inf]
    return float(max(fbeta_score(y, s >= t, beta=1, average="macro", zero_division=0) for t in cuts))


def thresholds():
    for rows, columns, ties in [(40, 3, False), (60, 4, True), (200, 6, False), (12, 2, True), (1, 2, False)]:
        y, s = draw(rows, columns, ties)
        if rows > 100:
            y[:, -1] = 0
        labels = []
        for c in range(columns):
            p, r = curve(y[:, c], s[:, c])
            labels.append({
                "f1": f(p, r, 1), "f2": f(p, r, 2), "f_half": f(p, r, 0.5),
                # The curve ends with a precision that no threshold has.
                "precision": constrained(p[:-1], r[:-1], 0.8), "recall": constrained(r[:-1], p[:-1], 0.7),
                "cost": cost(y[:, c], s[:, c], 1, 3),
            })
        p, r = curve(y.ravel(), s.ravel())
        yield {"target": array(y), "scores": array(s), "labels": labels, "micro_f1": f(p, r, 1),
               "micro_f2": f(p, r, 2), "macro_f1": best_macro(y, s)}


def together():
    """All combinations of cuts of a few labels."""
    for rows, columns in [(8, 2), (7, 3), (9, 3)]:
        for _ in range(4):
            y, s = draw(rows, columns)
            cuts = [[np.inf, *np.unique(s[:, c])] for c in range(columns)]
            best = {}
            for beta in [0.5, 1, 2]:
                best[str(beta)] = max(
                    float(fbeta_score(y.ravel(), (s >= np.array(t)).ravel(), beta=beta, zero_division=0))
                    for t in itertools.product(*cuts))
            yield {"target": array(y), "scores": array(s), "best": best}


def calibrators():
    for rows, columns, ties in [(50, 3, False), (300, 4, True), (40, 2, False)]:
        y, s = draw(rows, columns, ties)
        logits = (rng.normal(size=(rows, columns)) * 3 + 2 * y).astype(F32)
        if rows == 40:
            logits *= 40  # large enough to be scaled
        new = np.concatenate([np.linspace(-0.2, 1.2, 15), s[:5, 0]]).astype(F32)
        labels = []
        for c in range(columns):
            platt = _SigmoidCalibration().fit(logits[:, c].astype(np.float64), y[:, c])
            isotonic = IsotonicRegression(out_of_bounds="clip").fit(s[:, c].astype(np.float64), y[:, c])
            temperature = _TemperatureScaling().fit(
                np.stack([np.zeros(rows), logits[:, c].astype(np.float64)], axis=1), y[:, c])
            labels.append({
                "slope": platt.a_, "intercept": platt.b_,
                "platt": array(platt.predict(logits[:, c].astype(np.float64))),
                "isotonic": array(isotonic.predict(new.astype(np.float64))),
                "points": len(isotonic.X_thresholds_), "temperature": float(1 / temperature.beta_),
            })
        flat = logits.ravel().astype(np.float64)
        whole = _TemperatureScaling().fit(np.stack([np.zeros(len(flat)), flat], axis=1), y.ravel())
        yield {"target": array(y), "scores": array(s), "logits": array(logits), "new": array(new), "labels": labels,
               "temperature": float(1 / whole.beta_)}


def reliability():
    for rows, columns, ties in [(30, 2, False), (200, 3, True), (500, 2, False)]:
        y, s = draw(rows, columns, ties)
        wide = s.ravel().astype(np.float64)
        curves = []
        for bins in [1, 5, 15]:
            for strategy in ["uniform", "quantile"]:
                observed, predicted = calibration_curve(y.ravel(), wide, n_bins=bins, strategy=strategy)
                curves.append({"bins": bins, "strategy": strategy, "observed": observed.tolist(),
                               "predicted": predicted.tolist()})
        one = calibration_curve(y[:, 1], s[:, 1].astype(np.float64), n_bins=5)
        yield {"target": array(y), "scores": array(s), "curves": curves, "label_observed": one[0].tolist(),
               "brier": brier_score_loss(y.ravel(), wide), "label_brier": brier_score_loss(y[:, 1], s[:, 1])}


if __name__ == "__main__":
    write("decisions.json", {
        "thresholds": list(thresholds()), "together": list(together()), "calibrators": list(calibrators()),
        "reliability": list(reliability())})
