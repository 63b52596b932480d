#!/bin/sh
# Makes the profiles in this directory anew, with the valgrind that is installed, and what
# callgrind_annotate says of them: NAME.self.txt and NAME.inclusive.txt.
# usage: make.sh [OUTPUT_DIRECTORY]
set -eu
cd "$(dirname "$0")"
out=${1:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tiny.c tiny.h "$work"
(cd "$work" && gcc -O1 -g -fno-optimize-sibling-calls -pthread tiny.c -o tiny)

profile() { # NAME OPTION...
    name=$1
    shift
    (cd "$work" && valgrind -q --tool=callgrind --callgrind-out-file="$name" \
        --toggle-collect=work "$@" ./tiny 2>"$name.err") || { cat "$work/$name.err"; exit 1; }
    # Where it was made is of no concern, and should not be in the repository.
    sed -e "s|$work|/build|g" -e 's/^pid: .*/pid: 1234/' "$work/$name" >"$out/$name"
    annotate "$name" no self
    annotate "$name" yes inclusive
}

annotate() { # NAME INCLUSIVE SUFFIX
    # In /, for it strips the directory that it runs in from names.
    (cd / && callgrind_annotate --auto=no --threshold=100 --show-percs=no \
        --inclusive="$2" "$work/$1") 2>/dev/null |
        sed -n -e "s|$work|/build|g" -e '/^Ir/,$p' >"$out/${1%.out}.$3.txt"
}

profile lines.out
profile instructions.out --dump-instr=yes --collect-jumps=yes --cache-sim=yes --branch-sim=yes
profile parts.out --combine-dumps=yes --dump-after=work --separate-callers=1
profile threads.out --combine-dumps=yes --separate-threads=yes --compress-strings=no --compress-pos=no
