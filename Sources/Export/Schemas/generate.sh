#!/bin/bash
# Writes the Swift code of the schemas in this folder anew; to be run after a change of a .proto file. Needs protoc
# (Debian: protobuf-compiler); builds protoc-gen-swift from the swift-protobuf that this package uses.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../../.." && pwd)
swift package --package-path "$root" resolve
checkout=$root/.build/checkouts/swift-protobuf
build=(swift build -c release --package-path "$checkout" --scratch-path "$root/.build-protoc")
"${build[@]}" --product protoc-gen-swift
protoc --plugin="$("${build[@]}" --show-bin-path)/protoc-gen-swift" --proto_path="$here" \
    --swift_opt=Visibility=Package,UseAccessLevelOnImports=true --swift_out="$here" tensorflow.proto onnx.proto
