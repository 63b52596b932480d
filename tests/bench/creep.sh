#!/bin/sh
# Are many small steps seen as one? Makes a repository with a small program, commits it STEPS times (10),
# each PERCENT (1) slower than before, lets `pawl check` judge every commit against the one before it by
# METRIC (cpu; or instructions, which needs valgrind) with a margin of 2 %, and the last one with --anchor
# against the first. Prints what each said. A minute or two; a quarter of an hour on a busy machine.
#
#   creep.sh PAWL [STEPS [PERCENT [METRIC]]]
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs cc gcc
pawl=$(realpath "$1")
steps=${2:-10}
percent=${3:-1}
metric=${4:-cpu}
[ "$metric" != instructions ] || needs valgrind
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR
mkdir -p "$work/project"
cd "$work/project"
git init -q -b main .
git config user.email pawl@localhost
git config user.name pawl

own="\"$metric\": \"2%\""
[ "$metric" = cpu ] || own="\"cpu\": \"none\", $own"
cat >pawl.json <<CONFIG
{
  "version": 1,
  "build": { "run": ["cc -O1 -o hash hash.c"] },
  "margins": { $own, "wall": "none", "peak_rss": "none" },
  "budget": { "time": "2m", "pairs": 400 },
  "layouts": "off",
  "anchor": "v1.0",
  "creep_margins": { "$metric": "5%" },
  "suites": [{ "name": "creep", "benchmarks": [{ "name": "hash", "run": "./hash" }] }]
}
CONFIG

# The number of rounds is all that differs: the code lies where it lay.
commit() { # ROUNDS MESSAGE
    cat >hash.c <<PROGRAM
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    uint64_t hash = 14695981039346656037u;
    for (volatile uint32_t round = 0; round < ${1}u; round++)
        hash = (hash ^ (round & 255)) * 1099511628211u;
    return hash == 0;
}
PROGRAM
    git add -A
    git commit -q -m "$2"
}

row() { # TSV METRIC
    awk -F '\t' -v metric="$2" '$2 == metric {
        printf "%-12s %+.2f %% (%+.2f .. %+.2f) in %d pairs\n", $3, $6 * 100, $7 * 100, $8 * 100, $10 }' "$1"
}

check() { # COMMIT OPTION...
    "$pawl" check --quiet --base "$1~1" --head "$@" --json "$work/result.json" >"$work/out" 2>&1 || [ $? = 1 ] ||
        { cat "$work/out" >&2; exit 1; }
    "$pawl" report "$work/result.json" --format tsv >"$work/result.tsv"
}

rounds=12000000
[ "$metric" = cpu ] || rounds=1200000 # counting is slow, and needs no long runs
commit "$rounds" start
git tag v1.0
step=1
while [ "$step" -le "$steps" ]; do
    rounds=$(awk -v n="$rounds" -v p="$percent" 'BEGIN { printf "%.0f\n", n * (1 + p / 100) }')
    commit "$rounds" "step $step"
    check HEAD
    printf 'step %2d, really %+.2f %%: %s\n' "$step" "$percent" "$(row "$work/result.tsv" "$metric")"
    step=$((step + 1))
done
check HEAD --anchor
total=$(awk -v s="$steps" -v p="$percent" 'BEGIN { printf "%+.2f", ((1 + p / 100) ^ s - 1) * 100 }')
printf 'since v1.0, really %s %%: %s\n' "$total" "$(row "$work/result.tsv" "creep of $metric")"
