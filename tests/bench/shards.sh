#!/bin/sh
# Do four shards of the project's own suite, merged, say what one run says? Clones the repository, makes
# case-tracker five percent slower in a commit, and judges its whole suite by instructions (which
# repeat, so that rows must agree one by one) in one run and in SHARDS shards that are merged.
#
#   shards.sh PAWL [SHARDS [BENCH...]]
#
# Needs valgrind, git and cmake. Prints the time of each, the verdicts, and the rows that differ: none.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs cc gcc
needs cmake
needs valgrind
pawl=$(realpath "$1")
shards=${2:-4}
shift $(($# < 2 ? $# : 2)) # what is left are benches
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

PAWL_CACHE_DIR=$work/cache
GIT_CONFIG_GLOBAL=/dev/null
GIT_CONFIG_NOSYSTEM=1
export PAWL_CACHE_DIR GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM

git clone -q "$here/../.." "$work/repository"
cd "$work/repository"
git apply "$here/five-percent.patch"
git -c user.name=bench -c user.email=bench@localhost commit -qam 'case-tracker: five percent slower'

# The suite as it is, but small and counted.
sed -e '/"goals":/d' -e 's/\[100000, 1000000\]/[100, 400]/' -e 's/\[10*\]/[400]/' \
    -e 's/\[1000, [0-9]*, [0-9]*\]/[100, 200, 400]/' \
    -e 's/CASE-000900/CASE-000090/' -e 's/"margins": {.*}/"margins": { "cpu": "none", "wall": "none", "peak_rss": "none", "instructions": "2%" }/' \
    pawl.json >"$work/pawl.json"

options="--base HEAD~1 --config $work/pawl.json --budget 1h --no-explain --layouts off --quiet"
seconds() {
    now=$(date +%s)
    echo $((now - $1))
}

started=$(date +%s)
# shellcheck disable=SC2086 # the options are words
"$pawl" check $options "$@" --json "$work/whole.json" >/dev/null && code=0 || code=$?
echo "one run: exit $code, $(seconds "$started") s with both builds"

files=
for shard in $(seq "$shards"); do
    started=$(date +%s)
    # shellcheck disable=SC2086
    "$pawl" check $options "$@" --shard "$shard/$shards" --json "$work/shard-$shard.json" >/dev/null
    echo "shard $shard of $shards: exit 0, $(seconds "$started") s"
    files="$files $work/shard-$shard.json"
done
# shellcheck disable=SC2086
"$pawl" merge --json "$work/merged.json" $files >/dev/null && code=0 || code=$?
echo "merged: exit $code"

# bench, metric, verdict: of judged rows and growths
for result in whole merged; do
    "$pawl" report --format tsv "$work/$result.json" |
        awk -F '\t' 'NR > 1 && $3 != "not judged" && $2 !~ /of (cpu|wall)/ { print $1, $2, $3 }' |
        sort >"$work/$result.txt"
done
echo "verdicts of rows and growths in one run, and merged:"
for result in whole merged; do
    awk '{ $1 = $1 } { sub(/^[^ ]+ /, ""); print }' "$work/$result.txt" | sort | uniq -c |
        sed "s/^/  $result /"
done
if diff "$work/whole.txt" "$work/merged.txt"; then
    echo "rows that differ: none of $(wc -l <"$work/whole.txt")"
else
    exit 1
fi
