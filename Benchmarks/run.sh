#!/bin/bash
# Builds the benchmarks in release and runs them:
#     bash Benchmarks/run.sh                              all
#     bash Benchmarks/run.sh --target Kernels             those of one folder
#     bash Benchmarks/run.sh --filter 'Step: .*'          those whose whole name matches
# Other arguments go to `swift package benchmark`, too. README.md tells what the figures mean.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
bash "$here/../Sources/setup.sh" || exit 1
# They would choose other kernels or block sizes in OpenBLAS than it chooses by itself.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

report=$(mktemp)
trap 'rm -f "$report"' EXIT
swift package --package-path "$here" benchmark --no-progress --grouping metric "$@" | tee "$report" || exit 1
# The command succeeds also when a benchmark failed and when the filter left none.
if grep -q "^The benchmark failed" "$report"; then
    echo "A benchmark failed; its message is above." >&2
    exit 1
fi
if ! grep -q "^│" "$report"; then
    echo "No benchmark was run." >&2
    exit 1
fi
