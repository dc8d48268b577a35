"""NumPy's side of the operations of Benchmarks/Sources/ArrayRunner, a file a family: `operations()` gives them by name."""

import math

import numpy as np


def numbers(shape, low=-2.0, high=2.0):
    """The operands that both sides make."""
    k = np.arange(math.prod(shape)) * 389 % 1025
    x = np.float32(low) + np.float32(high - low) * (k.astype(np.float32) / np.float32(1024))
    return x.astype(np.float32).reshape(shape)


def shown(shape):
    return "(" + ",".join(map(str, shape)) + ")"
