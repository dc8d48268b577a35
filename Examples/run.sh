#!/bin/bash
# Builds an example in release and runs it:
#     bash Examples/run.sh                      the DNN tagger on the news corpus in Examples/Data
#     bash Examples/run.sh --epochs 5           the same, with options
#     bash Examples/run.sh LSTMTagger           the LSTM tagger
#     bash Examples/run.sh DNNTagger --help     any example, by name
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

example=DNNTagger
case "${1-}" in
    "" | -*) ;;
    *)
        example=$1
        shift
        ;;
esac

bash "$here/../Sources/setup.sh"
echo "Building $example (release; the first time takes some minutes)"
build=(swift build --package-path "$here" --configuration release)
"${build[@]}" --product "$example"
exec "$("${build[@]}" --show-bin-path)/$example" "$@"
