#!/bin/sh
# How fast pawl reads callgrind's profiles, beside callgrind_annotate on the same files: the C
# compiler compiling one of pawl's own files, profiled by source line and by instruction.
# usage: profile-speed.sh PROGRAM   (cmake --build BUILD --target profile-speed)
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs gcc
needs valgrind
needs bash
program=$1
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compiler=$(gcc -print-prog-name=cc1)
gcc -E -D_GNU_SOURCE -I"$root" "$root/runners/spawner.c" -o "$work/source.i"

profile() { # NAME OPTION...
    name=$1
    shift
    valgrind -q --tool=callgrind --callgrind-out-file="$work/$name" "$@" \
        "$compiler" -quiet -O2 "$work/source.i" -o /dev/null
}

# Seconds of CPU time, of the process and its children.
cpu_of() { # COMMAND...
    TIMEFORMAT='%U %S' bash -c 'time "$@" >/dev/null 2>&1' cpu_of "$@" 2>&1 |
        awk '{ printf "%.2f", $1 + $2 }'
}

compare() { # NAME
    "$program" "$work/$1" 9 | tee "$work/ours"
    theirs=$(cpu_of callgrind_annotate --auto=no "$work/$1")
    awk -v theirs="$theirs" '$1 == "whole" {
        printf "callgrind_annotate %s s: %.0f times as long\n", theirs, theirs / $2 }' "$work/ours"
}

echo "by line:"
profile lines
compare lines
echo "by instruction, with jumps:"
profile instructions --dump-instr=yes --collect-jumps=yes
compare instructions
[ -z "${KEEP:-}" ] || cp "$work"/lines "$work"/instructions "$KEEP"
