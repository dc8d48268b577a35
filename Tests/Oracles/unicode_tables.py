"""Writes Sources/TextPrep/Unicode/UnicodeTables.swift from what this Python's str.lower() does.

Needs Python 3.11 (Unicode 14.0), whose results the tokenizer gives. Run: python Tests/Oracles/unicode_tables.py
"""

import pathlib
import sys
import textwrap
import unicodedata

CODE_POINTS = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def lowercase_ranges():
    """`[first, last, step, delta]`: every step-th code point from first to last moves by delta."""
    ranges = []
    for code in CODE_POINTS:
        lower = chr(code).lower()
        # The capital sigma and the dotted capital I have rules of their own.
        if lower == chr(code) or code in (0x3A3, 0x130):
            continue
        assert len(lower) == 1, hex(code)
        delta = ord(lower) - code
        if ranges:
            first, last, step, last_delta = ranges[-1]
            gap = code - last
            if delta == last_delta and (gap == step or (first == last and gap in (1, 2))):
                ranges[-1] = [first, code, gap, delta]
                continue
        ranges.append([code, code, 1, delta])
    return ranges


def is_cased(code):
    """Cased and not ignorable: the sigma after it is final."""
    return (chr(code) + "Σ").lower().endswith("ς")


def is_ignorable(code):
    """Case-ignorable: the sigma rule looks through it."""
    return ("A" + chr(code) + "Σ").lower().endswith("ς") and not is_cased(code)


def runs(has_property):
    """`[first, last]` of each run of code points with the property; surrogates belong to no run."""
    result = []
    for code in CODE_POINTS:
        if has_property(code):
            if result and result[-1][1] == code - 1:
                result[-1][1] = code
            else:
                result.append([code, code])
    return result


def span(first, last):
    return f"{first:X}" if first == last else f"{first:X}..{last:X}"


def literal(items):
    lines = textwrap.wrap(" ".join(items), 110, break_on_hyphens=False)
    return '"""\n' + "".join(f"        {line}\n" for line in lines) + '        """'


def main():
    assert sys.version_info[:2] == (3, 11), "the tables are those of Python 3.11"
    lower = [span(first, last) + ("/2" if step == 2 else "") + f"{delta:+X}" for first, last, step, delta in lowercase_ranges()]
    cased = [span(*run) for run in runs(is_cased)]
    ignorable = [span(*run) for run in runs(is_ignorable)]
    source = f"""// Written by Tests/Oracles/unicode_tables.py; do not edit.

/// What Python 3.11's `str.lower()` knows of Unicode {unicodedata.unidata_version}, as text that ``CaseTable`` unfolds.
enum UnicodeTables {{
    static let version = "{unicodedata.unidata_version}"

    /// Code points whose lower-case form is another: hexadecimal `first..last/step+delta`.
    static let lowercase: StaticString = {literal(lower)}

    /// Code points that are cased and not case-ignorable.
    static let cased: StaticString = {literal(cased)}

    /// Code points that are case-ignorable.
    static let ignorable: StaticString = {literal(ignorable)}
}}
"""
    path = pathlib.Path(__file__).parents[2] / "Sources" / "TextPrep" / "Unicode" / "UnicodeTables.swift"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    print(f"{path.name}: {len(lower)} lower-case ranges, {len(cased)} cased, {len(ignorable)} ignorable, {len(source)} bytes")


main()
