#!/bin/bash
# Builds the benchmarks and runs one of each kind, for a moment: whether they work, not how fast. Compares the tables
# and the chart of other libraries with the measurements that they were made from.
set -uo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

expect() {
    local what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "$what" >&2
        failed=$((failed + 1))
    fi
}

run() {
    local kinds='Rows: softmax|Product: 32x128 .*|Tokenizer: fit|Step: dnn|.* first tags: dnn'
    bash "$root/Benchmarks/run.sh" --filter "$kinds" | tee "$work/report"
    return "${PIPESTATUS[0]}"
}
expect "The benchmarks failed." run
for name in "Rows: softmax" "Product: 32x128" "Tokenizer: fit" "Step: dnn" "first tags: dnn"; do
    expect "'$name' was not reported." grep -q "$name" "$work/report"
done

peers=$root/Benchmarks/peers
cp "$root/README.md" "$work"
cp "$root/Benchmarks/README.md" "$work/details.md"
expect "report.py failed." python3 "$peers/report.py" "$peers/results.json" \
    --readme "$work/README.md" --details "$work/details.md" --chart "$work/chart.svg"
expect "README.md differs from the measurements: run report.py." cmp "$root/README.md" "$work/README.md"
expect "Benchmarks/README.md differs from the measurements: run report.py." \
    cmp "$root/Benchmarks/README.md" "$work/details.md"
expect "chart.svg differs from the measurements: run report.py." cmp "$peers/chart.svg" "$work/chart.svg"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
