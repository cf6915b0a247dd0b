#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Says which sources clang-format would write otherwise (.clang-format); with --fix writes them.
# Every version of clang-format has its own mind, so ours is that of Debian 12; with another one the
# exit status is 77: the test is skipped.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
version=14
program=$(command -v clang-format-$version || true)
if [ -z "$program" ]; then
  echo "format.sh: there is no clang-format-$version here"
  exit 77
fi
files() { find app engine tests widgets -name '*.cpp' -print0 -o -name '*.h' -print0; }
if [ "${1:-}" = --fix ]; then
  files | xargs -0 -n 50 -P "$(nproc)" "$program" -i
elif ! files | xargs -0 -n 50 -P "$(nproc)" "$program" --dry-run --Werror 2> >(grep 'error:' | sed 's/ error:.*//' >&2); then
  echo "format.sh: 'tests/structure/format.sh --fix' writes these as .clang-format wants them"
  exit 1
fi
