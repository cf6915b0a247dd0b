#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds and tests DendroTwin in a tree of its own of another Debian release, as a student would who
# has just cloned it there: `./run --headless`, then `./check`. Needs root, debootstrap and git.
set -euo pipefail

help() {
  cat <<'TEXT'
debian-tree.sh RELEASE [STEP [ARGUMENTS]]    RELEASE: bookworm, trixie, ...

Without a step: make, sources, run, check, exchange. Each may be named alone, and goes on where it was
interrupted:
  make             the release's base system, by debootstrap
  sources          a clone of the last commit; what was built there stays
  run              ./run --headless, which installs what is missing and builds
  check [CTEST..]  ./check, which builds and runs the tests; arguments go to ctest
  exchange         what this machine's build writes is read there, and the other way round
  shell [COMMAND]  a shell, or one command, in the clone
  clean            removes the tree

DENDROTWIN_TREES   folder of the trees (/var/tmp/dendrotwin-trees); a tree takes several GB
DENDROTWIN_MIRROR  where packages come from (the archive of this machine's apt)
TEXT
}

fail() {
  echo "debian-tree.sh: $1" >&2
  exit "${2:-1}"
}

case "${1:-}" in
  --help|-h) help; exit 0 ;;
  ''|-*|*/*) help >&2; exit 2 ;;
esac
release=$1
step=${2:-all}
shift $(($# < 2 ? $# : 2))
source=$(git -C "$(dirname "$(readlink -f "$0")")" rev-parse --show-toplevel)
tree=${DENDROTWIN_TREES:-/var/tmp/dendrotwin-trees}/$release
clone=/dendrotwin # in the tree
[ "$(id -u)" -eq 0 ] || fail "a tree is made and entered by root"
tree=$(realpath -m -- "$tree")

mirror() {
  if [ -n "${DENDROTWIN_MIRROR:-}" ]; then
    echo "$DENDROTWIN_MIRROR"
  else
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1
  fi
}

# A command in the clone, with a /proc, shared memory and a process space that end with it.
inside() {
  cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
  unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -e
    tree=$1 clone=$2
    shift 2
    mkdir -p "$tree/dev/shm" "$tree/dev/pts"
    mount -t proc proc "$tree/proc"
    mount -t sysfs -o ro sysfs "$tree/sys"
    mount -t tmpfs tmpfs "$tree/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$tree/dev/pts"
    exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" \
      http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
      DENDROTWIN_WERROR="${DENDROTWIN_WERROR:-OFF}" \
      ${CMAKE_BUILD_PARALLEL_LEVEL:+CMAKE_BUILD_PARALLEL_LEVEL="$CMAKE_BUILD_PARALLEL_LEVEL"} \
      chroot "$tree" sh -c "cd $clone && exec \"\$@\"" sh "$@"' bash "$tree" "$clone" "$@"
}

make_tree() {
  if [ -x "$tree/usr/bin/apt-get" ] && [ ! -e "$tree/debootstrap" ]; then
    return
  fi
  command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
  local from
  from=$(mirror)
  [ -n "$from" ] || fail "apt knows no Debian archive here; name one in DENDROTWIN_MIRROR"
  rm -rf --one-file-system "$tree"
  mkdir -p "$tree"
  debootstrap --variant=minbase --include=ca-certificates "$release" "$tree" "$from"
}

copy_sources() {
  if [ ! -d "$tree$clone/.git" ]; then
    git clone --quiet --no-hardlinks "$source" "$tree$clone"
  fi
  # Only files that differ are written, so that only they are built again.
  git -C "$tree$clone" fetch --quiet "$source" HEAD
  git -C "$tree$clone" reset --quiet --hard FETCH_HEAD
  git -C "$source" diff --quiet HEAD || echo "Changes that are not committed are left out."
}

run_headless() {
  inside rm -rf dendrotwin-run
  inside ./run --headless
  inside test -s dendrotwin-run/recording.h5 -a -s dendrotwin-run/plots.png \
    || fail "./run --headless left no recording or no picture"
}

exchange() {
  local cli=build/release/bin/dendrotwin-cli folder
  [ -x "$source/$cli" ] || fail "build DendroTwin here first: ./check -N"
  folder=$(mktemp -d)
  rm -rf "$tree/exchange"
  "$source/tests/package/exchange.py" write "$source/$cli" "$folder/here"
  cp -r "$folder/here" "$tree/exchange"
  inside tests/package/exchange.py read $cli /exchange
  rm -r "$tree/exchange"
  inside tests/package/exchange.py write $cli /exchange
  cp -r "$tree/exchange" "$folder/there"
  "$source/tests/package/exchange.py" read "$source/$cli" "$folder/there"
  rm -r "$folder"
}

enter() {
  if [ $# -gt 0 ]; then inside "$@"; else inside bash; fi
}

case "$step" in
  all) make_tree; copy_sources; run_headless; inside ./check; exchange ;;
  make) make_tree ;;
  sources) copy_sources ;;
  run) run_headless ;;
  check) inside ./check "$@" ;;
  exchange) exchange ;;
  shell) enter "$@" ;;
  clean) rm -rf --one-file-system "$tree" ;;
  *) help >&2; exit 2 ;;
esac
