#!/bin/bash
# Feeds every reader with inputs that libFuzzer makes from the fixtures, looking for what nobody has run yet. None may crash,
# hang, or take memory out of proportion to its size.
#     bash Tests/Fuzz/run.sh                      all readers, 100,000 inputs each
#     bash Tests/Fuzz/run.sh 2000 csv tagger      some of them, fewer inputs
# An input that does so is left in the folder Tests/Fuzz/finds; it belongs into Tests/Fixtures/fuzz, which the tests read.
# The last line sums up: N passed, N failed.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
fixtures=$here/../Fixtures
runs=${1:-100000}
[ $# -gt 0 ] && shift
readers=("$@")
[ ${#readers[@]} -gt 0 ] || readers=(json tokenizer csv safetensors model tagger npy indices vectors binaryVectors)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
if ! swift build -c release --sanitize=fuzzer >"$work/log" 2>&1; then
    cat "$work/log" >&2
    # Not every toolchain has libFuzzer.
    if ! grep -q "clang_rt.fuzzer" "$work/log"; then echo "0 passed, 1 failed" && exit 1; fi
    echo "Skipped: this toolchain has no libFuzzer."
    echo "0 passed, 0 failed, ${#readers[@]} skipped"
    exit 0
fi
program=$(swift build -c release --sanitize=fuzzer --show-bin-path)/Fuzz

# Prints the files that the reader $1 begins with.
seeds() {
    case $1 in
    json) ls "$fixtures"/{json_text,padding,files/expected}.json ;;
    csv) ls "$here"/../../Examples/Data/news.csv ;;
    safetensors | model | tagger) ls "$fixtures"/files/*.safetensors ;;
    npy | indices) ls "$fixtures"/npy/*.npy ;;
    esac
    ls "$fixtures/fuzz/$1"/* "$here/seeds/$1"/* 2>/dev/null || true
}

passed=0 failed=0
mkdir -p "$here/finds"
for reader in "${readers[@]}"; do
    corpus=$work/$reader
    mkdir "$corpus"
    number=0
    while read -r file; do head -c 16384 "$file" >"$corpus/$((number += 1))"; done < <(seeds "$reader")
    # A megabyte at once for 16 KB of input is a size that was believed; 10 seconds are a hang.
    if READER=$reader SWIFT_BACKTRACE=enable=no "$program" -runs="$runs" -max_len=16384 -timeout=10 \
        -malloc_limit_mb=64 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$here/finds/$reader-" \
        "$corpus" >"$work/$reader.log" 2>&1
    then
        passed=$((passed + 1))
        echo "$reader: $(sed -nE 's/^stat::number_of_executed_units: +//p' "$work/$reader.log") inputs"
    else
        failed=$((failed + 1))
        echo "$reader: failed"
        grep -vE '^#|^INFO' "$work/$reader.log" | head -n 60
    fi
done
rm -f /dev/shm/hornet-fuzz-* /tmp/hornet-fuzz-*
rmdir "$here/finds" 2>/dev/null || true
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
