"""What the generators share: where fixtures lie, and a writer of safetensors files (float32 only)."""

import json
import pathlib
import struct

import numpy as np

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"


def save_tensors(name, tensors, metadata=None):
    """Writes {name: array} as float32 to Fixtures/<name>."""
    header = {"__metadata__": metadata} if metadata else {}
    data = b""
    for key, value in tensors.items():
        array = np.ascontiguousarray(value, dtype="<f4")
        header[key] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + array.nbytes],
        }
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % 64)
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / name).write_bytes(struct.pack("<Q", len(text)) + text + data)
