"""A process from its start to its first prediction: `first_prediction.py tensorflow|jax|torch FOLDER`.

Loads the model that the workers saved (and, with Keras, the tokenizer) and prints the number of outputs."""

import os
import sys

LIBRARY, FOLDER = sys.argv[1:]
TEXT = "Oil prices rose after the meeting of the exporting countries."


def keras_outputs():
    os.environ["KERAS_BACKEND"] = LIBRARY
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras
    from keras.src.legacy.preprocessing.text import tokenizer_from_json

    model = keras.models.load_model(os.path.join(FOLDER, LIBRARY + ".keras"))
    with open(os.path.join(FOLDER, "tokenizer.json")) as file:
        tokenizer = tokenizer_from_json(file.read())
    ids = keras.utils.pad_sequences(tokenizer.texts_to_sequences([TEXT]), maxlen=100)
    return model.predict_on_batch(ids).shape[1]


def torch_outputs():
    """Without a tokenizer: PyTorch has none."""
    import torch
    import torch.nn.functional as F

    weights = torch.load(os.path.join(FOLDER, "torch.pt"))
    ids = torch.arange(1, 101)[None]
    with torch.inference_mode():
        pooled = F.embedding(ids, weights["embedding.weight"]).amax(1)
        hidden = F.relu(F.linear(pooled, weights["hidden.weight"], weights["hidden.bias"]))
        return F.linear(hidden, weights["output.weight"], weights["output.bias"]).sigmoid().shape[1]


print(torch_outputs() if LIBRARY == "torch" else keras_outputs())
