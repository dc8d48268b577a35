#!/bin/bash
# Opens reports in a headless Chromium: nothing is loaded, nothing of the data runs, tables sort, all fits on a phone.
# Pictures of the pages stay in the folder that is named, else nowhere:
#     bash Tests/Browser/run.sh pictures
# Installs Debian's package `chromium` where there is none; where it can't, says so and checks nothing.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)

skip() {
    echo "Skipped: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

if ! command -v python3 >/dev/null; then skip "there is no python3 to drive a browser with."; fi
if ! command -v chromium >/dev/null; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    apt() {
        ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" \
            </dev/null >/dev/null
    }
    echo "Installing chromium"
    apt update || true
    apt install --yes --no-install-recommends chromium fonts-dejavu-core || skip "Chromium can't be installed here."
fi

if [ $# -gt 0 ]; then
    mkdir -p "$1"
    folder=$(cd -- "$1" && pwd)
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
bash "$root/Sources/setup.sh" && swift build --package-path "$root" -c release --product SampleReports &&
    "$(swift build --package-path "$root" -c release --show-bin-path)/SampleReports" \
        "$root/Examples/Data/news.csv" "$folder" &&
    python3 "$here/check.py" "$(command -v chromium)" "$folder"
