"""Shows what compare.py measured.

    python report.py RESULTS.json                           prints the table
    python report.py RESULTS.json --details README.md       puts it between that file's markers, too
    python report.py RESULTS.json --readme README.md        puts its main rows between that file's markers, too
    python report.py RESULTS.json --chart chart.svg         draws them, too

The table is Markdown. Each cell has a time and, in parentheses, how many times Hornet's it is.
"""

import argparse
import json
import re

import chart

NETWORKS = ["Keras on TensorFlow", "Keras on JAX", "PyTorch", "PyTorch compiled"]
# Unit, key of the time, what the table calls it, and whether it is a main row.
ROWS = [
    ("dnn.train", "seconds", "Train the dense network, one epoch", True),
    ("lstm.train", "seconds", "Train the LSTM, one epoch", True),
    ("lstm_masked.train", "seconds", "Train the LSTM, padding masked, one epoch", True),
    ("tagger.learn", "seconds", "Texts to a trained tagger", True),
    ("dnn.predict", "seconds", "Score {test} texts, dense", True),
    ("lstm.predict", "seconds", "Score {test} texts, LSTM", True),
    ("lstm_masked.predict", "seconds", "Score {test} texts, LSTM, masked", False),
    ("dnn.single", "p50", "Score one text, dense, median", True),
    ("dnn.single", "p99", "Score one text, dense, 99th percentile", False),
    ("lstm.single", "p50", "Score one text, LSTM, median", True),
    ("lstm.single", "p99", "Score one text, LSTM, 99th percentile", False),
    ("lstm_masked.single", "p50", "Score one text, LSTM, masked, median", False),
    ("dnn.tags", "p50", "From one raw text to its tags, median", True),
    ("dnn.tags", "p99", "From one raw text to its tags, 99th percentile", False),
    ("model.load", "seconds", "Load a model", False),
    ("tagger.load", "seconds", "Load a model and its tokenizer", False),
    ("first_prediction", "seconds", "From the start of a process to its first tags", True),
    ("tokenizer.fit", "seconds", "Fit the tokenizer on 100 MB", True),
    ("tokenizer.encode", "seconds", "Encode 100 MB", True),
    ("csv.scan", "seconds", "Open a CSV file of 100 MB", True),
    ("csv.strings", "seconds", "The same, every field made a string", False),
]


def shown(seconds):
    for unit, scale in (("s", 1), ("ms", 1e-3)):
        if seconds >= scale:
            break
    else:
        unit, scale = "µs", 1e-6
    value = seconds / scale
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:#.3g} {unit}"


def ratio(value, base):
    times = value / base
    return f"{times:,.0f}" if times >= 10 else f"{times:.1f}"


def rows(results):
    """(title, is a main row, {library: seconds}, {library: micro-F1}) of what was measured."""
    units = results["units"]
    for unit, key, title, is_main in ROWS:
        if unit not in units:
            continue
        times = {name: answer["times"][key] for name, answer in units[unit].items()}
        quality = {n: a["proof"]["micro_f1"] for n, a in units[unit].items() if "micro_f1" in a["proof"]}
        yield title.format(test=test_count(units)), is_main, times, quality
    for shape in next(iter(units.get("matmul", {}).values()), {"times": {}})["times"]:
        times = {name: answer["times"][shape] for name, answer in units["matmul"].items()}
        yield f"Product of matrices {shape.replace('x', ' × ')}", False, times, {}


def test_count(units):
    shapes = [a["proof"]["shape"] for unit in units if unit.endswith(".predict") for a in units[unit].values()]
    return f"{shapes[0][0]:,}" if shapes else "all test"


def table(results, only_main=False):
    lines = ["| | Hornet | " + " | ".join(NETWORKS) + " | Others |", "|---|--:|" + "--:|" * len(NETWORKS) + "---|"]
    for title, is_main, times, quality in rows(results):
        if only_main and not is_main:
            continue

        def cell(name):
            if name not in times:
                return ""
            text = shown(times[name])
            if name != "Hornet":
                text += f" ({ratio(times[name], times['Hornet'])})"
            return text + (f", F1 {quality[name]:.3f}" if name in quality else "")

        others = [f"{name} {cell(name)}" for name in times if name not in NETWORKS + ["Hornet"]]
        cells = [f"**{cell('Hornet')}**"] + [cell(name) for name in NETWORKS] + ["; ".join(others)]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def setting(results):
    threads = results["threads"]
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items() if name != "OpenBLAS")
    rounds = max(len(answer["samples"]) for unit in results["units"].values() for answer in unit.values())
    return (
        f"Medians of up to {rounds} alternating runs, {results['date']}; {results['processor']}; "
        f"{threads} processor{'s' if threads > 1 else ''} for everyone; {results['corpus']}. "
        f"Hornet with {results['versions']['OpenBLAS']}; Python {results['python']}, {versions}."
    )


def put_between_markers(path, text):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    pattern = re.compile(r"(<!-- peers -->\n).*?(<!-- /peers -->)", re.S)
    if not pattern.search(page):
        raise SystemExit(f"{path} lacks <!-- peers --> and <!-- /peers -->")
    with open(path, "w", encoding="utf-8") as file:
        file.write(pattern.sub(lambda found: found[1] + text + "\n" + found[2], page))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--details")
    parser.add_argument("--readme")
    parser.add_argument("--chart")
    arguments = parser.parse_args()
    with open(arguments.results) as file:
        results = json.load(file)
    foot = "\n\n" + setting(results)
    print(table(results) + foot)
    if arguments.details:
        put_between_markers(arguments.details, table(results) + foot)
    if arguments.readme:
        put_between_markers(arguments.readme, table(results, only_main=True) + foot)
    if arguments.chart:
        charted = [(title, times) for title, is_main, times, _ in rows(results) if is_main]
        with open(arguments.chart, "w", encoding="utf-8") as file:
            file.write(chart.svg(charted, shown))


if __name__ == "__main__":
    main()
