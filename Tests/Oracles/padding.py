"""Golden values for padSequences: Keras' pad_sequences.

Needs keras. Writes Tests/Fixtures/padding.json. Run: python Tests/Oracles/padding.py
"""

import json
import pathlib
import random

from keras.utils import pad_sequences

random.seed(20_260_102)


def case():
    sequences = [
        [random.randint(-(2**31), 2**31 - 1) if random.random() < 0.05 else random.randint(0, 999)
         for _ in range(random.choice([0, 1, 2, 3, 5, 9]))]
        for _ in range(random.randint(1, 5))
    ]
    length = random.choice([None, 1, 2, 3, 4, 7, 12])
    padding, truncating = random.choice(["pre", "post"]), random.choice(["pre", "post"])
    value = random.choice([0, 0, -1, 7])
    padded = pad_sequences(sequences, length, "int32", padding, truncating, value)
    return {"sequences": sequences, "length": length, "padding": padding, "truncating": truncating, "value": value,
            "shape": list(padded.shape), "padded": padded.ravel().tolist()}


golden = [case() for _ in range(2000)]
path = pathlib.Path(__file__).parent.parent / "Fixtures" / "padding.json"
path.write_text(json.dumps(golden, separators=(",", ":")))
print(path.stat().st_size)
