#!/bin/sh
# The demo: a throw-away repository made of this project's own case-tracker, one commit that makes
# look-ups slow and one that changes a comment, and the gate's answer to both.
# usage: run.sh PROJECT_DIRECTORY PAWL
set -eu
root=$1
pawl=$2
demo=$root/runners/case-tracker/demo

PAWL_CACHE_DIR=$root/build/demo/cache
repository=$root/build/demo/repository
results=$root/build/demo/results
export PAWL_CACHE_DIR

# shellcheck source=tests/demo/repository.sh
. "$root/tests/demo/repository.sh"

say() {
    printf '\n==> %s\n' "$*"
}

die() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

# Runs the gate on a tag against its parent; leaves the exit code in $code. Without layouts: ten
# more builds would make a long show of it.
check() {
    printf '$ pawl check --base %s~1 --head %s --layouts off\n' "$1" "$1"
    code=0
    "$pawl" check -C "$repository" --base "$1~1" --head "$1" --layouts off --output "$results/$1" || code=$?
}

# The rows that regressed, by the result file, sorted. Whether a bench's time is judged on CPU or
# on wall time is found out in its warm-up; here both are "time".
regressed_rows() {
    "$pawl" report --format tsv "$1" | awk -F '\t' '$3 == "regressed" { print $1 " " $2 }' |
        sed 's/ \(cpu\|wall\)$/ time/' | sort
}

start=$(date +%s)
say "making a throw-away repository of case-tracker in build/demo/repository"
rm -rf "$results"
mkdir -p "$results"
make_repository
make_change "$demo/index-by-scan.patch" 'index: find cases by looking through the list' slow
make_change "$demo/comment-only.patch" 'index: say it better' comment

say "a commit that replaces the id index by a scan through the list: the gate should say no"
check slow
[ "$code" -eq 1 ] || die "the gate should have exited with 1 (regression), but exited with $code"
regressed_rows "$results/slow/result.json" >"$results/regressed.txt"
sort "$demo/expected-regressed.txt" >"$results/expected.txt"
if ! diff "$results/expected.txt" "$results/regressed.txt" >"$results/difference.txt"; then
    cat "$results/difference.txt"
    die "the rows that regressed are not exactly those that the change touches ('<' expected, '>' found)"
fi
printf '\nExit code 1, as was to be expected: exactly the %d rows that look cases up regressed.\n' \
    "$(wc -l <"$results/expected.txt")"
printf 'The report for the pull request: %s\n' "$results/slow/report.md"
printf 'The same as a page, with the pairs of each row: %s\n' "$results/slow/report.html"

say "a commit that changes a comment: the gate should say yes"
check comment
[ "$code" -eq 0 ] || die "the gate should have passed (exit 0), but exited with $code"
printf '\nExit code 0: both sides run the same bytes, so nothing had to be timed.\n'
say "done in $(($(date +%s) - start)) s; clear it away with rm -r build/demo"
