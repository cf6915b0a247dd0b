#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what DendroTwin needs from Debian (12 or newer, or Ubuntu of that age), after saying
# what that is. Does nothing when everything is there.
#   --tests   also what the tests need
#   --list    only print the packages
set -euo pipefail

build=(
  g++ cmake ninja-build            # compiler and build
  qt6-base-dev qt6-svg-dev         # the window
  libqcustomplot-dev               # plots
  libtorch-dev                     # networks ...
  libopenblas0-pthread             # ... with a fast matrix library: plain libblas is many times slower
  neuron neuron-dev                # the simulator and its NMODL translator
  libhdf5-dev                      # recordings, data sets, twins
  libhwy-dev                       # vectors of every processor, for the fast engine
  nlohmann-json3-dev               # JSON
  fonts-dejavu-core                # a font, where the system has none
)
tests=(
  python3-neuron python3-torch python3-h5py python3-numpy   # judges: NEURON, PyTorch and HDF5 themselves
  clang-format                                              # how sources are written
  xvfb                                                      # a display for the window
)

packages=("${build[@]}")
list=no
for argument in "$@"; do
  case "$argument" in
    --tests) packages+=("${tests[@]}") ;;
    --list) list=yes ;;
    *) echo "install-dependencies.sh: unknown argument '$argument' (--tests, --list)" >&2; exit 2 ;;
  esac
done
if [ "$list" = yes ]; then
  printf '%s\n' "${packages[@]}"
  exit 0
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "This is not Debian or Ubuntu: please install the equivalents of" >&2
  printf '  %s\n' "${packages[@]}" >&2
  exit 1
fi
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ ${#missing[@]} -eq 1 ]; then
  echo "DendroTwin needs a package from your distribution that is not installed yet:"
else
  echo "DendroTwin needs ${#missing[@]} packages from your distribution that are not installed yet:"
fi
printf '  %s\n' "${missing[@]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Installing needs root and there is no sudo here. As root, run:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
  echo "Installing them needs root: sudo may ask for your password."
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
