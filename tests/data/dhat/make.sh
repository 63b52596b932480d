#!/bin/sh
# Makes kept.json anew, with the valgrind that is installed: what DHAT writes of kept.cc.
# usage: make.sh [OUTPUT_DIRECTORY]
set -eu
cd "$(dirname "$0")"
out=${1:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp kept.cc "$work"
(cd "$work" && g++ -O1 -g kept.cc -o kept &&
    valgrind -q --tool=dhat --fullpath-after= --num-callers=40 --dhat-out-file=kept.json ./kept)
# Where it was made is of no concern, and should not be in the repository.
sed -e "s|$work|/tree|g" -e 's/^,"pid":.*/,"pid":1234/' "$work/kept.json" >"$out/kept.json"
