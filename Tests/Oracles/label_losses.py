"""Writes Tests/Fixtures/label_losses.json: the losses for imbalanced labels, with gradients.

Focal losses are Keras', on probabilities and on moderate logits (it clips the rest). The others have the formulas of
their authors' PyTorch code, in float64 with gradients by torch.autograd:
positive weights by torch itself; asymmetric loss, class balance and distribution balance restated from that code.

Needs: torch, and keras on the TensorFlow backend. Run: python Tests/Oracles/label_losses.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf
import torch
from keras import losses

from arrays import array, write

rng = np.random.default_rng(20251203)
F32 = np.float32
SHAPES = [(1, 1), (5, 3), (4, 17)]


def draw(shape, scale=3.0):
    target = (rng.random(shape) < 0.4).astype(F32)
    return target, rng.normal(scale=scale, size=shape).astype(F32)


def by_torch(name, formula, target, logits, **options):
    """`formula` gives a loss for each label; the fixture has them and the gradient of their mean."""
    z = torch.tensor(logits.astype(np.float64), requires_grad=True)
    y = torch.tensor(target.astype(np.float64))
    elements = formula(z, y)
    elements.mean().backward()
    return {
        "name": name, **options, "from_logits": True, "target": array(target), "prediction": array(logits),
        "elements": array(elements.detach().numpy()), "gradient": array(z.grad.numpy()),
    }


def smooth(y, s):
    return y * (1 - s) + s / 2


def focal():
    for shape in SHAPES:
        for options in [
            {}, {"gamma": 0.5}, {"gamma": 0.0}, {"apply_class_balancing": True, "alpha": 0.25, "gamma": 2.0},
            {"apply_class_balancing": True, "alpha": 0.8, "gamma": 3.0, "label_smoothing": 0.2},
            {"gamma": 2.0, "label_smoothing": 0.1},
        ]:
            for from_logits in [False, True]:
                target, z = draw(shape, scale=2)
                prediction = z if from_logits else (1 / (1 + np.exp(-z))).astype(F32)
                value = tf.constant(prediction)
                loss = losses.BinaryFocalCrossentropy(from_logits=from_logits, **options)
                # A last axis of one gives the loss of each label.
                each = losses.BinaryFocalCrossentropy(from_logits=from_logits, reduction=None, **options)(
                    target[..., None], value[..., None])
                with tf.GradientTape() as tape:
                    tape.watch(value)
                    mean = loss(target, value)
                yield {
                    "name": "binary_focal_crossentropy", **options, "from_logits": from_logits,
                    "target": array(target), "prediction": array(prediction), "elements": array(each),
                    "gradient": array(tape.gradient(mean, value)),
                }


def positive_weights():
    for shape in SHAPES:
        for s in [0.0, 0.2]:
            target, z = draw(shape)
            weights = rng.uniform(0.5, 30, size=shape[1]).astype(F32)
            w = torch.tensor(weights.astype(np.float64))
            yield by_torch(
                "positive_weighted_crossentropy",
                lambda z, y: torch.nn.functional.binary_cross_entropy_with_logits(
                    z, smooth(y, s), pos_weight=w, reduction="none"),
                target, z, positive_weights=array(weights), label_smoothing=s)


def asymmetric_formula(gamma_negative, gamma_positive, margin, focus_gradient, s):
    def formula(z, y):
        y = smooth(y, s)
        p = torch.sigmoid(z)
        not_p = (1 - p + margin).clamp(max=1) if margin > 0 else 1 - p
        loss = y * torch.log(p.clamp(min=1e-8)) + (1 - y) * torch.log(not_p.clamp(min=1e-8))
        with torch.set_grad_enabled(focus_gradient):
            p_t = p * y + not_p * (1 - y)
            weight = torch.pow(1 - p_t, gamma_positive * y + gamma_negative * (1 - y))
        return -loss * weight

    return formula


def asymmetric():
    for shape in SHAPES:
        for gamma_negative, gamma_positive, margin in [(4, 1, 0.05), (2, 0, 0.2), (4, 0, 0), (0, 0, 0), (3, 1.5, 0.1)]:
            for focus_gradient in [True, False]:
                for s in [0.0, 0.1]:
                    target, z = draw(shape)
                    yield by_torch(
                        "asymmetric_loss",
                        asymmetric_formula(gamma_negative, gamma_positive, margin, focus_gradient, s), target, z,
                        gamma_negative=gamma_negative, gamma_positive=gamma_positive, margin=margin,
                        focus_gradient=focus_gradient, label_smoothing=s)


def focal_of(z, y, gamma):
    bce = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")
    if gamma == 0:
        return bce
    # As the authors write it, 1 − p_t from the logits.
    return torch.exp(-gamma * y * z - gamma * torch.log(1 + torch.exp(-z))) * bce


def class_balanced():
    for shape in SHAPES:
        for beta in [0.0, 0.9, 0.9999]:
            for gamma in [0.0, 0.5, 2.0]:
                target, z = draw(shape)
                counts = rng.integers(1, 5000, size=shape[1])
                weights = (1 - beta) / (1 - np.power(beta, counts))
                weights = weights / weights.sum() * len(counts)
                yield by_torch(
                    "class_balanced_loss", lambda z, y: focal_of(z, y, gamma) * torch.tensor(weights), target, z,
                    positive_counts=[int(c) for c in counts], beta=beta, gamma=gamma)


def distribution_formula(counts, n, alpha, beta, mu, scale, kappa, gamma):
    counts = torch.tensor(counts.astype(np.float64))

    def formula(z, y):
        inverse = 1 / counts
        repeat = (y * inverse).sum(dim=1, keepdim=True)
        weight = torch.sigmoid(beta * (inverse / repeat - mu)) + alpha
        z = z - torch.log(n / counts - 1) * kappa / scale
        z = z * (1 - y) * scale + z * y
        weight = weight / scale * (1 - y) + weight * y
        bce = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")
        loss = weight * bce
        return (1 - torch.exp(-bce)) ** gamma * loss if gamma > 0 else loss

    return formula


def distribution_balanced():
    for shape in SHAPES:
        for alpha, beta, mu, scale, kappa, gamma in [
            (0.1, 10, 0.2, 2, 0.05, 2), (0.1, 10, 0.9, 2, 0.05, 0), (0.5, 3, 0.3, 5, 0.1, 1), (0.1, 10, 0.2, 1, 0, 2),
        ]:
            target, z = draw(shape)
            if shape[0] > 1:
                target[0] = 0  # no label at all
            n = 1000
            counts = rng.integers(1, n, size=shape[1])
            yield by_torch(
                "distribution_balanced_loss", distribution_formula(counts, n, alpha, beta, mu, scale, kappa, gamma),
                target, z, positive_counts=[int(c) for c in counts], sample_count=n, alpha=alpha, beta=beta, mu=mu,
                kappa=kappa, gamma=gamma, **{"lambda": scale})


if __name__ == "__main__":
    write("label_losses.json", [
        *focal(), *positive_weights(), *asymmetric(), *class_balanced(), *distribution_balanced()])
