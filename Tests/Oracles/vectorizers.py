"""Writes Tests/Fixtures/vectorizers.json: scikit-learn's text vectorizers over random texts of many scripts.

Needs scikit-learn 1.9 and Python 3.11 (Unicode 14.0). Run: python Tests/Oracles/vectorizers.py
A number behind it makes so many cases instead of the 1200 that are checked in.
"""

import random
import sys
import warnings

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

from arrays import number, write

warnings.simplefilter("ignore")
random.seed(20_260_812)

WORDS = ["the", "The", "THE", "economy", "Economy", "is", "a", "I", "x", "b2b", "snake_case", "don't", "word", "words", "it", "of", "on", "3", "42", "4.5",
         "naïve", "NAÏVE", "café", "cafe\u0301", "ÉCOLE", "straße", "STRASSE", "ẞ", "ΟΔΟΣ", "ὈΔΥΣΣΕΎΣ", "İstanbul", "ISTANBUL", "ﬁne", "ﷺ", "½", "x²", "Ⅷ",
         "привет", "ПРИВЕТ", "ёлка", "й", "שלום", "مرحبا", "हिन्दी", "中文", "日本語", "が", "ガ", "한국어", "각", "\u1112\u1161\u11ab", "😀", "e\u0301", "\u0301", "ǆ",
         "ｆｕｌｌ", "𝔘𝔫𝔦", "\U0001d7d8\U0001d7d9", "a\u200db", "soft\u00adhyphen", "q\u0323\u0307", "\u2126", "\u212b", "\u3300", "ŀ", "aaaaaaaaaaaaaaaaaaaaaaaaa"]
GAPS = [" ", " ", " ", " ", " ", "  ", ", ", ". ", "-", "\n", "\r\n", "\t", "\u00a0", "\u2003", "\u3000", "\x1c", "\x85", "_", "", "/", "’", "\x00"]
CHARACTERS = [chr(c) for block in [(0x20, 0x250), (0x250, 0x700), (0x900, 0xA00), (0x1C80, 0x2200), (0x2460, 0x24FF), (0x3040, 0x3400), (0xA640, 0xA800),
                                   (0xAC00, 0xAC40), (0xF900, 0xFB10), (0xFE30, 0xFF70), (0x10400, 0x10440), (0x1D400, 0x1D460), (0x1F100, 0x1F170)]
              for c in range(*block)]


def text(words):
    if random.random() < 0.12:
        return "".join(random.choices(CHARACTERS, k=random.randint(0, 14)))
    return "".join(random.choice(words) + random.choice(GAPS) for _ in range(random.choice([0, 1, 2, 4, 7, 12])))


def texts(words, counts):
    return [text(words) for _ in range(random.choice(counts))]


def by_spaces(text):
    return text.split(" ")


def analysis():
    """What all vectorizers have, in scikit-learn's names; functions are named by strings."""
    first = random.choice([1, 1, 1, 2, 3])
    values = dict(
        lowercase=random.random() < 0.8, strip_accents=random.choice([None, None, "ascii", "unicode"]),
        analyzer=random.choice(["word"] * 6 + ["char", "char_wb", "custom"]), token_pattern=random.choice(["words"] * 5 + ["wordsAndLetters", "custom"]),
        ngram_range=[first, first + random.choice([0, 0, 1, 2])],
        stop_words=random.choice([[], [], ["the", "is", "of"], ["a", "café", "word", "3"]]), binary=random.random() < 0.2)
    return values


def arguments(values):
    patterns = {"words": r"(?u)\b\w\w+\b", "wordsAndLetters": r"(?u)\b\w+\b", "custom": None}
    result = dict(values)
    result["token_pattern"] = patterns[values["token_pattern"]]
    if values["token_pattern"] == "custom":
        result["tokenizer"] = by_spaces
    if values["analyzer"] == "custom":
        result["analyzer"] = by_spaces
    result["ngram_range"] = tuple(values["ngram_range"])
    result["stop_words"] = values["stop_words"] or None
    return result


def rows(matrix):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    return {"starts": [int(k) for k in matrix.indptr], "columns": [int(k) for k in matrix.indices], "values": [number(v) for v in matrix.data]}


def cuts_a_tie(settings, documents):
    """Whether max_features has to choose between features of equal count: then anything may happen."""
    free = CountVectorizer(**{**arguments(settings), "max_features": None}).fit_transform(documents)
    totals = np.sort(np.asarray(free.sum(axis=0)).ravel())[::-1]
    limit = settings["max_features"]
    return len(totals) > limit and totals[limit - 1] == totals[limit]


def case():
    words = random.sample(WORDS, random.choice([3, 8, 20, len(WORDS)]))
    settings = analysis()
    settings.update(
        max_df=random.choice([1.0, 1.0, 1.0, 0.5, 0.75, 2, 3]), min_df=random.choice([1, 1, 1, 2, 0.25, 0.5]),
        max_features=random.choice([None, None, None, 1, 3, 10]))
    weights = dict(norm=random.choice(["l2", "l2", "l1", None]), use_idf=random.random() < 0.8, smooth_idf=random.random() < 0.7,
                   sublinear_tf=random.random() < 0.4)
    documents, others = texts(words, [1, 2, 3, 5, 8]), texts(words, [0, 1, 3])
    vocabulary = random.sample(words + ["the economy", "economy is", "the", "中文 日本語", "e", " t", "the  economy", ""], 6) if random.random() < 0.1 else None
    result = {"settings": settings, "weights": weights, "texts": documents, "others": others}
    if vocabulary:
        vocabulary = list(dict.fromkeys(vocabulary))
        settings["vocabulary"] = vocabulary
    try:
        if settings["max_features"] and not vocabulary and cuts_a_tie(settings, documents):
            settings["max_features"] = None
        counter = CountVectorizer(**arguments(settings))
        counts = counter.fit_transform(documents)
        weigher = TfidfVectorizer(**arguments(settings), **weights)
        tfidf = weigher.fit_transform(documents)
    except ValueError as error:
        return {**result, "error": str(error)}
    if not np.isfinite(tfidf.data).all():
        return None
    names = [str(name) for name in counter.get_feature_names_out()]
    result.update(names=names, counts=rows(counts), tfidf=rows(tfidf))
    if not any(name.endswith("\0") for name in names):  # which NumPy's arrays of strings take for their end
        result["inverse"] = [[str(w) for w in row] for row in counter.inverse_transform(counts)]
    if weights["use_idf"]:
        result["idf"] = [float(v) for v in weigher.idf_]
        if not np.isfinite(weigher.idf_).all():
            return None
    if others:
        result.update(otherCounts=rows(counter.transform(others)), otherTfidf=rows(weigher.transform(others)))
    return result


def hashing():
    settings = analysis()
    more = dict(n_features=random.choice([1, 7, 64, 1000, 2**20, 2**31 - 1]), norm=random.choice(["l2", "l1", None]), alternate_sign=random.random() < 0.6)
    documents = texts(WORDS, [1, 2, 4])
    result = rows(HashingVectorizer(**arguments(settings), **more).transform(documents))
    return {"settings": settings, "hashing": more, "texts": documents, "rows": result}


count = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
cases = [found for found in (case() for _ in range(count)) if found and ("error" not in found or random.random() < 0.2)]
write("vectorizers.json", {"cases": cases, "hashing": [hashing() for _ in range(count // 4)]})
print(len(cases), "cases,", sum("error" in c for c in cases), "errors")
