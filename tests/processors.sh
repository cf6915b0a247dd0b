#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs the tests that compute as older and other processors would: every library is told to take the
# code that it has for them. What this processor cannot run is skipped.
#   tests/processors.sh [--list] [PROCESSOR...] [-- CTEST ARGUMENTS]
# Without arguments for ctest: all tests but those of the window, and of those the ones with twins.
# For instance: tests/processors.sh core2 haswell -- -R tst_TwinTorch
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

# No fused multiply-add and no wide vectors in the C library's exp(), log(), ...
old_libm=GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2

# Name | flags of /proc/cpuinfo it needs | our kernels | OpenBLAS | LibTorch | oneDNN | more
processors=(
  "core2       |          | plain  | Prescott    | default | SSE41       | $old_libm"
  "nehalem     |          | plain  | Nehalem     | default | SSE41       | $old_libm"
  "sandybridge | avx      | plain  | Sandybridge | default | AVX         | $old_libm"
  "haswell     | avx2 fma | avx2   | Haswell     | avx2    | AVX2        |"
  "zen         | avx2 fma | avx2   | Zen         | avx2    | AVX2        |"
  "skylake-x   | avx512vl | avx512 | SkylakeX    | avx512  | AVX512_CORE |"
  "cooperlake  | avx512_bf16 | avx512 | Cooperlake | avx512 | AVX512_CORE_BF16 |"
  "one-core    |          |        |             |         |             | OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1"
  "three-cores |          |        |             |         |             | OMP_NUM_THREADS=3 OPENBLAS_NUM_THREADS=3"
)

wanted=()
while [ $# -gt 0 ]; do
  case "$1" in
    --list) printf '%s\n' "${processors[@]%% *}"; exit 0 ;;
    --help|-h) sed -n '4,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --) shift; break ;;
    -*) echo "processors.sh: unknown option '$1'" >&2; exit 2 ;;
    *) wanted+=("$1"); shift ;;
  esac
done
arguments=("$@")
for name in "${wanted[@]}"; do
  printf '%s\n' "${processors[@]%% *}" | grep -qx -- "$name" \
    || { echo "processors.sh: there is no '$name'; --list names them" >&2; exit 2; }
done

build=build/release
[ -x $build/bin/dendrotwin-cli ] || { echo "processors.sh: build first: ./check -N" >&2; exit 1; }
run_tests() {
  local run=(env "$@" ctest --test-dir $build --output-on-failure)
  if [ ${#arguments[@]} -gt 0 ]; then
    "${run[@]}" "${arguments[@]}"
  else
    local good=yes
    "${run[@]}" -LE gui || good=no
    "${run[@]}" -L gui -L twin || good=no
    [ $good = yes ]
  fi
}

flags=" $(grep -m 1 '^flags' /proc/cpuinfo) "
failed=()
for row in "${processors[@]}"; do
  IFS='|' read -r name needs kernels blas aten onednn more <<<"${row// /%}"
  read -r name <<<"${name//%/ }"
  [ ${#wanted[@]} -eq 0 ] || printf '%s\n' "${wanted[@]}" | grep -qx -- "$name" || continue
  able=yes
  for flag in ${needs//%/ }; do
    [[ $flags == *" $flag "* ]] || able=no
  done
  if [ $able = no ]; then
    echo "== $name: skipped, this processor cannot"
    continue
  fi
  settings=()
  add() { [ -z "${2//%/}" ] || settings+=("$1=${2//%/}"); }
  add DENDROTWIN_KERNELS "$kernels"
  add OPENBLAS_CORETYPE "$blas"
  add ATEN_CPU_CAPABILITY "$aten"
  add DNNL_MAX_CPU_ISA "$onednn"
  read -ra rest <<<"${more//%/ }"
  settings+=("${rest[@]}")
  echo "== $name: ${settings[*]}"
  # What LibTorch's matrix library says it took.
  env "${settings[@]}" OPENBLAS_VERBOSE=2 $build/bin/dendrotwin-cli about 2>&1 \
    | grep -E '^(Core|kernels)' || true
  run_tests "${settings[@]}" || failed+=("$name")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "== failed as: ${failed[*]}"
  exit 1
fi
