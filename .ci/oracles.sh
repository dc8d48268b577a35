#!/bin/bash
# Computes the golden values of Tests/Fixtures anew, with the libraries they come from, and compares byte by byte; lets
# Keras open the files that Hornet writes; asks TensorFlow and ONNX Runtime for the answers of exported models.
# It takes a Python with those libraries: HORNET_ORACLE=<python> bash .ci/oracles.sh. Else it says so and checks
# nothing.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
tests=$root/Tests
python=${HORNET_ORACLE-}
if [ -z "$python" ] || ! "$python" -c "import keras, sklearn, tensorflow" 2>/dev/null; then
    echo "Skipped: HORNET_ORACLE does not name a Python with keras, tensorflow and scikit-learn."
    echo "0 passed, 0 failed, 2 skipped"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/Tests"
cp -R "$tests/Oracles" "$tests/Fixtures" "$work/Tests"
passed=0 failed=0 skipped=0
for script in "$work"/Tests/Oracles/*.py; do
    # Modules that the scripts share write nothing; the exports come below.
    if ! grep -q __main__ "$script" || [ "$(basename "$script")" = exports.py ]; then continue; fi
    echo "Tests/Oracles/$(basename "$script")"
    if "$python" "$script" && diff -rq "$tests/Fixtures" "$work/Tests/Fixtures"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done

if ! "$python" -c "import onnx, onnxruntime" 2>/dev/null; then
    echo "Skipped: exported models, as HORNET_ORACLE names a Python without onnx and onnxruntime."
    skipped=1
# Built as the tests are, or all of it would be built once more.
elif swift test --package-path "$root" -c release --disable-xctest --filter ExportTests &&
    "$(swift build --package-path "$root" -c release --show-bin-path)/ExportedModels" "$work/models" &&
    "$python" "$tests/Oracles/exports.py" "$work/models"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi

# The other way: Keras opens what Hornet writes.
echo "Tests/Oracles/check_keras_files.py"
if HORNET_ORACLE=$python swift test --package-path "$root" -c release --disable-xctest --filter KerasSavingTests; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
