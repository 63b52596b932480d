#!/bin/sh
# A store under a git ref over the years: what recording costs at 100 and at 10,000 sessions, what a year of
# 2,000 sessions takes on the disk before and after `git gc`, how long it takes to list and to read.
#
#   store-scale.sh STORE_SCALE
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
scale=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PAWL_CACHE_DIR="$work/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

git init -q --bare "$work/year.git"
size() {
    echo "on the disk: $(du -sk "$work/year.git" | cut -f 1) KiB ($1)"
}
read_all() {
    rm -rf "$work/cache"
    echo "$1:"
    "$scale" list "$work/year.git"
    echo "first time:"
    "$scale" load "$work/year.git"
    echo "again, then one bench of ten:"
    "$scale" load "$work/year.git"
    "$scale" load "$work/year.git" 'operation-0[n=1000]'
}

"$scale" record "$work/year.git" 100
echo "at 100 sessions:"
"$scale" record "$work/year.git" 100
"$scale" record "$work/year.git" 1800
size "a year, each object a file"
read_all "a year, not packed"
git -C "$work/year.git" gc -q
size "a year, after git gc"
read_all "a year, packed"
"$scale" record "$work/year.git" 8000
git -C "$work/year.git" gc -q
echo "at 10,000 sessions:"
"$scale" record "$work/year.git" 100
size "five years, after git gc, and 100 sessions more"
read_all "five years, packed"
