"""Trains the tutorial's DNN tagger in Keras on Reuters-21578 (ModApte split, 90 topics) and prints the micro- and macro-F1 on
the test documents for some seeds: the reference for Examples' DNNTagger.

Needs keras 3 with any backend, the legacy tokenizer of tensorflow, scikit-learn, and the distribution's archive:
    python Tests/Oracles/reuters_f1.py reuters21578.tar.gz [SEEDS]
"""

import html
import os
import re
import sys
import tarfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras.src.legacy.preprocessing.text import Tokenizer
from sklearn.metrics import f1_score
from sklearn.preprocessing import MultiLabelBinarizer


def documents(path):
    """Yields (split, topics, text) of every document with TOPICS="YES"."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if not member.name.endswith(".sgm"):
                continue
            data = archive.extractfile(member).read().decode("latin-1")
            for block in re.findall(r"<REUTERS(.*?)</REUTERS>", data, re.S):
                head = block[: block.index(">")]
                if 'TOPICS="YES"' not in head:
                    continue
                split = re.search(r'LEWISSPLIT="([^"]*)"', head).group(1)
                topics = re.findall(r"<D>(.*?)</D>", re.search(r"<TOPICS>(.*?)</TOPICS>", block, re.S).group(1))
                parts = [re.search(rf"<{tag}>(.*?)</{tag}>", block, re.S) for tag in ("TITLE", "BODY")]
                yield split, topics, html.unescape("\n".join(p.group(1) for p in parts if p))


def main():
    every = list(documents(sys.argv[1]))
    seen = {split: {t for s, topics, _ in every if s == split for t in topics} for split in ("TRAIN", "TEST")}
    common = seen["TRAIN"] & seen["TEST"]
    sets = {}
    for split in ("TRAIN", "TEST"):
        kept = [([t for t in topics if t in common], text) for s, topics, text in every if s == split]
        sets[split] = [(topics, text) for topics, text in kept if topics]
    print(len(common), "topics,", len(sets["TRAIN"]), "train,", len(sets["TEST"]), "test")
    binarizer = MultiLabelBinarizer()
    y = binarizer.fit_transform([topics for topics, _ in sets["TRAIN"]]).astype("float32")
    y_test = binarizer.transform([topics for topics, _ in sets["TEST"]])
    tokenizer = Tokenizer(num_words=10_000)
    tokenizer.fit_on_texts([text for _, text in sets["TRAIN"]])

    def ids(split):
        sequences = tokenizer.texts_to_sequences([text for _, text in sets[split]])
        return keras.utils.pad_sequences(sequences, maxlen=100)

    x, x_test = ids("TRAIN"), ids("TEST")
    micro = []
    for seed in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.layers.Embedding(10_000, 128),
                keras.layers.GlobalMaxPooling1D(),
                keras.layers.Dense(64, activation="relu"),
                keras.layers.Dropout(0.2),
                keras.layers.Dense(y.shape[1], activation="sigmoid"),
            ]
        )
        model.compile(optimizer="adam", loss="binary_crossentropy")
        model.fit(x, y, epochs=20, batch_size=32, validation_split=0.2, verbose=0)
        predicted = model.predict(x_test, verbose=0) > 0.5
        micro.append(f1_score(y_test, predicted, average="micro"))
        macro = f1_score(y_test, predicted, average="macro", zero_division=0)
        print(f"seed {seed}: micro-F1 {micro[-1]:.4f}, macro-F1 {macro:.4f}", flush=True)
    print(f"mean micro-F1 {np.mean(micro):.4f}")


main()
