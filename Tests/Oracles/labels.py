"""Golden values for MultiLabelBinarizer: scikit-learn's.

Needs scikit-learn. Writes Tests/Fixtures/labels.json. Run: python Tests/Oracles/labels.py
"""

import json
import pathlib
import random
import warnings

from sklearn.preprocessing import MultiLabelBinarizer

random.seed(20_260_103)

LABELS = ["economy", "Economy", "finance", "tech", "é", "e\u0301", "É", "ﬁ", "fi", "Å", "\u212b",
          "A\u030a", "中", "😀", "\uffff",
          "", " ", "a b", "a", "aa", "ab", "z", "Z", "0", "10", "9", "\u0000", "a\u0000b", "ß", "ss", "\r\n", "\n",
          "\u200d"]
PLAIN = [f"label{number}" for number in range(30)]


def samples(labels, count):
    return [random.choices(labels, k=random.choice([0, 1, 1, 2, 3, 6])) for _ in range(count)]


def indices(matrix):
    return [row.nonzero()[0].tolist() for row in matrix]


def case():
    labels = random.sample(random.choice([LABELS, PLAIN]), random.randint(1, 12))
    given = random.random() < 0.3
    binarizer = MultiLabelBinarizer(classes=list(labels) if given else None)
    seen = samples(labels[: random.randint(1, len(labels))], random.randint(0, 6))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = binarizer.fit_transform(seen)
        other = samples(labels + ["unknown2", "unknown1", "unknown10"], random.randint(0, 5))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        transformed = binarizer.transform(other)
    back = [list(row) for row in binarizer.inverse_transform(fitted)]
    # Only plain labels look the same in Python's repr of a list.
    is_plain = labels[0] in PLAIN
    return {
        "given": labels if given else None, "samples": seen, "classes": binarizer.classes_.tolist(),
        "fitted": indices(fitted),
        "other": other, "transformed": indices(transformed), "back": back,
        "warned": bool(caught), "warning": str(caught[0].message) if caught and is_plain else None,
    }


golden = [case() for _ in range(2500)]
path = pathlib.Path(__file__).parent.parent / "Fixtures" / "labels.json"
path.write_text(json.dumps(golden, separators=(",", ":")))
print(path.stat().st_size)
