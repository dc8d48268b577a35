#!/bin/bash
# Computes the golden values of Tests/Fixtures anew, with the libraries they come from, and compares byte by byte.
# It takes a Python with those libraries: HORNET_ORACLE=<python> bash .ci/oracles.sh. Else it says so and checks
# nothing: other versions of the libraries, and other processors, round in another way.
set -euo pipefail
tests=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../Tests" && pwd)
python=${HORNET_ORACLE-}
if [ -z "$python" ] || ! "$python" -c "import keras, sklearn, tensorflow" 2>/dev/null; then
    echo "Skipped: HORNET_ORACLE does not name a Python with keras, tensorflow and scikit-learn."
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/Tests"
cp -R "$tests/Oracles" "$tests/Fixtures" "$work/Tests"
passed=0 failed=0 skipped=0

# Whether the library $1, without which the script $2 is left out, is there.
needs() {
    if "$python" -c "import $1" 2>/dev/null; then return 0; fi
    echo "Tests/Oracles/$(basename "$2"): skipped, $1 is not installed"
    skipped=$((skipped + 1))
    return 1
}

for script in "$work"/Tests/Oracles/*.py; do
    # What takes one more library, where that is missing.
    case $(basename "$script") in
    label_losses.py) needs torch "$script" || continue ;;
    stratification.py) needs iterstrat "$script" || continue ;;
    esac
    case $(basename "$script") in
    # What the others share; what checks files; what needs more than these libraries.
    arrays.py | golden.py | check_*.py | exports.py | keras2_files.py | reuters_f1.py | unicode_tables.py) continue ;;
    esac
    echo "Tests/Oracles/$(basename "$script")"
    if "$python" "$script" && diff -rq "$tests/Fixtures" "$work/Tests/Fixtures"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
