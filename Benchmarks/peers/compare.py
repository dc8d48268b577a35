"""Measures Hornet and other libraries at the same work, side by side in one run.

    python compare.py RESULTS.json [--reuters reuters21578.tar.gz] [--python PYTHON] [--rounds N] [--only UNIT ...]

Each contestant is a process of its own that waits for the name of a unit of work, does it, and tells the time it took. They take
turns, A B C A B C …, after a first turn that does not count (compilation, caches); whoever has no turn is stopped with a signal,
so that no idle thread spins. All read the same ids and labels, and every answer proves its work: a loss that is finite and below
that of the first epoch, scores of the same shape, equal counts. The medians go into the results, report.py shows them.
"""

import argparse
import datetime
import functools
import json
import math
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(HERE)
FIRST_PREDICTION = "first_prediction"


def environment():
    """Without the variables that would choose other kernels or block sizes in OpenBLAS than it chooses by itself."""
    hidden = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    return {name: value for name, value in os.environ.items() if name not in hidden} | {"PYTHONPATH": HERE}


class Worker:
    """A contestant's process, stopped while others have their turn."""

    def __init__(self, command, log):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=environment())
        ready = self._answer()
        self.library, self.units, self.versions = ready["library"], ready["units"], ready["versions"]
        self._stop()

    def run(self, unit):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.write(unit + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        self._stop()
        if "error" in answer:
            raise RuntimeError(f"{self.library}, {unit}: {answer['error']}")
        return answer

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args}: it ended with {self.process.wait()}")
        return json.loads(line)

    def _stop(self):
        self.process.send_signal(signal.SIGSTOP)


def first_predictions(runner, python, folder):
    """Commands that start, load a model, predict and end, by library."""
    text = "Oil prices rose after the meeting of the exporting countries."
    script = [python, os.path.join(HERE, "first_prediction.py")]
    return {
        "Hornet": [runner, "tag", os.path.join(folder, "hornet.tagger"), text],
        "Keras on TensorFlow": script + ["tensorflow", folder],
        "Keras on JAX": script + ["jax", folder],
        "PyTorch": script + ["torch", folder],
    }


def run_to_end(command, log):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=log, env=environment())
    return {"times": {"seconds": time.perf_counter() - start}, "proof": {}}


def play_round(unit, contestants):
    """One turn of each contestant: `contestants` maps names to functions that do the unit."""
    return {name: turn() for name, turn in contestants.items()}


def check(unit, answers):
    """`answers` of one unit: name -> answers in order, the one of the first turn included."""
    for name, given in answers.items():
        for proof in (answer["proof"] for answer in given):
            if not proof.get("finite", True):
                sys.exit(f"{name}, {unit}: the results are not finite")
        losses = [answer["proof"]["loss"] for answer in given if "loss" in answer["proof"]]
        if losses and not (all(map(math.isfinite, losses)) and max(losses[1:]) < losses[0]):
            sys.exit(f"{name}, {unit}: the loss does not fall: {losses}")
    libraries = [name for name in answers if name == "Hornet" or name.startswith(("Keras", "PyTorch", "pandas"))]
    for what in ("shape", "samples", "outputs", "words", "sum", "rows"):
        values = {name: answers[name][-1]["proof"][what] for name in libraries if what in answers[name][-1]["proof"]}
        if any(value != next(iter(values.values())) for value in values.values()):
            sys.exit(f"{unit}: the contestants did not do the same work: {what} {values}")


def able(unit, contestants):
    """The first turns, and those who could do theirs: a library may lack a compiler, say. Hornet must."""
    answers = {}
    for name, turn in contestants.items():
        try:
            answers |= play_round(unit, {name: turn})
        except (RuntimeError, subprocess.CalledProcessError) as error:
            if name == "Hornet":
                raise
            print(f"{name} is left out of {unit}: {error}", file=sys.stderr)
    return answers, {name: contestants[name] for name in answers}


def measure(unit, contestants, rounds):
    """Medians of each time over the rounds, by contestant, and what the last turn proved."""
    first, contestants = able(unit, contestants)
    answers = {name: [answer] for name, answer in first.items()}
    for _ in range(rounds):
        for name, answer in play_round(unit, contestants).items():
            answers[name].append(answer)
    check(unit, answers)
    return {
        name: {
            "times": {key: statistics.median(a["times"][key] for a in given[1:]) for key in given[0]["times"]},
            "samples": [a["times"] for a in given[1:]],
            "proof": given[-1]["proof"],
        }
        for name, given in answers.items()
    }


def processor():
    with open("/proc/cpuinfo") as file:
        lines = dict(line.split(":", 1) for line in file.read().split("\n\n")[0].splitlines() if ":" in line)
    facts = {name.strip(): value.strip() for name, value in lines.items()}
    flags = facts.get("flags", "").split()
    isa = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags), platform.machine())
    family = f"family {facts.get('cpu family')}, model {facts.get('model')}"
    return f"{facts.get('model name', platform.processor())} ({family}), {isa}"


def commands(runner, python, folder):
    def script(name, *arguments):
        return [python, os.path.join(HERE, name + "_worker.py"), *arguments, folder]

    yield [runner, "serve", folder]
    for backend in ("tensorflow", "jax"):
        yield script("keras", backend)
    for mode in ("eager", "compiled"):
        yield script("torch", mode)
    for library in ("sklearn", "fasttext", "pandas", "numpy"):
        yield script("classic", library)


def built_runner():
    build = ["swift", "build", "--package-path", PACKAGE, "-c", "release"]
    subprocess.run(build + ["--product", "PeerRunner"], check=True)
    place = subprocess.run(build + ["--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return os.path.join(place, "PeerRunner")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", help="the JSON file to write; units measured earlier stay in it")
    parser.add_argument("--reuters", help="Reuters-21578 as .tar.gz or folder; without it, the news of the examples")
    parser.add_argument(
        "--python", default=os.environ.get("HORNET_PEERS", sys.executable), help="the Python that has the other libraries")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", metavar="UNIT", help="measure these units, or groups of them: dnn, lstm.train")
    arguments = parser.parse_args()

    # A stopped worker would outlive a parent that ends without its `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    runner = built_runner()
    results = {"units": {}}
    if os.path.exists(arguments.results):
        with open(arguments.results) as file:
            results = json.load(file)
    workers = []
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "log"), "w+") as log:
        try:
            subprocess.run([runner, "prepare", folder] + ([arguments.reuters] if arguments.reuters else []), check=True)
            for command in commands(runner, arguments.python, folder):
                try:
                    workers.append(Worker(command, log))
                except RuntimeError as error:
                    if not workers:
                        raise
                    print(f"Left out: {error}", file=sys.stderr)
            results |= {
                "date": datetime.date.today().isoformat(),
                "corpus": "Reuters-21578" if arguments.reuters else "news",
                "processor": processor(),
                "threads": len(os.sched_getaffinity(0)),
                "versions": {name: version for worker in workers for name, version in worker.versions.items()},
                "python": platform.python_version(),
            }
            contests = {
                unit: {w.library: functools.partial(w.run, unit) for w in workers if unit in w.units}
                for unit in workers[0].units
            }
            # Last: it reads the models that the units before it write.
            starts = first_predictions(runner, arguments.python, folder)
            contests[FIRST_PREDICTION] = {
                name: functools.partial(run_to_end, command, log) for name, command in starts.items()
            }
            wanted = [u for u in contests if not arguments.only or any(f"{u}.".startswith(f"{o}.") for o in arguments.only)]
            if FIRST_PREDICTION in wanted:
                for unit in {"model.load", "tagger.load"} - set(wanted):
                    play_round(unit, contests[unit])
            for unit in wanted:
                print(unit, flush=True)
                # What takes its full length each time, compilation or not, needs few rounds.
                rounds = min(arguments.rounds, 3) if unit in ("tagger.learn", "tokenizer.fit", "tokenizer.encode") else arguments.rounds
                results["units"][unit] = measure(unit, contests[unit], rounds)
                with open(arguments.results, "w") as file:
                    json.dump(results, file, indent=1)
        except (Exception, SystemExit):
            log.seek(0)
            sys.stderr.write(log.read()[-4_000:])
            raise
        finally:
            for worker in workers:
                worker.close()


if __name__ == "__main__":
    main()
