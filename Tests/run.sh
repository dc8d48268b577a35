#!/bin/bash
# Runs all tests of the library and of the examples, in release: numeric code is up to 100 times slower in debug.
#     bash Tests/run.sh                               everything
#     bash Tests/run.sh --filter TensorTests          arguments go to `swift test`
#     bash Tests/run.sh -c debug -Xcc -O2             in debug, with fast C kernels
# The last line sums up: N passed, N failed, N skipped.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
bash "$here/../Sources/setup.sh"

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
passed=0 failed=0 skipped=0

# Runs the tests of the package in the folder $1 and adds up what its report says.
run() {
    local package=$1 status=0 counts
    shift
    rm -f "$reports"/*
    echo "Testing the package in ${package#"$PWD/"}"
    swift test --package-path "$package" -c release --disable-xctest --xunit-output "$reports/tests.xml" "$@" \
        </dev/null || status=$?
    # A test case counts once, whatever number of expectations failed in it.
    counts=$(find "$reports" -name '*.xml' -exec cat {} + | awk '
        /<testcase/ { cases++; isOpen = 1 }
        /<(failure|error)/ && isOpen { failures++; isOpen = 0 }
        /<skipped/ && isOpen { skips++; isOpen = 0 }
        END { print cases - failures - skips, failures + 0, skips + 0 }')
    local counted=($counts)
    # A build that fails, or a crash, leaves no report.
    if [ "$status" -ne 0 ] && [ "${counted[1]}" -eq 0 ]; then counted[1]=1; fi
    passed=$((passed + counted[0])) failed=$((failed + counted[1])) skipped=$((skipped + counted[2]))
}

root=$(cd -- "$here/.." && pwd)
run "$root" "$@"
run "$root/Examples" "$@"

if [ $((passed + failed)) -eq 0 ]; then echo "No test was run." >&2; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
