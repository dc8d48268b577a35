"""Records the lines of Keras' progress bar under a clock that the script sets.

Needs keras 3 with any backend: python Tests/Oracles/progress.py
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import numpy as np
from golden import FIXTURES
from keras.src.utils import io_utils, progbar

clock = [0.0]
said = []
progbar.time.time = lambda: clock[0]
io_utils.print_msg = lambda message, line_break=True: said.append(message)
rng = np.random.default_rng(3)


def run(verbose):
    target = int(rng.choice([1, 2, 7, 100, 1234]))
    pace = float(10 ** rng.uniform(-5, 2))
    clock[0] = 100.0
    bar = progbar.Progbar(target, verbose=verbose, stateful_metrics=["accuracy", "loss"])
    bar._dynamic_display = True
    steps = []
    for step in sorted(set(rng.integers(1, target + 1, size=6).tolist()) | {1, target}):
        clock[0] = 100.0 + pace * step
        logs = {"accuracy": float(rng.random() ** 8), "loss": float(10 ** rng.uniform(-6, 3))}
        said.clear()
        bar.update(step, list(logs.items()), finalize=step == target)
        steps.append({"step": step, "now": clock[0] - 100.0, "logs": logs, "said": "".join(said).replace("\b", "")})
    return {"target": target, "verbose": verbose, "steps": steps}


cases = [run(1) for _ in range(150)] + [run(2) for _ in range(50)]
(FIXTURES / "progress.json").write_text(json.dumps(cases, separators=(",", ":")))
print(cases[0]["steps"][0]["said"])
