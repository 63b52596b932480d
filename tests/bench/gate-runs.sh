#!/bin/sh
# How often does the gate say what? Runs `pawl check` many times on one change to case-tracker and
# counts the answers.
#
#   gate-runs.sh PAWL no-change RUNS [CHECK_OPTION...]   a comment-only commit, really measured
#   gate-runs.sh PAWL five-percent RUNS [CHECK_OPTION...]   5 % more CPU time in one benchmark
#
# Prints a line a run (exit code, rows by verdict, pairs, seconds), then the counts.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 3 $#
needs git
needs cc gcc
needs cmake
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
pawl=$(realpath "$1")
change=$2
runs=$3
shift 3

work=$root/build/gate-runs
repository=$work/repository
results=$work/results-$change
PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR

# shellcheck source=tests/demo/repository.sh
. "$root/tests/demo/repository.sh"

case $change in
no-change) patch=$root/runners/case-tracker/demo/comment-only.patch ;;
five-percent) patch=$root/tests/bench/five-percent.patch ;;
*)
    echo "gate-runs: unknown change '$change': no-change or five-percent" >&2
    exit 2 ;;
esac

rm -rf "$results"
mkdir -p "$results"
make_repository
# The demo's margins are wide, so that no accident of code layout spoils a show; here they are the
# usual ones.
sed -i 's/"cpu": "5%", "wall": "10%"/"cpu": "2%", "wall": "5%"/' "$repository/pawl.json"
grep -q '"cpu": "2%"' "$repository/pawl.json"
commit 'the usual margins'
git -C "$repository" tag -f start >/dev/null
make_change "$patch" "$change" change

run=0
: >"$results/all.tsv"
while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    code=0
    began=$(date +%s)
    "$pawl" check -q -C "$repository" --base start --head change --no-identical --no-explain --layouts off \
        --output "$results/$run" "$@" >/dev/null || code=$?
    "$pawl" report --format tsv "$results/$run/result.json" >"$results/$run.tsv"
    awk -F '\t' -v run="$run" -v code="$code" -v seconds="$(($(date +%s) - began))" '
        NR > 1 && $3 != "not judged" { rows[$3]++; total++ }
        NR > 1 && $3 != "not judged" && !seen[$1]++ { pairs += $10 }
        END {
            printf "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", run, code, rows["regressed"], rows["inconclusive"],
                rows["improved"], total, pairs, seconds
        }' "$results/$run.tsv" | tee -a "$results/all.tsv" |
        awk -F '\t' '{ printf "run %d: exit %d, %d regressed, %d inconclusive, %d improved of %d rows, %d pairs, %d s\n", $1, $2, $3, $4, $5, $6, $7, $8 }'
done

awk -F '\t' '
    { runs++; exits[$2]++; if ($3) loud++; rows += $6; regressed += $3; open += $4; improved += $5; pairs += $7
      if (!least || $7 < least) least = $7; if ($7 > most) most = $7 }
    END {
        printf "\n%d runs: %d said regressed;", runs, loud
        for (code in exits) printf " exit %s: %d;", code, exits[code]
        printf "\n%d rows judged: %d regressed, %d inconclusive, %d improved", rows, regressed, open, improved
        printf "\n%.1f pairs a run (%d to %d)\n", pairs / runs, least, most
    }' "$results/all.tsv"
