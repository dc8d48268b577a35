#!/bin/bash
# Makes a virtual environment with the libraries that compare.py compares with, some gigabytes:
#     bash Benchmarks/peers/setup.sh .venv
# More arguments go to pip, for example where to find PyTorch's builds without CUDA. Then:
#     .venv/bin/python Benchmarks/peers/compare.py results.json
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if [ $# -eq 0 ]; then
    echo "Usage: setup.sh FOLDER [PIP OPTIONS]" >&2
    exit 2
fi
folder=$1
shift
python3 -m venv "$folder"
"$folder/bin/python" -m pip install --upgrade pip
"$folder/bin/python" -m pip install --requirement "$here/requirements.txt" "$@"
# torch.compile needs a C++ compiler.
if ! command -v g++ >/dev/null; then
    echo "There is no g++: compiled PyTorch can't be measured, and compare.py will say so." >&2
fi
