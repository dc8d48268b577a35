"""Trains small taggers in Keras (JAX backend) on made-up data, without shuffle or dropout, and records the initial
weights, the loss of every batch, the final weights and the predictions.

Not the TensorFlow backend: there Keras 3.15 hands an embedding's gradient to the optimizer as slices that may name a
row twice, and squares them one by one, so that Adam and RMSprop see the sum of squares where a token occurs twice in a
batch instead of the square of the sum. The JAX and PyTorch backends, and Hornet, square the gradient.

Needs keras 3 and jax: python Tests/Oracles/training.py
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from golden import save_tensors

WORDS, TIME, WIDTH, HIDDEN, LABELS, SAMPLES, BATCH, EPOCHS = 300, 20, 16, 12, 7, 640, 32, 10


class BatchLosses(keras.callbacks.Callback):
    """The loss of each batch: Keras logs the running mean of the epoch, so it is taken apart again."""

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.total = 0.0

    def on_train_batch_end(self, batch, logs=None):
        total = float(logs["loss"]) * (batch + 1)
        self.losses.append(total - self.total)
        self.total = total


def train(name, optimizer, layers, x, y, epochs, roles=None):
    """Writes the fixture of one run; weights are called by their roles, or numbered. Layers draw their seeds when made, so
    `layers` makes them, or the whole model."""
    keras.utils.set_random_seed(1)
    model = layers()
    if isinstance(model, list):
        model = keras.Sequential([*model, keras.layers.Dense(y.shape[1], activation="sigmoid")])
        model.build((None, x.shape[1]))
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    roles = roles or [str(number) for number in range(len(model.weights))]
    tensors = {"x": x, "y": y}
    tensors |= {f"before/{role}": value for role, value in zip(roles, model.get_weights())}
    losses = BatchLosses()
    model.fit(x, y, batch_size=BATCH, epochs=epochs, shuffle=False, verbose=0, callbacks=[losses])
    tensors |= {f"after/{role}": value for role, value in zip(roles, model.get_weights())}
    tensors["losses"] = np.array(losses.losses)
    tensors["predictions"] = model.predict(x[:64], verbose=0)
    save_tensors(f"training_{name}.safetensors", tensors)
    print(name, losses.losses[0], losses.losses[-1])


def record(name, optimizer, pooling, mask_zero=False):
    rng = np.random.default_rng(7)
    # Frequent words are frequent: ids are squared uniforms; the first ten positions of a third of the rows are padding.
    x = np.minimum((rng.random((SAMPLES, TIME)) ** 2 * WORDS).astype("int32"), WORDS - 1)
    x[::3, : TIME // 2] = 0
    teacher = rng.normal(size=(WORDS, LABELS))
    y = (teacher[x].sum(axis=1) > 4).astype("float32")
    layers = lambda: [keras.layers.Embedding(WORDS, WIDTH, mask_zero=mask_zero), pooling(),
                      keras.layers.Dense(HIDDEN, activation="relu")]
    roles = ["embeddings", "hidden_kernel", "hidden_bias", "output_kernel", "output_bias"]
    train(name, optimizer, layers, x, y, EPOCHS, roles)


def short_documents():
    """Documents of 1 to 12 words of 120, padded at the beginning, and their labels."""
    rng = np.random.default_rng(8)
    words, time, samples = 120, 12, 320
    x = rng.integers(1, words, size=(samples, time), dtype="int32")
    x[np.arange(time) < time - rng.integers(1, time + 1, size=(samples, 1))] = 0
    teacher = rng.normal(size=(words, LABELS))
    teacher[0] = 0
    return x, (teacher[x].sum(axis=1) > 1).astype("float32")


def record_readers(name, optimizer, readers, mask_zero):
    """10 batches an epoch."""
    layers = lambda: [keras.layers.Embedding(120, 8, mask_zero=mask_zero), *readers()]
    train(name, optimizer, layers, *short_documents(), epochs=20)


def record_recurrent(name, layer, mask_zero=True):
    record_readers(name, keras.optimizers.Adam(0.005), lambda: [layer()], mask_zero)


def convolutions():
    # No bias before the normalization: it would get no gradient but rounding.
    return [keras.layers.Conv1D(12, 3, padding="same", activation="tanh", use_bias=False),
            keras.layers.BatchNormalization(momentum=0.9), keras.layers.MaxPooling1D(2),
            keras.layers.Conv1D(10, 3, padding="causal", dilation_rate=2, activation="tanh"),
            keras.layers.AveragePooling1D(3), keras.layers.Flatten()]


def normalizations():
    return [keras.layers.BatchNormalization(momentum=0.9), keras.layers.Dense(12, activation="tanh"),
            keras.layers.LayerNormalization(), keras.layers.GlobalAveragePooling1D()]


def branching():
    """Two ways from the words, one layer called on both, and all of it merged."""
    ids = keras.Input((12,), dtype="int32")
    words = keras.layers.Embedding(120, 8, mask_zero=True)(ids)
    loudest, read = keras.layers.GlobalMaxPooling1D()(words), keras.layers.LSTM(8)(words)
    shared = keras.layers.Dense(6, activation="tanh")
    merged = keras.layers.Concatenate()(
        [shared(loudest), shared(read), keras.layers.Multiply()([loudest, read])])
    return keras.Model(ids, keras.layers.Dense(LABELS, activation="sigmoid")(merged))


def record_ends(name):
    """Two inputs that share an embedding, two outputs, their losses weighted: 10 batches an epoch, 20 epochs."""
    keras.utils.set_random_seed(1)
    (x, tags), (other, _) = short_documents(), short_documents()
    other = np.roll(other, 7, axis=0)[:, -6:]
    rank = np.random.default_rng(9).normal(size=(len(x), 1)).astype("float32")
    text, title = keras.Input((12,), dtype="int32"), keras.Input((6,), dtype="int32")
    words = keras.layers.Embedding(120, 8, mask_zero=True)
    read, pooled = keras.layers.LSTM(8)(words(text)), keras.layers.GlobalAveragePooling1D()(words(title))
    hidden = keras.layers.Dense(10, activation="tanh")(keras.layers.Concatenate()([read, pooled]))
    outputs = [keras.layers.Dense(LABELS, activation="sigmoid")(hidden), keras.layers.Dense(1)(hidden)]
    model = keras.Model([text, title], outputs)
    model.compile(keras.optimizers.Adam(0.005), ["binary_crossentropy", "mean_squared_error"], loss_weights=[1.0, 0.25])
    tensors = {"x_0": x, "x_1": other, "y_0": tags, "y_1": rank}
    tensors |= {f"before/{number}": value for number, value in enumerate(model.get_weights())}
    losses = BatchLosses()
    model.fit([x, other], [tags, rank], batch_size=BATCH, epochs=20, shuffle=False, verbose=0, callbacks=[losses])
    tensors |= {f"after/{number}": value for number, value in enumerate(model.get_weights())}
    tensors["losses"] = np.array(losses.losses)
    for number, value in enumerate(model.predict([x[:64], other[:64]], verbose=0)):
        tensors[f"predictions_{number}"] = value
    save_tensors(f"training_{name}.safetensors", tensors)
    print(name, losses.losses[0], losses.losses[-1])


record_ends("ends")
record("adam", keras.optimizers.Adam(), keras.layers.GlobalMaxPooling1D)
record("adam_masked", keras.optimizers.Adam(0.01), keras.layers.GlobalAveragePooling1D, mask_zero=True)
record("sgd_nesterov", keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True), keras.layers.GlobalMaxPooling1D)
record("rmsprop", keras.optimizers.RMSprop(clipnorm=0.01), keras.layers.GlobalMaxPooling1D)
record_recurrent("lstm", lambda: keras.layers.LSTM(12), mask_zero=False)
record_recurrent("lstm_masked", lambda: keras.layers.LSTM(12))
record_recurrent("gru_masked", lambda: keras.layers.GRU(12))
record_recurrent("gru_reset_before_masked", lambda: keras.layers.GRU(12, reset_after=False))
record_recurrent("bidirectional_lstm_masked", lambda: keras.layers.Bidirectional(keras.layers.LSTM(8)))
train("branching", keras.optimizers.Adam(0.005), branching, *short_documents(), epochs=20)
record_readers("convolution", keras.optimizers.Adam(0.005), lambda: [
    keras.layers.Conv1D(12, 4, activation="relu"), keras.layers.GlobalMaxPooling1D()], mask_zero=False)
record_readers("convolutions", keras.optimizers.SGD(0.02, momentum=0.9), convolutions, mask_zero=False)
record_readers("normalization_masked", keras.optimizers.Adam(0.005), normalizations, mask_zero=True)
