"""Opens the files that Hornet saved with Keras: `python check_keras_files.py FOLDER`. The folder has `cases.json`, and the
files that it names. Each must load without a warning, predict what Hornet predicts, print its summary, and train on as
Hornet did. Exits with 1 where one does not.
"""

import json
import os
import pathlib
import sys
import warnings

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np
from keras.src.legacy.saving import legacy_h5_format

# What Keras can't load it may leave out with a warning.
warnings.filterwarnings("error", message=".*(Skipping|could not be loaded|not compiled)")


def array(value, dtype="float32"):
    return np.array(value["data"], dtype=dtype).reshape(value["shape"])


def difference(found, wanted):
    """In units of what is tolerated: 1e-6 of a prediction, and a little more next to 0."""
    return float(np.max(np.abs(found - wanted) / (1e-6 * np.abs(wanted) + 1e-7), initial=0))


def restore_optimizer(model, path):
    """Does what Keras 3.15.1 means to do when it loads the older form. It builds the optimizer for no variables instead,
    with its own files too, and can't train on."""
    optimizer = keras.optimizers.deserialize(keras.optimizers.serialize(model.optimizer))
    model.optimizer = optimizer
    optimizer.build(model.trainable_variables)
    with h5py.File(path) as file:
        optimizer.set_weights(legacy_h5_format.load_optimizer_weights_from_hdf5_group(file))


def arrays(value, dtype="float32"):
    """One array, or a list of them for models with several inputs or outputs."""
    if isinstance(value, list):
        return [array(each, kind) for each, kind in zip(value, dtype if isinstance(dtype, list) else [dtype] * len(value))]
    return array(value, dtype)


def worst(model, x, wanted):
    found, wanted = keras.tree.flatten(model.predict(x, verbose=0)), keras.tree.flatten(wanted)
    assert len(found) == len(wanted), f"{len(found)} outputs instead of {len(wanted)}"
    return max(map(difference, found, wanted))


def check(folder, case):
    x = arrays(case["x"], case["dtype"])
    y = arrays(case["y"])
    model = keras.models.load_model(folder / case["file"])
    if isinstance(getattr(model, "input", None), dict):
        x, y = dict(zip(sorted(model.input), x)), dict(zip(sorted(model.output), y))
    off = worst(model, x, arrays(case["predictions"]))
    assert off <= 1, f"the predictions are off by {off} times the tolerance"
    names = [layer.name for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    if "layers" in case:
        assert names == case["layers"], f"the layers are {names}"
    lines = []
    model.summary(print_fn=lambda line, **_: lines.append(line))
    assert f'Model: "{case["name"]}"' in lines[0] and "Total params" in lines[0], lines
    if "weights" in case:
        with warnings.catch_warnings():  # of a mask that a pooling layer does not use
            warnings.simplefilter("ignore")
            fresh = keras.models.clone_model(model)
        fresh.load_weights(folder / case["weights"])
        off = worst(fresh, x, arrays(case["predictions"]))
        assert off <= 1, f"with {case['weights']} the predictions are off by {off} times the tolerance"
    if not case["compiled"]:
        assert not model.compiled, "it is compiled"
        return
    if case["file"].endswith(".h5"):
        restore_optimizer(model, folder / case["file"])
    assert int(model.optimizer.iterations) == case["iterations"], f"{model.optimizer.iterations} steps"
    history = model.fit(x, y, batch_size=4, epochs=len(case["losses"]), shuffle=False, verbose=0).history
    if case["losses"]:
        assert sorted(history) == sorted(case["figures"]), f"the figures are {sorted(history)}"
        relative = np.max(np.abs(np.array(history["loss"]) / case["losses"] - 1))
        assert relative <= 1e-5, f"the losses of further training are off by {relative}: {history['loss']}"
        return f", losses {relative:.1e}"


def main(folder):
    failed = 0
    for case in json.loads((folder / "cases.json").read_text()):
        try:
            print(f"{case['file']}: as in Hornet{check(folder, case) or ''}")
        except Exception as error:
            failed += 1
            print(f"{case['file']}: {type(error).__name__}: {error}")
    return 1 if failed else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
