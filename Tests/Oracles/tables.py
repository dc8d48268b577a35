"""Golden values for Table: what Python's csv module reads and pandas prints.

Needs pandas. Writes Tests/Fixtures/tables.json. Run: python Tests/Oracles/tables.py
"""

import csv
import io
import json
import pathlib
import random

import pandas as pd

random.seed(20_260_101)
csv.field_size_limit(1 << 30)

PIECES = ["a", "bc", "word", "1.5", " ", "\t", '"', '""', ",", ";", "|", "\n", "\r\n", "é", "e\u0301", "ß", "中文",
          "😀",
          "\u00a0", "\u2028", "\u0000", "'", "\\", "İ", "\u0085"]


def cell():
    shape = random.random()
    if shape < 0.15:
        return ""
    return "".join(random.choices(PIECES, k=random.randint(1, 2 if shape < 0.4 else 12)))


def name(taken):
    while True:
        text = "".join(random.choices(PIECES, k=random.randint(1, 3)))
        if text not in taken:
            return text


def quoted(text, separator, style):
    if style == "all" or (style == "some" and random.random() < 0.5) or any(c in text for c in separator + '"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def well_formed():
    """A table as any writer could have put it down, and what a reader must see."""
    width = random.randint(1, 5)
    names = []
    for _ in range(width):
        names.append(name(names))
    rows = [[cell() for _ in range(width)] for _ in range(random.randint(0, 6))]
    separator = random.choice([",", ",", ";", "\t", "|"])
    style = random.choice(["minimal", "all", "some"])
    end = random.choice(["\n", "\r\n"])
    text = random.choice(["", "\ufeff"])
    lines = []
    for row in [names] + rows:
        line = separator.join(quoted(field, separator, style) for field in row)
        lines.append(line if line else '""')
        if random.random() < 0.1:
            lines.append("")
    text += end.join(lines) + random.choice(["", end, end + end])
    return {"text": text, "separator": separator, "names": names, "rows": rows}


def read_strictly(text):
    """What a strict reader makes of any text: its rows, or the line of the first error (0: not known)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, before = [], 0
    while True:
        before = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            return {"line": 0 if "unexpected end" in str(error) else reader.line_num}
        if not row:
            continue
        if rows and len(row) != len(rows[0]):
            return {"line": before + 1}
        rows.append(row)
    return {"rows": rows} if rows else {"line": 1}


def hostile():
    tokens = ["a", "b", '"', '"', '""', ",", ",", "\n", "\r\n", "é", " "]
    text = "".join(random.choices(tokens, k=random.randint(0, 14)))
    return {"text": text, **read_strictly(text)}


def printed():
    width = random.randint(1, 4)
    names = []
    for _ in range(width):
        names.append(random.choice(["text", "tags", "id", "label column", "überschrift", "n" * 55, "日本語",
                                    "tab\tname"])
                     + random.choice(["", "", str(len(names))]))
        while names.count(names[-1]) > 1:
            names[-1] += "x"
    count = random.choice([1, 3, 5, 5, 11, 60, 61, 75] if random.random() < 0.2 else [1, 2, 3, 5])
    long = ["The economy is seeing a shift due to new tech", "x" * 45, "x" * 49, "x" * 50, "x" * 51,
            "naïve café " * 9]
    rows = [[cell() if random.random() < 0.7 else random.choice(long) for _ in range(width)] for _ in range(count)]
    frame = pd.DataFrame(rows, columns=pd.Index(names, dtype=object), dtype=object)
    cut = count > 60
    text = frame.to_string(max_rows=60, min_rows=10, max_colwidth=50, show_dimensions=cut)
    return {"names": names, "rows": rows, "printed": text}


golden = {
    "wellFormed": [well_formed() for _ in range(1500)],
    "hostile": [hostile() for _ in range(6000)],
    "printed": [printed() for _ in range(250)],
}

for case in golden["wellFormed"]:
    text = case["text"].removeprefix("\ufeff")
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=case["separator"]) if row]
    assert rows == [case["names"]] + case["rows"], (rows, case)

path = pathlib.Path(__file__).parent.parent / "Fixtures" / "tables.json"
path.write_text(json.dumps(golden, separators=(",", ":")))
print(path.stat().st_size, sum("rows" in case for case in golden["hostile"]))
