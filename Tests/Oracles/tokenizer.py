"""Golden values for Tokenizer: Keras' own, over texts of many scripts.

Needs keras 3.15 and Python 3.11 (Unicode 14.0). Writes Tests/Fixtures/tokenizer.json, tokenizer_documents.json and
tokenizer_long.json.
Run: python Tests/Oracles/tokenizer.py
With --check it writes nothing: it reads the documents of tokenizer_documents.json, which the Swift tests compare byte for
byte with what Hornet writes, with Keras' tokenizer_from_json, and compares their results with freshly fitted tokenizers.
"""

import json
import pathlib
import random
import sys
import zlib

from keras.src.legacy.preprocessing.text import Tokenizer, hashing_trick, text_to_word_sequence, tokenizer_from_json

FIXTURES = pathlib.Path(__file__).parent.parent / "Fixtures"
DEFAULT_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
MODES = ["binary", "count", "freq", "tfidf"]

random.seed(20_260_105)

SIGMAS = ["ΟΔΟΣ", "ΣΑΣ", "Σ", "AΣ.", "AΣ.B", "ΑΣ'", "ΑΣ'Β", "Α\u0301Σ", "ΑΣ\u0301", "ΑΣ\u00adΒ", "1Σ", "ǅΣ", "ʰΣ", "Α\u0345Σ", "ΑΣ·Β", "ΣΣΣ", ".Σ."]
SPECIAL = ["İstanbul", "İ", "ISTANBUL", "I\u0307", "ẞ", "ß", "K", "Å", "Ⱥ", "ǅ", "Ǆ", "ﬁ", "Ω", "ϴ", "Ⅷ", "Ⓐ", "𐐀𐐁", "Ა", "Ꭰ", "ꭰ", "𞤀", "Ⴀ", "Ӏ", "Ա"]
WORDS = ["the", "The", "THE", "economy", "nasa's", "word\r", "e\u0301", "é", "É", "E\u0301", "a\u00a0b", "\u3000", "中文", "日本語", "한국어", "\u1112\u1161\u11ab",
         "привет", "ПРИВЕТ", "שלום", "مرحبا", "हिन्दी", "😀", "👩\u200d💻", "🇩🇪", "a\x00b", "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff",
         "\U0010ffff", "“quoted”", "don’t", "x" * 7, "x" * 8, "x" * 9, "x" * 16, "y" * 17, "Z" * 40, "x" * 8 + "\x00", "\x00" * 8, "a", "B", "o", "aa", "1", "42"]
GAPS = [" ", " ", " ", "  ", ", ", ". ", "\n", "\r\n", "\t", "-", "", "\u00a0", "; ", "ab", "(", "¿", "…"]
FILTERS = [DEFAULT_FILTERS, DEFAULT_FILTERS, DEFAULT_FILTERS, "", "aeiou", "AEIOU", "i", "\u0307", "i\u0307", "ς", "σΣ", "é", "中😀", "\x00", "\n\t.-", "“”…’\u00a0", "k"]
SPLITS = [" ", " ", " ", " ", " ", "ab", "\u00a0", "中", "--", "aa", "A", "\n", "-", "\r\n", "é", "e\u0301", "  ", "x"]
PIECES = SIGMAS + SPECIAL + WORDS
CHARACTERS = [chr(c) for block in [(0x20, 0x250), (0x250, 0x600), (0x1C80, 0x2200), (0x2C00, 0x2E00), (0xA640, 0xA800), (0x10400, 0x10600)]
              for c in range(*block)]


def text(pieces):
    if random.random() < 0.15:
        return "".join(random.choices(CHARACTERS, k=random.randint(0, 12)))
    return "".join(random.choice(pieces) + random.choice(GAPS) for _ in range(random.choice([0, 1, 2, 4, 8])))


def texts(pieces, lists):
    count = random.choice([0, 1, 2, 3, 5])
    if lists:
        return [random.choices(pieces + [""], k=random.randint(0, 5)) for _ in range(count)]
    return [text(pieces) for _ in range(count)]


def settings():
    values = dict(
        num_words=random.choice([None, None, 0, 1, 2, 3, 5, 10, 100]), filters=random.choice(FILTERS), lower=random.random() < 0.8,
        split=random.choice(SPLITS), char_level=random.random() < 0.1, oov_token=random.choice([None, None, "<OOV>", "the", "a", ""]))
    if values["char_level"] and random.random() < 0.3:
        values["split"] = ""
    return values


def id_sequences(limit):
    return [[random.randint(0, limit) for _ in range(random.choice([0, 1, 3, 6]))] for _ in range(random.randint(0, 3))]


def state(tokenizer):
    """Words in counting order with count, documents and id; the order of the index; what is keyed by ids."""
    return {
        "counts": [[w, c] for w, c in tokenizer.word_counts.items()],
        "docs": [tokenizer.word_docs[w] for w in tokenizer.word_counts],
        "index": [[w, i] for w, i in tokenizer.word_index.items()],
        "index_docs": [[i, tokenizer.index_docs[i]] for i in sorted(tokenizer.index_docs)],
        "document_count": tokenizer.document_count,
    }


def case(number):
    pieces = random.sample(PIECES, random.choice([3, 8, 15]))
    values = settings()
    lists = random.random() < 0.15
    tokenizer = Tokenizer(**values)
    steps = [texts(pieces, lists) or ([["a"]] if lists else ["a"])]
    tokenizer.fit_on_texts(steps[0])
    # Keras can't encode with a token that has no id yet, so that there is always a first fit.
    if random.random() < 0.2:
        steps.append(texts(pieces, lists))
        tokenizer.fit_on_texts(steps[1])
    row = {"settings": values, "lists": lists, "fits": steps}
    if random.random() < 0.15:
        row["fit_sequences"] = id_sequences(12)
        tokenizer.fit_on_sequences(row["fit_sequences"])
    row |= state(tokenizer)
    row["texts"] = texts(random.sample(PIECES, 3) + pieces, lists)
    row["sequences"] = tokenizer.texts_to_sequences(row["texts"])
    row["ids"] = id_sequences(len(tokenizer.word_index) + 2)
    row["back"] = tokenizer.sequences_to_texts(row["ids"])
    if number % 4 == 0 and (tokenizer.num_words or tokenizer.word_index):
        row["matrices"] = {mode: tokenizer.sequences_to_matrix(row["ids"], mode).tolist() for mode in MODES}
    if number % 8 == 0:
        # Keras leaves these two in the order of Python's sets, which differs from run to run.
        tokenizer.word_docs = dict(sorted(tokenizer.word_docs.items()))
        tokenizer.index_docs = dict(sorted(tokenizer.index_docs.items()))
        row["json"] = tokenizer.to_json()
    return row


def split_case():
    values = settings()
    arguments = dict(filters=values["filters"], lower=values["lower"], split=values["split"] or " ")
    seen = text(PIECES)
    return {"text": seen, **arguments, "words": text_to_word_sequence(seen, **arguments),
            "hashed": hashing_trick(seen, 1000, hash_function="md5", **arguments)}


def lowercase_checksums():
    """CRC-32 of every 4096 code points in lower case: alone, and wherever the sigma rule can look at them."""
    sums = []
    for block in range(0, 0x110000, 4096):
        lowered = []
        for code in range(block, block + 4096):
            if not 0xD800 <= code < 0xE000:
                c = chr(code)
                lowered += [s.lower() for s in (c, c + "Σ", "A" + c + "Σ", "AΣ" + c, "AΣ" + c + "B")]
        sums.append(zlib.crc32("\n".join(lowered).encode()))
    return sums


def document(values, fits):
    """A fitted tokenizer as Hornet writes it: Keras' document, with the two maps that Keras leaves unordered in order."""
    tokenizer = Tokenizer(**values)
    for step in fits:
        tokenizer.fit_on_texts(step)
    tokenizer.word_docs = {w: tokenizer.word_docs[w] for w in tokenizer.word_counts}
    tokenizer.index_docs = dict(sorted(tokenizer.index_docs.items()))
    return tokenizer.to_json()


def documents():
    rows = []
    while len(rows) < 60:
        values, pieces = settings(), random.sample(PIECES, 12)
        fits = [[text(pieces) for _ in range(4)] for _ in range(random.choice([1, 1, 2]))]
        seen = [text(PIECES) for _ in range(3)]
        tokenizer = tokenizer_from_json(document(values, fits))
        rows.append({"settings": values, "fits": fits, "texts": seen, "sequences": tokenizer.texts_to_sequences(seen), "json": document(values, fits)})
    return rows


def long_case():
    """Texts of several thousand bytes, as pieces and what follows each of them; results as CRC-32."""
    pieces = random.sample(PIECES, 12) + ["w" * n for n in random.sample(range(1, 20), 6)] + [chr(random.randint(97, 122)) * n for n in (3000, 70)]
    pieces += ["".join(random.choices("abcXYZ'é中", k=random.randint(1, 20))) for _ in range(60)]
    weights = [1] * 18 + [0.05, 0.3] + [1] * 60
    values = settings()
    if random.random() < 0.7:
        values |= dict(filters=DEFAULT_FILTERS, split=" ", char_level=False)
    recipes = []
    for _ in range(12):
        count = random.choice([0, 1, 30, 700, 1500])
        recipes.append([random.choices(range(len(pieces)), weights, k=count), random.choices(range(len(GAPS)), k=count)])
    seen = ["".join(pieces[p] + GAPS[g] for p, g in zip(*recipe)) for recipe in recipes]
    tokenizer = Tokenizer(**values)
    tokenizer.fit_on_texts(seen[:8])
    words = [f"{w} {i} {tokenizer.word_counts.get(w, 0)} {tokenizer.word_docs.get(w, 0)}" for w, i in tokenizer.word_index.items()]
    return {"settings": values, "pieces": pieces, "gaps": GAPS, "recipes": recipes, "words": len(words),
            "vocabulary": zlib.crc32("\n".join(words).encode()),
            "sequences": [[len(s), zlib.crc32(" ".join(map(str, s)).encode())] for s in tokenizer.texts_to_sequences(seen)]}


def check():
    rows = json.loads((FIXTURES / "tokenizer_documents.json").read_text(encoding="utf-8"))
    for row in rows:
        loaded, fresh = tokenizer_from_json(row["json"]), Tokenizer(**row["settings"])
        for step in row["fits"]:
            fresh.fit_on_texts(step)
        assert list(loaded.word_index.items()) == list(fresh.word_index.items())
        assert list(loaded.word_counts.items()) == list(fresh.word_counts.items())
        assert (loaded.word_docs, loaded.index_docs, loaded.index_word) == (fresh.word_docs, fresh.index_docs, fresh.index_word)
        assert loaded.document_count == fresh.document_count
        assert loaded.texts_to_sequences(row["texts"]) == fresh.texts_to_sequences(row["texts"]) == row["sequences"]
        for mode in MODES:
            assert (loaded.texts_to_matrix(row["texts"], mode) == fresh.texts_to_matrix(row["texts"], mode)).all()
    print(f"Keras reads {len(rows)} documents")


def write(name, value):
    path = FIXTURES / name
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"{name}: {path.stat().st_size} bytes")


def main():
    if "--check" in sys.argv:
        return check()
    write("tokenizer.json", {"cases": [case(number) for number in range(800)], "splits": [split_case() for _ in range(1500)],
                             "lowercase": lowercase_checksums()})
    write("tokenizer_documents.json", documents())
    write("tokenizer_long.json", [long_case() for _ in range(12)])
    check()


main()
