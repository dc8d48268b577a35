"""Reads tagger files as Python reads them, with safetensors, Keras and scikit-learn alone, and compares the scores with those of the
file's self-test: python Tests/Oracles/check_tagger_file.py FILE…

Needs keras with the TensorFlow backend, safetensors, and scikit-learn.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import safetensors
import safetensors.numpy
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.preprocessing.text import tokenizer_from_json


def named(description):
    """What Keras wants to know of a layer beside its class and arguments, also of the layers within."""
    config = {key: named(value) if isinstance(value, dict) and "class_name" in value else value
              for key, value in description["config"].items()}
    return {"module": "keras.layers", "registered_name": None, "class_name": description["class_name"], "config": config}


def layer(description):
    description = named(description)
    # Not every layer of Keras takes it.
    description["config"].pop("trainable")
    return keras.layers.deserialize(description)


def features(description, texts):
    """What scikit-learn makes of texts by a vectorizer's JSON."""
    config, weights = description["config"], description["weights"]
    vectorizer = TfidfVectorizer(
        lowercase=config["lowercase"], strip_accents=config["strip_accents"], analyzer=config["analyzer"],
        token_pattern=config["token_pattern"], stop_words=config["stop_words"] or None,
        ngram_range=tuple(config["ngram_range"]), binary=config["binary"], vocabulary=description["feature_names"],
        norm=weights["norm"], use_idf=weights["use_idf"], smooth_idf=weights["smooth_idf"], sublinear_tf=weights["sublinear_tf"])
    if weights["use_idf"]:
        vectorizer.idf_ = np.array(weights["idf"])
    return vectorizer.transform(texts)


def bag_scores(metadata, model_description, weights, test):
    """The scores of a bag of words and one SparseDense layer with a sigmoid."""
    x = sp.hstack([features(d, test["texts"]) for d in json.loads(metadata["vectorizers"])]).tocsr()
    assert [sorted(row.indices.tolist()) for row in x] == test["ids"], "other features"
    (description,) = model_description["layers"]
    assert (description["class_name"], description["config"]["activation"]) == ("SparseDense", "sigmoid")
    values, columns, counts, bias = (
        weights[f"{description['config']['name']}/{role}"] for role in ["kernel_values", "kernel_columns", "kernel_counts", "bias"])
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
    kernel = sp.csr_matrix((values, columns.astype(int), starts), shape=(len(counts), len(bias)))
    return 1 / (1 + np.exp(-((x @ kernel).toarray() + bias)))


def difference(path):
    """The largest between Keras' scores and the file's."""
    weights = safetensors.numpy.load_file(path)
    with safetensors.safe_open(path, framework="np") as file:
        metadata = file.metadata()
    model_description, tagger, test = (json.loads(metadata[key]) for key in ["model", "tagger", "self_test"])

    if "vectorizers" in metadata:
        return float(np.abs(bag_scores(metadata, model_description, weights, test) - weights["self_test/scores"]).max())
    tokenizer = tokenizer_from_json(metadata["tokenizer"])
    ids = pad_sequences(tokenizer.texts_to_sequences(test["texts"]), maxlen=tagger["max_length"],
                        padding=tagger["padding"], truncating=tagger["truncating"])
    assert ids.tolist() == test["ids"], "other token ids"

    model = keras.Sequential([layer(description) for description in model_description["layers"]])
    model.build([None, *model_description["input_shape"][1:]])
    for weight in model.weights:
        weight.assign(weights[weight.path.removeprefix(model.name + "/")])
    scores = model.predict(ids, verbose=0)
    assert scores.shape[1] == len(tagger["labels"]) == len(tagger["thresholds"])
    return float(np.abs(scores - weights["self_test/scores"]).max())


if __name__ == "__main__":
    for path in sys.argv[1:]:
        found = difference(path)
        print(f"{os.path.basename(path)}: {found:.1e}")
        if not found < 1e-6:
            sys.exit(f"Keras' scores differ by {found}")
