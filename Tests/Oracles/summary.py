"""Prints Keras' model summaries at several terminal widths, before building, after building and after training.

Needs keras 3 with any backend: python Tests/Oracles/summary.py
"""

import io
import json
import os
import contextlib

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from golden import FIXTURES

keras.utils.disable_interactive_logging()


def text(model, columns):
    os.environ["COLUMNS"] = str(columns)
    lines = []
    model.summary(print_fn=lambda line, line_break=True: lines.append(line))
    return "".join(lines).rstrip("\n").split("\n")


model = keras.Sequential(
    [
        keras.layers.Embedding(10_000, 128),
        keras.layers.GlobalMaxPooling1D(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(6, activation="sigmoid", name="a_rather_long_layer_name_here_that_has_no_space"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")
widths = [60, 72, 80, 92, 200]
result = {"widths": widths, "unbuilt": [text(model, w) for w in widths]}
model.build((None, 100))
result["built"] = [text(model, w) for w in widths]
model.fit(np.zeros((4, 100), "int32"), np.zeros((4, 6), "float32"), verbose=0)
result["trained"] = [text(model, w) for w in widths]

keras.utils.clear_session()  # layers are numbered from the beginning
ids = keras.Input((100,), dtype="int32")
words = keras.layers.Embedding(10_000, 32)(ids)
shared = keras.layers.Dense(16, activation="relu", name="a_shared_layer_with_a_long_name")
pooled = [keras.layers.GlobalMaxPooling1D()(words), keras.layers.GlobalAveragePooling1D()(words)]
merged = keras.layers.Concatenate()([shared(pooled[0]), shared(pooled[1])])
branching = keras.Model(ids, keras.layers.Dense(6, activation="sigmoid")(merged))
result["branching"] = [text(branching, w) for w in widths]
chain = keras.Model(ids, keras.layers.Dense(6)(pooled[0]), name="chain")
result["chain"] = [text(chain, w) for w in widths]

keras.utils.clear_session()
title = keras.Input((4,), dtype="int32", name="title")
facts = keras.Input((3,), name="facts")
read = keras.layers.LSTM(8)
embed = keras.layers.Embedding(10_000, 16)
both = keras.layers.Concatenate()([read(embed(title)), facts])
tags = keras.layers.Dense(6, activation="sigmoid", name="tags")(both)
rank = keras.layers.Dense(1, name="rank")(keras.layers.Concatenate()([both, tags]))
ends = keras.Model([title, facts], [tags, rank], name="ends")
result["ends"] = [text(ends, w) for w in widths]
ends.compile(optimizer="adam", loss=["binary_crossentropy", "mean_squared_error"])
ends.fit([np.zeros((4, 4), "int32"), np.zeros((4, 3))], [np.zeros((4, 6)), np.zeros((4, 1))], verbose=0)
result["ends_trained"] = [text(ends, w) for w in widths]
(FIXTURES / "summary.json").write_text(json.dumps(result))
print("\n".join(result["trained"][0] + result["branching"][2]))
