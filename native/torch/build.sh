#!/usr/bin/env bash
# Builds libdkl_torch, the C interface over libtorch, into native/torch/build.
#
#   native/torch/build.sh                  Debian's libtorch-dev, or whatever libtorch CMake finds
#   native/torch/build.sh python3          the libtorch inside that Python's torch, with CUDA where it has it
#   TORCH_PREFIX=FOLDER native/torch/build.sh
#                                          a libtorch unpacked in FOLDER
#
# Needs cmake, a C++17 compiler (C++20 for libtorch 2.14 and later) and libtorch.
set -euo pipefail
cd "$(dirname "$0")"

arguments=(-S . -B build -DCMAKE_BUILD_TYPE=Release)
prefix=${TORCH_PREFIX:-}
if [ $# -gt 0 ]; then
  prefix=$("$1" -c 'import torch; print(torch.utils.cmake_prefix_path)') \
    || { echo "build.sh: $1 has no torch; install it there, or name another Python." >&2; exit 1; }
fi
[ -z "$prefix" ] || arguments+=(-DCMAKE_PREFIX_PATH="$prefix")
[ -z "${DKL_TORCH_CXX:-}" ] || arguments+=(-DDKL_TORCH_CXX="$DKL_TORCH_CXX")

# Another libtorch than the last time must not be taken from the cache.
rm -rf build
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake "${arguments[@]}" && cmake --build build --parallel; } > "$log" 2>&1; then
  cat "$log" >&2
  echo "build.sh: no libdkl_torch was built. Debian has what it needs as: libtorch-dev cmake g++" >&2
  exit 1
fi
grep -h '^-- libtorch:' "$log"
echo "built $(pwd)/build/libdkl_torch.so"
