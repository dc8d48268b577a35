"""Writes Tests/Fixtures/npy: arrays as numpy.save writes them, of every type that Hornet reads.

Needs: numpy. Run: python Tests/Oracles/npy.py
"""

import os

import numpy as np

folder = os.path.join(os.path.dirname(__file__), "..", "Fixtures", "npy")
os.makedirs(folder, exist_ok=True)


def save(name, array):
    np.save(os.path.join(folder, name + ".npy"), array)


if __name__ == "__main__":
    numbers = np.arange(24).reshape(2, 3, 4) - 5
    for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8"]:
        save(kind, numbers.astype("<" + kind))
    for kind in ["u1", "u2", "u4", "u8"]:
        save(kind, (numbers + 5).astype("<" + kind))
    save("b1", numbers % 2 == 0)
    save("columns_f4", np.asfortranarray(numbers.astype(np.float32)))
    save("columns_i8", np.asfortranarray(numbers))
    save("scalar", np.float32(2.5))
    save("vector", np.array([1.5, -0.0, np.inf], np.float32))
    save("empty", np.zeros((0, 7), np.float32))
    save("big_endian", numbers.astype(">f4"))
    save("complex", numbers.astype(np.complex64))
    save("wide", np.array([2**24 + 1, 2**31]))
