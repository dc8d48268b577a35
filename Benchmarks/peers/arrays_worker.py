"""NumPy's part in numpy_table.py: every module of the folder `arrays` has a family of operations."""

import importlib
import pkgutil
import statistics
import time

import numpy as np

import arrays
from worker import serve


def measured(prepare):
    """Seconds of one call, the median of several stretches of 3 milliseconds or more, and the sum of the result."""
    with np.errstate(all="ignore"):
        work = prepare()
        work()
        once = min(stretch(work, 1), stretch(work, 1))
        repeats = max(1, int(3e-3 / max(once, 1e-9)))
        time = statistics.median(stretch(work, repeats) for _ in range(7))
        result = np.asarray(work(), np.float64)
    return {"seconds": time}, {"sum": float(result[np.isfinite(result)].sum())}


def stretch(work, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


operations = {}
for module in pkgutil.iter_modules(arrays.__path__):
    operations |= importlib.import_module(f"arrays.{module.name}").operations()
serve("NumPy", {name: lambda p=p: measured(p) for name, p in operations.items()}, {"NumPy": np.__version__})
