"""Writes Sources/TextPrep/Unicode/UnicodeTables.swift from what this Python's str.lower() does, and AccentTables.swift
from its unicodedata and its `\\w`.

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


def stripped(code):
    """What scikit-learn's strip_accents_unicode makes of a character."""
    return [ord(c) for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c)]


def accent_items():
    """`first..last` of those that vanish; `first..last+delta` of those that become another; `code:a.b` of those that become several."""
    hangul = range(0xAC00, 0xD7A4)  # by rule
    gone = runs(lambda code: stripped(code) == [])
    single, several = [], []
    for code in CODE_POINTS:
        parts = stripped(code)
        if code in hangul or parts in ([], [code]):
            continue
        if len(parts) > 1:
            several.append(f"{code:X}:" + ".".join(f"{part:X}" for part in parts))
        elif single and single[-1][1] == code - 1 and single[-1][2] == parts[0] - code:
            single[-1][1] = code
        else:
            single.append([code, code, parts[0] - code])
    return [span(*run) for run in gone], [span(first, last) + f"{delta:+X}" for first, last, delta in single], several


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
    folder = pathlib.Path(__file__).parents[2] / "Sources" / "TextPrep" / "Unicode"
    folder.mkdir(exist_ok=True)
    (folder / "UnicodeTables.swift").write_text(source, encoding="utf-8")
    print(f"UnicodeTables.swift: {len(lower)} lower-case ranges, {len(cased)} cased, {len(ignorable)} ignorable, {len(source)} bytes")

    words = [span(*run) for run in runs(lambda code: chr(code).isalnum() or chr(code) == "_")]
    gone, single, several = accent_items()
    source = f"""// Written by Tests/Oracles/unicode_tables.py; do not edit.

extension UnicodeTables {{
    /// The code points that Python's regular expressions call `\\w`: letters, digits, other numbers, and the underscore.
    static let words: StaticString = {literal(words)}

    /// Code points that are gone once accents are stripped: the combining ones of the compatibility decomposition are left
    /// out of it.
    static let strippedToNothing: StaticString = {literal(gone)}

    /// Those that become another one: hexadecimal `first..last+delta`.
    static let strippedToOne: StaticString = {literal(single)}

    /// Those that become several: `code:a.b.c`. Hangul syllables, which go by rule, are left out.
    static let strippedToSeveral: StaticString = {literal(several)}
}}
"""
    (folder / "AccentTables.swift").write_text(source, encoding="utf-8")
    print(f"AccentTables.swift: {len(words)} ranges of words, {len(gone) + len(single) + len(several)} of accents, {len(source)} bytes")


main()
