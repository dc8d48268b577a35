#!/bin/bash
# Makes sure that this machine has what Hornet is built with; installs what is missing where it can.
# Says nothing and changes nothing when all is there.
set -euo pipefail

# What pkg-config must find, and the Debian package that brings it.
libraries=(
    "openblas libopenblas-dev"
    "lapacke liblapacke-dev"
    "libzip libzip-dev"
)

fail() {
    printf 'Hornet: %s\n' "$@" >&2
    exit 1
}

# Whether there is a header of that name.
header() {
    local folder
    for folder in /usr/include /usr/local/include /opt/homebrew/include; do
        if [ -e "$folder/$1" ]; then return 0; fi
    done
    return 1
}

# Sets `missing` to the Debian packages that are not there.
look() {
    missing=()
    if ! command -v pkg-config >/dev/null; then missing+=(pkg-config); fi
    local library
    for library in "${libraries[@]}"; do
        if ! pkg-config --exists "${library% *}" 2>/dev/null; then missing+=("${library#* }"); fi
    done
    # Debian calls it hdf5-serial or hdf5, others hdf5; the build looks for the header alone.
    if ! header hdf5/serial/hdf5.h && ! header hdf5.h; then missing+=(libhdf5-dev); fi
}

# apt-get as root, quiet but for errors; waits for another apt to finish.
apt() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null >/dev/null
}

if ! command -v swift >/dev/null; then
    fail "there is no 'swift' on the PATH." \
        "Install Swift 6.1 or later, https://www.swift.org/install/linux/, and try again."
fi

look
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if [ "$(uname -s)" = Darwin ]; then
    fail "pkg-config, openblas, lapacke, hdf5 or libzip is missing." \
        "Install them: brew install pkgconf openblas lapack hdf5 libzip" \
        "Show them to pkg-config: export PKG_CONFIG_PATH=\"\$(brew --prefix openblas)/lib/pkgconfig:\$(brew --prefix lapack)/lib/pkgconfig\""
fi
if ! command -v apt-get >/dev/null; then
    fail "pkg-config, openblas, lapacke, hdf5 or libzip (with headers) is missing." \
        "Install them with this system's package manager, such that 'pkg-config --exists openblas lapacke libzip' succeeds."
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        fail "${missing[*]} must be installed, and there is no sudo." \
            "Run as root: apt-get update && apt-get install ${missing[*]}"
    fi
    as_root=(sudo)
fi

echo "Hornet: installing ${missing[*]} (${as_root[*]:+${as_root[*]} }apt-get install)"
# Stale lists of one broken source need not keep the install from working: it says so itself if they do.
apt update || true
apt install --yes --no-install-recommends "${missing[@]}"

look
if [ ${#missing[@]} -gt 0 ]; then fail "what ${missing[*]} should bring is still not found."; fi
