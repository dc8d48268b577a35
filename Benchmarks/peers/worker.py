"""The other side of compare.py's protocol: reads the names of units of work, one a line, runs each, and answers with a line of
JSON. Whatever libraries print goes to standard error."""

import json
import os
import sys
import time

VOCABULARY, LENGTH, BATCH = 10_000, 100, 32
EPOCHS, PATIENCE = 20, 3
MATMUL_SHAPES = [(32, 128, 64), (32, 64, 90), (256, 128, 64), (32, 64, 256), (3_200, 128, 256), (1_024, 1_024, 1_024)]


def seconds(work):
    """The time that `work` takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def latencies(call):
    """Median and 99th percentile over as many calls as fit into three seconds, 200 to 5,000."""
    for i in range(20):
        call(i)
    times, end = [], time.perf_counter() + 3
    while len(times) < 200 or (len(times) < 5_000 and time.perf_counter() < end):
        start = time.perf_counter()
        call(len(times))
        times.append(time.perf_counter() - start)
    times.sort()
    return {"p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100]}


def scores_proof(scores):
    import numpy as np

    return {"shape": list(scores.shape), "finite": bool(np.isfinite(scores).all())}


class Data:
    """What `PeerRunner prepare` wrote."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def array(self, name):
        import numpy as np

        return np.load(self.path(name + ".npy"))

    def table(self, name):
        import pandas

        return pandas.read_csv(self.path(name + ".csv"), keep_default_na=False)

    def texts(self, name):
        return self.table(name)["text"].tolist()

    def tags(self, name):
        return [tags.split("|") for tags in self.table(name)["tags"]]


def serve(library, units, versions):
    """`units` maps names to functions that return times and proofs, both dictionaries."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(document):
        answers.write(json.dumps(document) + "\n")
        answers.flush()

    answer({"library": library, "units": sorted(units), "versions": versions})
    for line in sys.stdin:
        try:
            times, proof = units[line.strip()]()
            answer({"times": times, "proof": proof})
        except Exception as error:  # the other side decides what an error means
            answer({"error": f"{type(error).__name__}: {error}"})
