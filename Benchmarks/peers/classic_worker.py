"""scikit-learn, fastText, pandas and NumPy, each at what it is used for: `classic_worker.py sklearn|fasttext|pandas|numpy FOLDER`."""

import os
import re
import sys

LIBRARY, FOLDER = sys.argv[1:]

from worker import MATMUL_SHAPES, VOCABULARY, Data, seconds, serve

data = Data(FOLDER)


def f1(scores_or_labels, binarizer):
    from sklearn.metrics import f1_score

    return f1_score(binarizer.transform(data.tags("test")), scores_or_labels, average="micro")


def sklearn_units():
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer
    from sklearn.svm import LinearSVC

    large = []

    def large_texts():
        if not large:
            large.extend(data.texts("large"))
        return large

    def fit():
        texts, vectorizer = large_texts(), CountVectorizer(max_features=VOCABULARY)
        time, _ = seconds(lambda: vectorizer.fit(texts))
        return {"seconds": time}, {"words": len(vectorizer.vocabulary_)}

    def learn():
        texts, tags, test_texts = data.texts("train"), data.tags("train"), data.texts("test")
        binarizer = MultiLabelBinarizer()

        def work():
            vectorizer = TfidfVectorizer(sublinear_tf=True)
            classifier = OneVsRestClassifier(LinearSVC())
            classifier.fit(vectorizer.fit_transform(texts), binarizer.fit_transform(tags))
            return classifier.predict(vectorizer.transform(test_texts))

        time, predicted = seconds(work)
        return {"seconds": time}, {"micro_f1": f1(predicted, binarizer)}

    import sklearn

    return "scikit-learn", {"tokenizer.fit": fit, "tagger.learn": learn}, {"scikit-learn": sklearn.__version__}


def fasttext_units():
    import importlib.metadata

    import fasttext
    from sklearn.preprocessing import MultiLabelBinarizer

    def words(text):
        return " ".join(re.findall(r"\w+", text.lower()))

    def learn():
        texts, tags, test_texts = data.texts("train"), data.tags("train"), data.texts("test")
        binarizer = MultiLabelBinarizer().fit(tags)
        path = data.path("fasttext.txt")

        def work():
            with open(path, "w") as file:
                for text, names in zip(texts, tags):
                    file.write(" ".join("__label__" + name for name in names) + " " + words(text) + "\n")
            model = fasttext.train_supervised(
                path, loss="ova", lr=0.5, epoch=25, dim=50, wordNgrams=2, thread=len(os.sched_getaffinity(0)), verbose=0)
            found = [model.f.predict(words(text) + "\n", -1, 0.5, "strict") for text in test_texts]
            return [[label.removeprefix("__label__") for _, label in labels] for labels in found]

        time, found = seconds(work)
        return {"seconds": time}, {"micro_f1": f1(binarizer.transform(found), binarizer)}

    return "fastText", {"tagger.learn": learn}, {"fastText": importlib.metadata.version("fasttext-wheel")}


def pandas_units():
    import pandas

    def read():
        time, table = seconds(lambda: pandas.read_csv(data.path("large.csv"), keep_default_na=False))
        return {"seconds": time}, {"rows": len(table)}

    return "pandas", {"csv.scan": read, "csv.strings": read}, {"pandas": pandas.__version__}


def numpy_units():
    import numpy as np
    import threadpoolctl

    def matmul():
        random, times, total = np.random.default_rng(1), {}, 0.0
        for m, k, n in MATMUL_SHAPES:
            a, b = (random.uniform(-1, 1, shape).astype("float32") for shape in ((m, k), (k, n)))
            repeats = max(1, 200_000_000 // (m * k * n))

            def work():
                total = 0.0
                for _ in range(repeats):
                    total += (a @ b)[0, 0]
                return total

            time, part = seconds(work)
            times[f"{m}x{k}x{n}"], total = time / repeats, total + part
        return times, {"finite": bool(np.isfinite(total))}

    blas = [f"OpenBLAS {i['version']}, kernels for {i['architecture']}" for i in threadpoolctl.threadpool_info() if i["user_api"] == "blas"]
    return "NumPy", {"matmul": matmul}, {"NumPy": f"{np.__version__} ({blas[0] if blas else 'other BLAS'})"}


serve(*{"sklearn": sklearn_units, "fasttext": fasttext_units, "pandas": pandas_units, "numpy": numpy_units}[LIBRARY]())
