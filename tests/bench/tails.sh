#!/bin/sh
# Is a longer tail caught, and nothing else? Runs `pawl check` many times on a program that times its
# operations, 1 % of which do ten times as much as the others (two_speed.c).
#
#   tails.sh PAWL TWO_SPEED no-change RUNS [CHECK_OPTION...]   base and head are alike
#   tails.sh PAWL TWO_SPEED doubled RUNS [CHECK_OPTION...]     on head 2 % of them do
#
# Prints the rows of each run, then how often each row got which verdict.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 4 $#
needs git
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
pawl=$(realpath "$1")
two_speed=$2
change=$3
runs=$4
shift 4

work=$root/build/tails
repository=$work/repository
results=$work/results-$change
PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR

case $change in
no-change) slow=100 ;;
doubled) slow=200 ;;
*)
    echo "tails: unknown change '$change': no-change or doubled" >&2
    exit 2 ;;
esac

commit() { # SLOW MESSAGE
    printf '# %s\nexec "%s" 50000 %s\n' "$2" "$two_speed" "$1" >"$repository/operations.sh"
    git -C "$repository" add -A
    git -C "$repository" -c user.name=tails -c user.email=tails@localhost commit -q -m "$2"
}

rm -rf "$repository" "$results"
mkdir -p "$repository" "$results"
git -C "$repository" init -q -b main
cat >"$repository/pawl.json" <<'CONFIG'
{ "version": 1,
  "margins": { "cpu": "none", "wall": "none", "peak_rss": "none" },
  "suites": [{ "name": "tails", "benchmarks": [
    { "name": "two-speed", "run": "sh operations.sh", "samples": "stdout", "work": "50000 operations" }] }] }
CONFIG
commit 100 base
commit "$slow" head

run=0
while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    code=0
    "$pawl" check -q -C "$repository" --base main~1 --head main --no-identical --no-explain \
        --output "$results/$run" "$@" >/dev/null || code=$?
    "$pawl" report --format tsv "$results/$run/result.json" >"$results/$run.tsv"
    awk -F '\t' -v run="$run" -v code="$code" '
        NR > 1 && $2 ~ /^p[0-9]/ { text = text sprintf(", %s %s (%+.1f %%, %d pairs)", $2, $3, 100 * $6, $10) }
        END { printf "run %d: exit %d%s\n", run, code, text }' "$results/$run.tsv"
done

cat "$results"/*.tsv | awk -F '\t' '
    $2 ~ /^p[0-9]/ { said[$2 " " $3]++; names[$2] = 1; pairs[$2] += $10 }
    END {
        for (name in names) {
            line = name ":"
            split("regressed improved inconclusive ok failed", verdicts, " ")
            for (i = 1; i <= 5; i++)
                if (said[name " " verdicts[i]])
                    line = line sprintf(" %s %d,", verdicts[i], said[name " " verdicts[i]])
            print line, pairs[name], "pairs"
        }
    }' | sort
