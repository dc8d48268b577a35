"""Keras: `keras_worker.py tensorflow|jax FOLDER`."""

import os
import sys

BACKEND, FOLDER = sys.argv[1:]
os.environ["KERAS_BACKEND"] = BACKEND
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers
from keras.src.legacy.preprocessing.text import Tokenizer, tokenizer_from_json

from worker import BATCH, EPOCHS, LENGTH, PATIENCE, VOCABULARY, Data, latencies, scores_proof, seconds, serve

data = Data(FOLDER)
x, y, test_x = data.array("train_ids"), data.array("train_labels"), data.array("test_ids")


def build(network, labels=y.shape[1]):
    stack = {
        "dnn": lambda: [
            layers.Embedding(VOCABULARY, 128),
            layers.GlobalMaxPooling1D(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.2),
        ],
        "lstm": lambda: [layers.Embedding(VOCABULARY, 128), layers.SpatialDropout1D(0.2), layers.LSTM(64)],
        "lstm_masked": lambda: [
            layers.Embedding(VOCABULARY, 128, mask_zero=True),
            layers.SpatialDropout1D(0.2),
            layers.LSTM(64),
        ],
    }[network]()
    model = keras.Sequential(stack + [layers.Dense(labels, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.build((None, LENGTH))
    return model


models = {}


def model(network):
    if network not in models:
        models[network] = build(network)
    return models[network]


def train(network):
    time, history = seconds(lambda: model(network).fit(x, y, epochs=1, batch_size=BATCH, verbose=0))
    return {"seconds": time}, {"loss": history.history["loss"][0], "samples": len(x)}


def predict(network):
    # Hornet's default batch; with Keras' own, 32, it takes longer.
    time, scores = seconds(lambda: model(network).predict(test_x, batch_size=256, verbose=0))
    return {"seconds": time}, scores_proof(scores)


def single(network):
    """By the faster of the two usual ways, as a few calls show: the compiled step, or the model called as a function."""
    texts = [test_x[i : i + 1] for i in range(len(test_x))]
    net = model(network)
    ways = {
        "predict_on_batch": lambda i: net.predict_on_batch(texts[i % len(texts)]),
        "model(x)": lambda i: np.asarray(net(texts[i % len(texts)], training=False)),
    }

    def trial(way):
        way(0)
        return min(seconds(lambda: way(i))[0] for i in range(5))

    best = min(ways, key=lambda name: trial(ways[name]))
    return latencies(ways[best]), scores_proof(ways[best](0)) | {"way": best}


def stored_tokenizer():
    with open(data.path("tokenizer.json")) as file:
        return tokenizer_from_json(file.read())


def tags(network):
    tokenizer = stored_tokenizer()
    texts, names, net = data.texts("test"), sorted({t for tags in data.tags("train") for t in tags}), model(network)

    def call(i):
        ids = keras.utils.pad_sequences(tokenizer.texts_to_sequences([texts[i % len(texts)]]), maxlen=LENGTH)
        return [names[j] for j in np.flatnonzero(net.predict_on_batch(ids)[0] > 0.5)]

    return latencies(call), {"finite": True}


def load(with_tokenizer):
    path = data.path(f"{BACKEND}.keras")
    model("dnn").save(path)

    def work():
        if with_tokenizer:
            stored_tokenizer()
        return keras.models.load_model(path)

    time, loaded = seconds(work)
    return {"seconds": time}, {"outputs": loaded.output_shape[-1]}


def learn():
    from sklearn.metrics import f1_score
    from sklearn.preprocessing import MultiLabelBinarizer

    texts, tags, test_texts, test_tags = data.texts("train"), data.tags("train"), data.texts("test"), data.tags("test")
    binarizer = MultiLabelBinarizer()

    def work():
        targets = binarizer.fit_transform(tags).astype("float32")
        tokenizer = Tokenizer(num_words=VOCABULARY)
        tokenizer.fit_on_texts(texts)
        ids = keras.utils.pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=LENGTH)
        net = build("dnn", targets.shape[1])
        stopping = keras.callbacks.EarlyStopping(patience=PATIENCE, restore_best_weights=True)
        net.fit(ids, targets, epochs=EPOCHS, batch_size=BATCH, validation_split=0.2, callbacks=[stopping], verbose=0)
        test_ids = keras.utils.pad_sequences(tokenizer.texts_to_sequences(test_texts), maxlen=LENGTH)
        return net.predict(test_ids, batch_size=256, verbose=0)

    time, scores = seconds(work)
    return {"seconds": time}, {"micro_f1": f1_score(binarizer.transform(test_tags), scores > 0.5, average="micro")}


large = []


def large_texts():
    if not large:
        large.extend(data.texts("large"))
    return large


fitted = []


def fit_tokenizer():
    texts, tokenizer = large_texts(), Tokenizer(num_words=VOCABULARY)
    time, _ = seconds(lambda: tokenizer.fit_on_texts(texts))
    fitted[:] = [tokenizer]
    return {"seconds": time}, {"words": len(tokenizer.word_index)}


def encode():
    if not fitted:
        fit_tokenizer()
    texts = large_texts()
    time, ids = seconds(lambda: keras.utils.pad_sequences(fitted[0].texts_to_sequences(texts), maxlen=LENGTH))
    return {"seconds": time}, {"sum": int(ids.sum(dtype="int64"))}


units = {
    "dnn.tags": lambda: tags("dnn"),
    "model.load": lambda: load(with_tokenizer=False),
    "tagger.load": lambda: load(with_tokenizer=True),
    "tagger.learn": learn,
}
for network in ("dnn", "lstm", "lstm_masked"):
    units[f"{network}.train"] = lambda network=network: train(network)
    units[f"{network}.predict"] = lambda network=network: predict(network)
    units[f"{network}.single"] = lambda network=network: single(network)
if BACKEND == "tensorflow":  # the tokenizer is the same with all backends
    units |= {"tokenizer.fit": fit_tokenizer, "tokenizer.encode": encode}
versions = {"Keras": keras.__version__}
if BACKEND == "tensorflow":
    import tensorflow

    versions["TensorFlow"] = tensorflow.__version__
else:
    import jax

    versions["JAX"] = jax.__version__
serve({"tensorflow": "Keras on TensorFlow", "jax": "Keras on JAX"}[BACKEND], units, versions)
