#!/bin/sh
# Records the samples in this directory anew, with the perf that is installed, and what
# "perf report" says of their stacks: NAME.txt as runners/perf has it written, NAME.folded a
# line a stack, with its samples. Each recording has other figures.
# usage: make.sh [OUTPUT_DIRECTORY]
set -eu
cd "$(dirname "$0")"
out=${1:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp stacks.c "$work"

record() { # NAME PRINTED
    (cd "$work" && gcc -O1 -g -DPRINTED="$2" stacks.c -o stacks &&
        perf record -q -o samples -e cpu-clock:u -F 61 --call-graph dwarf,8192 -- ./stacks)
    # Where it was made is of no concern, and should not be in the repository.
    perf script -i "$work/samples" --no-inline --full-source-path \
        -F pid,period,ip,sym,dso,srcline 2>/dev/null |
        sed -e "s|$work|/tree|g" -e 's/^ *[0-9]* \( *[0-9]* \)$/ 1234 \1/' >"$out/$1.txt"
    perf report -i "$work/samples" --stdio --no-children --no-inline \
        -g folded,0,caller,function,count 2>/dev/null |
        sed -n 's/^ *\([0-9][0-9]*\) \(.*;.*\)$/\1 \2/p' | LC_ALL=C sort -k2 >"$out/$1.folded"
}

record base 20000
record head 60000
