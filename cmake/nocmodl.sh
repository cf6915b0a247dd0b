#!/bin/sh
# Runs nocmodl quietly: its chatter appears only when it fails or refuses thread safety.
# usage: nocmodl.sh NOCMODL file.mod
out=$("$1" "$2" 2>&1) || { echo "$out" >&2; exit 1; }
case "$out" in
*"Thread Safe"*) ;;
*) echo "$out" >&2; echo "$2 is not thread-safe" >&2; exit 1 ;;
esac
