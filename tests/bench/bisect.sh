#!/bin/sh
# Does `pawl bisect` find a planted culprit? Makes a repository of 65 commits of a C program, two of them
# unbuildable and in the way of the search, one of them slower by 5 %, then the same by 3 %; RUNS times each,
# with the culprit at another place each time. Then RUNS times without a culprit. By CPU time, or by another
# metric. Prints a line a search: what was said, comparisons, pairs, time.
#
#   bisect.sh PAWL [RUNS] [METRIC] [TURNS]
#
# TURNS of its loop is what the program makes: 12 million take about 15 ms on a quiet machine. Interrupted,
# it goes on where it stopped; `rm -r build/bisect-bench` begins anew. 10 minutes for 10 runs on a busy machine.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs cc gcc
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
pawl=$(realpath "$1")
runs=${2:-10}
metric=${3:-cpu}
turns=${4:-12000000}

work=$root/build/bisect-bench/$metric-$turns
PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR
mkdir -p "$work"

commit() { # DIRECTORY NUMBER TURNS BROKEN
    cat >"$1/program.c" <<SOURCE
#include <stdio.h>
const char *note = "commit $2"; /* the bytes of each build are its own */
int main(int count, char **words)
{
    unsigned long long chain = (unsigned)count; /* each turn waits for the one before */
    for (unsigned i = 0; i < $3u; i++)
        chain = chain * 6364136223846793005ull + 1442695040888963407ull;
    if (count > 1)
        puts(words[1][0] ? note : "");
    return chain == 42;
}
$4
SOURCE
    git -C "$1" add -A
    git -C "$1" -c user.name=bench -c user.email=bench@localhost commit -qm "commit $2"
}

make_repository() { # DIRECTORY CULPRIT PERCENT BROKEN BROKEN
    rm -rf "$1"
    git init -q -b main "$1"
    cat >"$1/pawl.json" <<CONFIG
{
  "version": 1,
  "build": { "run": ["cc -O1 -o program program.c"] },
  "margins": { "wall": "none", "peak_rss": "none", "cpu": "2%", "instructions": "0.2%" },
  "suites": [{ "name": "bench", "benchmarks": [{ "name": "turn", "run": "./program" }] }]
}
CONFIG
    number=0
    while [ "$number" -le 64 ]; do
        its=$turns
        [ "$number" -lt "$2" ] || its=$((turns + turns * $3 / 100))
        broken=
        if [ "$number" = "$4" ] || [ "$number" = "$5" ]; then broken='this does not compile'; fi
        commit "$1" "$number" "$its" "$broken"
        number=$((number + 1))
    done
}

# The first commit that is asked about is the 32nd; the second, where that can't be built, about 16 to either
# side. Neither may be the culprit or its parent, which could not be told apart from it then.
culprit_of() { # RUN
    echo $((1 + ($1 * 19 + 5) % 64))
}
second_broken() { # CULPRIT
    if [ "$1" -lt 32 ]; then echo 16; else echo 47; fi
}

field() { # FILE NAME
    sed -n "s/^  \"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1"
}

search() { # NAME CULPRIT PERCENT
    result=$work/$1.json
    if [ ! -s "$result" ]; then
        first=32
        second=$(second_broken "$2")
        while [ "$first" = "$2" ] || [ $((first + 1)) = "$2" ]; do first=$((first + 2)); done
        while [ "$second" = "$2" ] || [ $((second + 1)) = "$2" ]; do second=$((second + 2)); done
        make_repository "$work/$1" "$2" "$3" "$first" "$second"
        "$pawl" bisect -q -C "$work/$1" --good main~64 --bad main --row turn --metric "$metric" \
            --json "$result" --no-explain >"$work/$1.txt" || [ $? -le 4 ]
    fi
    skipped=$(grep -c '"answer": "skipped"' "$result" || true)
    probes=$(grep -c '"kind": ' "$result")
    named=$(sed -n '/"suspects"/,/\]/s/.*"subject": "commit \([0-9]*\)".*/\1/p' "$result" | tr '\n' ' ')
    echo "$1: $(field "$result" outcome)${named:+ at }${named:-" "}(planted: $2), $((probes - skipped)) comparisons," \
        "$skipped passed over, $(field "$result" pair_count) pairs," \
        "$(($(field "$result" elapsed_ns) / 1000000000)) s, probability $(field "$result" probability)"
    rm -rf "${work:?}/$1"
}

for percent in 5 3; do
    run=1
    while [ "$run" -le "$runs" ]; do
        search "$percent-percent-$run" "$(culprit_of "$run")" "$percent"
        run=$((run + 1))
    done
done
run=1
while [ "$run" -le "$runs" ]; do
    search "nothing-$run" 65 0
    run=$((run + 1))
done
uptime
