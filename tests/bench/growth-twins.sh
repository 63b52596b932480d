#!/bin/sh
# How well are exponents told, and is n that became n^2 found where hardly a size shows it? Runs `pawl
# check` on case-tracker's twins, which look for equal titles by a hash table and by comparing each with
# each. Needs valgrind. A quarter of an hour.
#
#   growth-twins.sh PAWL [RUNS]
#
# 1. A comment-only commit, really measured RUNS times (3): the fitted exponents of both twins, by CPU
#    time, from 1,000 to 16,000 cases.
# 2. The same by instructions, once, from 1,000 to 8,000.
# 3. A commit that puts the second twin in the first one's place, by instructions with a margin of 25 %,
#    from 75 to 300 cases: what the gate says.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs cc gcc
needs cmake
needs valgrind
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
pawl=$(realpath "$1")
runs=${2:-3}

work=$root/build/growth-twins
repository=$work/repository
PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR

# shellcheck source=tests/demo/repository.sh
. "$root/tests/demo/repository.sh"

suite=build/suite/runners/case-tracker
twin() { # NAME GROWTH SIZES
    cat <<TWIN
        { "name": "$1", "run": "$suite/case-suite duplicates-$1 {work}/cases-{n}.db",
          "sizes": { "n": [$3] }, "growth": "$2", "same_output": true, "pairing": "apart",
          "binaries": ["$suite/case-suite"] }
TWIN
}

write_config() { # MARGINS BENCHMARKS
    cat >"$repository/pawl.json" <<CONFIG
{
  "version": 1,
  "build": {
    "run": [
      "cmake -S . -B build/suite -DCMAKE_BUILD_TYPE=Release -DPAWL_GATE=OFF -DPAWL_TESTS=OFF",
      "cmake --build build/suite --target case-tracker case-suite"
    ]
  },
  "margins": { "wall": "none", "peak_rss": "none", $1 },
  "budget": { "time": "20m" },
  "suites": [
    {
      "name": "twins",
      "prepare": ["$suite/case-tracker generate --count {n} --seed 1 --output {work}/cases-{n}.db"],
      "benchmarks": [
$2
      ]
    }
  ]
}
CONFIG
}

check() { # BASE HEAD RESULTS
    "$pawl" check -q -C "$repository" --base "$1" --head "$2" --no-identical --no-explain --output "$3" >/dev/null ||
        [ $? = 1 ]
    "$pawl" report --format tsv "$3/result.json" >"$3.tsv"
}

growths() { # RESULTS
    awk -F '\t' '$2 ~ /^growth of/ { printf "%s %s: %s, base n^%.3f, head n^%.3f\n", $1, $2, $3, $4, $5 }' "$1.tsv"
}

rows() { # RESULTS
    awk -F '\t' 'NR > 1 && $3 != "not judged" && $2 !~ /^growth/ { printf "%s %s: %s, %+.1f %%\n", $1, $2, $3, 100 * $6 }' "$1.tsv"
}

configure() { # MARGINS BENCHMARKS TAG
    write_config "$1" "$2"
    commit "$3"
    git -C "$repository" tag -f start >/dev/null
    make_change "$root/runners/case-tracker/demo/comment-only.patch" "$3, a comment" "$3"
}

rm -rf "$work/results"
mkdir -p "$work/results"
make_repository

configure '"cpu": "2%"' "$(twin hash 'O(n)' '1000, 4000, 16000'),
$(twin pairs 'O(n^2)' '1000, 4000, 16000')" cpu
echo "by CPU time:"
run=0
while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    check start cpu "$work/results/cpu-$run"
    growths "$work/results/cpu-$run"
done

git -C "$repository" checkout -q main
configure '"cpu": "none", "instructions": "1%"' "$(twin hash 'O(n)' '1000, 3000, 8000'),
$(twin pairs 'O(n^2)' '1000, 3000, 8000')" instructions
echo "by instructions:"
check start instructions "$work/results/instructions"
growths "$work/results/instructions"

git -C "$repository" checkout -q main
write_config '"cpu": "none", "instructions": "25%"' "$(twin hash 'O(n)' '75, 150, 300')"
commit 'small sizes'
git -C "$repository" tag -f start >/dev/null
variants=$repository/runners/case-tracker/suite/variants.c
sed -i 's/"duplicates-hash", "STORE", 1, run_duplicates_hash,/"duplicates-hash", "STORE", 1, run_duplicates_pairs,/' \
    "$variants"
grep -q '"duplicates-hash", "STORE", 1, run_duplicates_pairs' "$variants"
commit 'duplicates: each title is compared with each'
echo "n became n^2, at small sizes:"
check start HEAD "$work/results/small"
rows "$work/results/small"
growths "$work/results/small"
