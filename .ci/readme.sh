#!/bin/bash
# Compiles and runs the README's Swift code as a reader would: a package of one's own beside the checkout.
#
# A comment on the line before a block says what the block is:
#     <!-- Package.swift -->    the manifest of the reader's package
#     <!-- program -->          the beginning of a program; blocks without a comment go on with it. The programs run
#                               one after the other in a folder with news.csv
#     <!-- not run -->          nothing to run
#
# A program that imports HornetExport gets that product beside Hornet, as the README says.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
bash "$root/Sources/setup.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$root" "$work/Hornet"
app=$work/App
mkdir -p "$app" "$work/programs"

awk -v manifest="$app/Package.swift" -v programs="$work/programs" '
    /^<!-- .* -->$/ { mark = $0; next }
    /^```swift$/ {
        if (mark == "<!-- Package.swift -->") file = manifest
        else if (mark == "<!-- not run -->") file = "/dev/null"
        else {
            if (mark == "<!-- program -->") count++
            if (count == 0) { print "README.md:" NR ": the first block lacks <!-- program -->" > "/dev/stderr"; exit 1 }
            file = sprintf("%s/%02d.swift", programs, count)
            printf "#sourceLocation(file: \"README.md\", line: %d)\n", NR + 1 > file
        }
        inBlock = 1
        next
    }
    /^```$/ { inBlock = 0; mark = "" }
    inBlock { print > file; next }
    /[^[:space:]]/ { mark = "" }
' "$root/README.md"

target=$(awk -F '"' '/executableTarget/ { found = 1 } found && /name:/ { print $2; exit }' "$app/Package.swift")
mkdir "$work/here"
cp "$root/Examples/Data/news.csv" "$work/here"
passed=0 failed=0
for program in "$work"/programs/*.swift; do
    sources=$app/Sources/$target
    mkdir -p "$sources"
    cp "$program" "$sources/main.swift"
    if grep -q '^import HornetExport$' "$program"; then
        hornet='.product(name: "Hornet", package: "Hornet")'
        export=${hornet/\"Hornet\"/\"HornetExport\"}
        grep -qF "$export" "$app/Package.swift" || sed -i.bak "s/$hornet/$hornet, $export/" "$app/Package.swift"
    fi
    echo "README program $(basename "$program" .swift)"
    if swift build -c release --package-path "$app" &&
        (cd "$work/here" && "$(swift build -c release --package-path "$app" --show-bin-path)/$target"); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
