"""Checks exported models with TensorFlow, Keras and ONNX Runtime against Hornet's own answers.

`.build/release/ExportedModels FOLDER` writes the models, their inputs and the answers.
Needs keras, tensorflow, onnx and onnxruntime: python Tests/Oracles/exports.py FOLDER
"""

import json
import os
import pathlib
import struct
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf

# On outputs of the size 1.
TOLERANCE = 1e-6


def read(path):
    """The arrays of a safetensors file, and its metadata."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")

    def array(entry):
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        return np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])

    return {name: array(entry) for name, entry in header.items()}, metadata


def saved_model_answers(folder):
    """The ways to call a SavedModel: each gives the outputs by name for inputs by name."""
    assert [path.name for path in folder.iterdir()] == ["saved_model.pb"], "more than one file"
    signature = tf.saved_model.load(str(folder)).signatures["serving_default"]
    layer = keras.layers.TFSMLayer(str(folder), call_endpoint="serving_default")

    def by(call):
        def answer(x):
            y = call(**{name: tf.constant(value) for name, value in x.items()})
            return {name: value.numpy() for name, value in y.items()}

        return answer

    yield "saved_model.load", signature, by(signature)
    # The layer hands one tensor on.
    if len(signature.structured_input_signature[1]) == 1:
        yield "TFSMLayer", signature, by(lambda **x: layer(*x.values()))


def onnx_answers(path):
    """Checks the file and gives the way to call it."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    for value in model.graph.input:
        assert value.type.tensor_type.shape.dim[0].dim_param == "batch"
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    return lambda x: dict(zip(names, session.run(names, x)))


def compare(name, answer, x, expected):
    """What is wrong with an answer, None when nothing is, and the largest difference."""
    try:
        actual = answer(x)
    except Exception as error:
        return f"{name}: {type(error).__name__}: {str(error)[:500]}", 0
    if actual.shape != expected.shape:
        return f"{name}: the shape is {actual.shape}, expected {expected.shape}", 0
    if not np.array_equal(np.isnan(actual), np.isnan(expected)):
        return f"{name}: not the same elements are NaN", 0
    worst = float(np.nanmax(np.abs(actual - expected) / np.maximum(1, np.abs(expected)), initial=0))
    return (f"{name}: off by {worst:.3g}" if worst > TOLERANCE else None), worst


def ends(arrays, kind, count):
    """The inputs or outputs of so many samples, by name."""
    prefix = f"{kind}_{count}"
    if prefix in arrays:
        return {"inputs" if kind == "x" else "outputs": arrays[prefix]}
    return {name[len(prefix) + 1:]: value for name, value in arrays.items() if name.startswith(prefix + "_")}


def check(folder):
    """Yields what ``compare`` gives of each question to a model."""
    arrays, metadata = read(folder / "answers.safetensors")
    floats = {"yes": [], "no": ["inputs"], "by name": ["facts"]}[metadata["takes_ids"]]
    answers = []
    for name, signature, answer in saved_model_answers(folder / "saved_model"):
        answers.append((name, answer))
        wanted = ends(arrays, "y", 3)
        if sorted(signature.structured_outputs) != sorted(wanted):
            yield f"{name}: the outputs are {sorted(signature.structured_outputs)}", 0
        for output, y in wanted.items():
            shape = signature.structured_outputs[output].shape
            if not shape.is_compatible_with((None,) + y.shape[1:]):
                yield f"{name}: the signature has the shape {shape}", 0
    answers.append(("ONNX Runtime", onnx_answers(folder / "model.onnx")))
    for count in (1, 3, 32):
        x = {name: value.astype(np.float32 if name in floats else np.int32) for name, value in ends(arrays, "x", count).items()}
        for name, answer in answers:
            try:
                found = answer(x)
            except Exception as error:
                yield f"{name}: {type(error).__name__}: {str(error)[:500]}", 0
                continue
            for output, y in ends(arrays, "y", count).items():
                place = f"{name}, {count} samples, {output}"
                yield compare(place, lambda x: found[output], x, y)
                # The comparison can fail.
                wrong = y + 3 * TOLERANCE * np.maximum(1, np.abs(y))
                if np.isfinite(y).any() and compare(place, lambda x: found[output], x, wrong)[0] is None:
                    yield f"{name}: accepts a wrong answer", 0


def main(root):
    folders = sorted(path for path in pathlib.Path(root).iterdir())
    assert folders, f"there are no models in {root}"
    failed, worst = 0, (0, "")
    for folder in folders:
        try:
            results = list(check(folder))
        except Exception as error:
            results = [(f"{type(error).__name__}: {str(error)[:1500]}", 0)]
        problems = [problem for problem, _ in results if problem]
        worst = max(worst, (max(difference for _, difference in results), folder.name))
        for problem in problems:
            print(f"{folder.name}: {problem}")
        failed += bool(problems)
    print(f"{len(folders)} exported models, {failed} wrong; largest difference {worst[0]:.2g} ({worst[1]})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
