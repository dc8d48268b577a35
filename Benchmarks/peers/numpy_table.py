"""Measures Hornet's array operations beside NumPy's, in one run, and prints the times as a Markdown table.

    python numpy_table.py [--only WORD ...] [--rounds N] [--seconds S] [--runner ArrayRunner] [--python PYTHON]

Each side is a process of its own; they take turns, operation by operation, and whoever has no turn is stopped. An operation's
time is the median over the rounds of each turn's median. Every answer has to prove that the same was computed: the sums of the
results agree. NumPy computes on one thread, as it does, Hornet on as many as it finds worthwhile. The ratio is NumPy's time
divided by Hornet's: above 1, Hornet is faster. Ends with the rows where it is slower.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

from compare import HERE, PACKAGE, Worker, processor
from report import shown

ORDER = ("Hornet", "NumPy")


def built_runner():
    build = ["swift", "build", "--package-path", PACKAGE, "-c", "release"]
    subprocess.run(build + ["--product", "ArrayRunner"], check=True)
    place = subprocess.run(build + ["--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return os.path.join(place, "ArrayRunner")


def agree(a, b):
    return math.isclose(a, b, rel_tol=2e-3, abs_tol=2e-2)


def measure(workers, units, rounds, end):
    """Times by unit and library; stops after the round in which the time is up."""
    times = {unit: {name: [] for name in workers} for unit in units}
    for _ in range(rounds):
        for unit in units:
            sums = {}
            for name, worker in workers.items():
                answer = worker.run(unit)
                times[unit][name].append(answer["times"]["seconds"])
                sums[name] = answer["proof"]["sum"]
            if not agree(*sums.values()):
                sys.exit(f"{unit}: the sums of the results differ: {sums}")
        if time.monotonic() > end:
            break
    return {unit: {name: statistics.median(found) for name, found in row.items()} for unit, row in times.items()}


def table(results):
    lines = ["| | Hornet | NumPy | ratio |", "|---|--:|--:|--:|"]
    for unit, times in results.items():
        hornet, numpy = (times[name] for name in ORDER)
        lines.append(f"| {unit} | {shown(hornet)} | {shown(numpy)} | {numpy / hornet:.2f} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="operations whose name begins with one of these")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=600, help="begin no round after this time")
    parser.add_argument("--runner", help="the built ArrayRunner; without it, it is built")
    parser.add_argument("--python", default=os.environ.get("HORNET_PEERS", sys.executable), help="the Python that has NumPy")
    arguments = parser.parse_args()

    runner = arguments.runner or built_runner()
    workers = {}
    with tempfile.TemporaryFile("w+") as log:
        try:
            for command in ([runner], [arguments.python, os.path.join(HERE, "arrays_worker.py")]):
                worker = Worker(command, log)
                workers[worker.library] = worker
            units = [unit for unit in workers["NumPy"].units if unit in workers["Hornet"].units]
            for name, worker in workers.items():
                for unit in sorted(set(worker.units) - set(units)):
                    print(f"{name} alone has {unit}", file=sys.stderr)
            if arguments.only:
                units = [unit for unit in units if unit.startswith(tuple(arguments.only))]
            results = measure(workers, units, arguments.rounds, time.monotonic() + arguments.seconds)
        except Exception:
            log.seek(0)
            sys.stderr.write(log.read()[-4_000:])
            raise
        finally:
            for worker in workers.values():
                worker.close()
    print(table(results))
    print(f"\n{processor()}; NumPy {workers['NumPy'].versions['NumPy']} on one thread; "
          f"{len(os.sched_getaffinity(0))} processors for Hornet.")
    slower = {u: t["Hornet"] / t["NumPy"] for u, t in results.items() if t["Hornet"] > t["NumPy"]}
    print(f"{len(results) - len(slower)} of {len(results)} rows are at least as fast as NumPy.")
    for unit, ratio in sorted(slower.items(), key=lambda row: -row[1]):
        print(f"- {unit}: {ratio:.2f} times NumPy's time")


if __name__ == "__main__":
    main()
