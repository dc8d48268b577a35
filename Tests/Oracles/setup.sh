#!/bin/bash
# Prints the path of a Python with the libraries of requirements.txt: the one that HORNET_ORACLE names, else one in a
# virtual environment that is made in the user's cache at the first time (2.3 GB).
#     HORNET_ORACLE=$(bash Tests/Oracles/setup.sh) bash Tests/run.sh
# Fails, and says why, where they can't be installed.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if [ -n "${HORNET_ORACLE-}" ]; then
    echo "$HORNET_ORACLE"
    exit 0
fi

version=$(cksum <"$here/requirements.txt" | cut -d ' ' -f 1)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/hornet/oracles-$version
if [ ! -e "$folder/complete" ]; then
    {
        rm -rf "$folder"
        python3 -m venv "$folder"
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
        touch "$folder/complete"
    } >&2
fi
echo "$folder/bin/python"
