"""Golden values for trainTestSplit: the sizes of scikit-learn's train_test_split, and what it refuses.

Needs scikit-learn. Writes Tests/Fixtures/splits.json. Run: python Tests/Oracles/splits.py
"""

import json
import pathlib
import random

from sklearn.model_selection import train_test_split

random.seed(20_260_105)


def size(count):
    kind = random.random()
    if kind < 0.3:
        return None
    if kind < 0.7:
        return random.choice(
            [0.1, 0.2, 0.25, 0.3, 0.33, 0.5, 0.7, 0.9, 0.95, 1e-9, 0.0, 1.0, 1.5, -0.1, random.random()])
    return random.randint(-1, count + 1)


def case():
    count = random.choice([1, 2, 3, 5, 10, 10, 11, 100, 997])
    test, train = size(count), size(count)
    result = {"count": count, "test": test, "train": train}
    try:
        parts = train_test_split(range(count), test_size=test, train_size=train, shuffle=False)
        result["trainPart"], result["testPart"] = len(parts[0]), len(parts[1])
        shuffled = train_test_split(range(count), test_size=test, train_size=train, random_state=0)
        assert [len(part) for part in shuffled] == [len(part) for part in parts]
    except ValueError:
        result["refused"] = True
    return result


golden = [case() for _ in range(3000)]
path = pathlib.Path(__file__).parent.parent / "Fixtures" / "splits.json"
path.write_text(json.dumps(golden, separators=(",", ":")))
print(path.stat().st_size, sum("refused" in case for case in golden))
