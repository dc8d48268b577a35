"""How every oracle writes arrays: `{"shape": [2, 3], "data": [...]}`, floats with the digits that float32 needs."""

import json
import pathlib

import numpy as np

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"


def number(x):
    """A float32 as the shortest decimal that reads back the same."""
    x = np.float32(x)
    if not np.isfinite(x):
        return float(x)
    short = float(np.format_float_scientific(x, unique=True))
    return int(short) if short.is_integer() and abs(short) < 1e6 and not np.signbit(x) else short


def array(x):
    """Any array: floats are rounded to float32, integers and truth values stay integers."""
    x = np.asarray(x)
    if x.dtype.kind in "iub":
        return {"shape": list(x.shape), "data": [int(v) for v in x.ravel()]}
    with np.errstate(over="ignore"):
        return {"shape": list(x.shape), "data": [number(v) for v in x.ravel()]}


def write(name, document):
    path = FIXTURES / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")
