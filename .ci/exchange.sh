#!/bin/bash
# Lets TensorFlow, ONNX Runtime, Keras and safetensors open what Hornet writes, and compares what they answer. Takes the
# Python that HORNET_ORACLE names, or installs one with these libraries; where it can't, it says so and checks nothing.
set -uo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
oracles=$root/Tests/Oracles
if ! python=$(bash "$oracles/setup.sh"); then
    echo "Skipped: a Python with Keras, TensorFlow and ONNX Runtime can't be installed here."
    echo "0 passed, 0 failed, 3 skipped"
    exit 0
fi
export HORNET_ORACLE=$python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# Runs a check, the function $1.
run() {
    if "$1"; then
        passed=$((passed + 1))
    else
        echo "$1 failed." >&2
        failed=$((failed + 1))
    fi
}

# Built as the tests are, or all of it would be built once more.
tests() { swift test --package-path "$root" -c release --disable-xctest --filter "$1" </dev/null; }

keras_files() { tests 'KerasSavingTests|KerasGraphsTests'; }

exports() {
    tests ExportTests && "$(swift build --package-path "$root" -c release --show-bin-path)/ExportedModels" "$work/models" &&
        "$python" "$oracles/exports.py" "$work/models"
}

tagger_files() { "$python" "$oracles/check_tagger_file.py" "$root"/Tests/Fixtures/files/tagger_v[234]_*.safetensors; }

run keras_files
run exports
run tagger_files
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
