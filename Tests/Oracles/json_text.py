"""Golden values for JSON: what Python's json module reads, refuses and writes.

Needs nothing but Python. Writes Tests/Fixtures/json_text.json. Run: python Tests/Oracles/json_text.py
"""

import json
import pathlib
import random
import struct

random.seed(20_260_104)

CHARACTERS = list("abcXYZ 0123 \"\\/\b\f\n\r\t\x00\x1f\x7f") + [
    "\x80", "é", "e\u0301", "ß", "İ", "Σ", "\u2028", "中", "\ufeff", "\uffff", "😀", "\U0010ffff"]


def text():
    return "".join(random.choices(CHARACTERS, k=random.choice([0, 1, 2, 5, 9])))


def number():
    kind = random.randrange(6)
    if kind == 0:
        return random.randint(-(2**63), 2**63 - 1)
    if kind == 1:
        return random.randint(-1000, 1000)
    if kind == 2:
        return random.choice([0.0, -0.0, 1e16, 1e22, 1e-4, 1e-5, 1e-7, 2.0**53, 2.0**53 + 2, 9.5e15, 9999999999999998.0,
                              5e-324, 1.7976931348623157e308, 0.1, 1 / 3, 123456789.125])
    if kind == 3:
        return random.gauss(0, 1) * 10.0 ** random.randint(-8, 20)
    if kind == 4:
        return struct.unpack("<f", struct.pack("<f", random.gauss(0, 1)))[0]
    value = struct.unpack("<d", random.randbytes(8))[0]
    return value if value == value and abs(value) != float("inf") else 0.5


def value(depth):
    kind = random.randrange(8 if depth > 0 else 5)
    if kind <= 1:
        return number()
    if kind <= 3:
        return text()
    if kind == 4:
        return random.choice([None, True, False])
    if kind <= 6:
        return {text(): value(depth - 1) for _ in range(random.choice([0, 1, 3, 5]))}
    return [value(depth - 1) for _ in range(random.choice([0, 1, 2, 4]))]


def damaged(document):
    """The document with a few characters removed, doubled or swapped for others."""
    for _ in range(random.choice([1, 1, 2])):
        if document:
            at = random.randrange(len(document))
            document = document[:at] + random.choice(["", document[at] * 2, *'{}[],:"\\ 0-+.eEutfnN1\n\x01']) + document[at + 1:]
    return document


SPELLINGS = [
    "1e400", "-1e400", "1E5", "1e+5", "1e-5", "01", "-", "-0", "-0.0", "+1", ".5", "5.", "1e", "1e+", "0x10", "1_000", "١", "NaN", "nan",
    "Infinity", "-Infinity", "-NaN", "inf", "true", "True", "nul", "nulls", "'a'", '"a', '"\\x"', '"\\u12"', '"\\u00e9"', '"\\uD83D\\uDE00"',
    '"\t"', '"\x7f"', "[1,]", "[,1]", '{"a":1,}', '{"a"}', "{a:1}", "{1:1}", '{"a":1 "b":2}', '{"a":1,"a":2,"b":3}', '{"é":1,"e\u0301":2}',
    "", " ", "\ufeff1", "1 2", "[1]]", " [ 1 , 2 ] ", "\u00a01", "\x0b1", "/* */1", "[1] // x", '"\\/"', '"\\\n"', "123456789012345678901234567890",
    "-9223372036854775808", "9223372036854775808", "9223372036854775807", "[" * 150 + "]" * 150,
]


def read(document):
    """None when Python refuses it; else what it reads, written again."""
    try:
        return json.dumps(json.loads(document))
    except ValueError:
        return None


def is_pythons_own(document):
    """Whether it holds lone surrogates or integers beyond 64 bits, whose tests stand in Swift."""
    integers = []

    def integer(digits):
        integers.append(int(digits))
        return 0

    try:
        json.dumps(json.loads(document, parse_int=integer), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return any(not -(2**63) <= i < 2**63 for i in integers)


def reading():
    document = json.dumps(value(2), ensure_ascii=random.random() < 0.5, indent=random.choice([None, None, 1]))
    return damaged(document) if random.random() < 0.7 else document


def cases():
    rows = []
    for document in SPELLINGS + [reading() for _ in range(1500)]:
        again = read(document)
        if again is None or not is_pythons_own(document):
            rows.append([document, again])
    return rows


def main():
    written = [value(4) for _ in range(700)]
    fixture = {
        "read": cases(),
        "written": [[json.dumps(v), json.dumps(v, ensure_ascii=False, separators=(",", ":")), json.dumps(v, ensure_ascii=False, indent=2)]
                    for v in written],
        "numbers": [repr(n) for n in (number() for _ in range(3000)) if isinstance(n, float)],
    }
    path = pathlib.Path(__file__).parent.parent / "Fixtures" / "json_text.json"
    path.write_text(json.dumps(fixture), encoding="utf-8")
    refused = sum(again is None for _, again in fixture["read"])
    print(f"{path.name}: {len(fixture['read'])} documents read ({refused} refused), {len(written)} written, {path.stat().st_size} bytes")


main()
