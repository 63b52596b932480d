#!/bin/sh
# Runs replay on a short stream and looks for the rows, the picture and the errors that it should give,
# and for false alarms beyond the stated rate.
# usage: smoke.sh REPLAY
set -eu
replay=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "replay: $*" >&2
    exit 1
}

{
    echo wall_ns,cpu_us
    seq 1 300 | awk '{ print 4000000 + 7919 * $1 % 90001 "," 3900 + 7919 * $1 % 83 }'
} >"$work/short.csv"

"$replay" --replays 6 --runs 8 --plot "$work" "$work/short.csv" >"$work/tables.md"
for row in 'pytest-benchmark, mean:5%' 'criterion, bootstrap' 'pawl, margin 2 %\*\* ' \
    'short.csv, CPU time, margin 2 %, 200 rows' 'short.csv, wall'; do
    grep -q -- "$row" "$work/tables.md" || fail "no row '$row'"
done
# A change of 10 % is far beyond this stream's noise: every replay must find it.
grep -q '^| 10 % | 1.00 | 0 | 0 | ' "$work/tables.md" || fail "a change of 10 % is not always found"

# Nothing changed: at most 1 % of 300 replays may cry, and three standard errors of that.
"$replay" --replays 300 --runs 4 --only alarms "$work/short.csv" >"$work/alarms.md"
awk -F'|' '/^. short.csv, / { seen++; if ($3 > 0.027 || $5 > 0.027) high = 1 } END { exit seen != 2 || high }' \
    "$work/alarms.md" || fail "pawl's false alarms: $(cat "$work/alarms.md")"

"$replay" --replays 6 --runs 8 --plot "$work" --only power "$work/short.csv" >"$work/again.md"
cp "$work/power-short-cpu.svg" "$work/first.svg"
"$replay" --replays 6 --runs 8 --plot "$work" --only power "$work/short.csv" | cmp - "$work/again.md"
cmp "$work/first.svg" "$work/power-short-cpu.svg"
grep -q '</svg>' "$work/first.svg" || fail "the picture is not whole"

"$replay" --replays 4 --only gates --rows 50 "$work/short.csv" | grep -q '^| 50 | 2 % | one row' ||
    fail "no gates of 50 rows"

"$replay" --replays 20 --only designs --plot "$work" "$work/short.csv" >"$work/designs.md"
[ "$(grep -c ' % |$' "$work/designs.md")" = 10 ] || fail "not all designs have a figure"
grep -q '</svg>' "$work/drift-short-wall.svg" || fail "the picture of the drift is not whole"

# 10 % are far beyond the noise and every layout: both experiments must find them.
"$replay" --replays 4 --only confirm "$work/short.csv" >"$work/confirm.md"
[ "$(grep -c '^| 1 | 10 % | [012] % | 1.0000 | 1.0000 |' "$work/confirm.md")" = 3 ] ||
    fail "a change of 10 % is not confirmed"

# So is one of 20 %: each bisection ends at the commit that has it.
"$replay" --replays 4 --only bisect "$work/short.csv" >"$work/bisect.md"
grep -q '^| one step of 20 % | 1.0000 | 1.0000 | 0.0000 ' "$work/bisect.md" || fail "a step of 20 % is not found"

"$replay" --replays 20 --only gates --rows 2 "$work/short.csv" >"$work/two.md"
[ "$(grep -c '^| 2 | ' "$work/two.md")" = "$(grep -c '^| [0-9]' "$work/two.md")" ] ||
    fail "--rows 2 has other gates too"
"$replay" --seed 1 --replays 20 --only gates --rows 2 "$work/short.csv" >"$work/other.md"
cmp -s "$work/two.md" "$work/other.md" && fail "another seed draws the same"

expect_error() { # MESSAGE ARGUMENT...
    message=$1
    shift
    "$replay" "$@" >"$work/out" 2>"$work/err" && fail "accepted $*"
    grep -qF -- "$message" "$work/err" || fail "'$(cat "$work/err")' instead of '$message'"
}
expect_error "usage: replay"
expect_error "no synthetic stream is called 'calm'" --synthetic calm
expect_error "--runs must be 4 to 1000000, not 'many'" --runs many "$work/short.csv"
expect_error "--only must be designs, power, verdicts, alarms, peers, gates, confirm, growth or bisect, not 'all'" --only all
expect_error "--rows must be 1 to 1000000, not '0'" --rows 0 "$work/short.csv"
expect_error "--seed must be a whole number, not '-1'" --seed -1 "$work/short.csv"
printf 'wall_ns,cpu_us\n1,2\n3,-4\n' >"$work/bad.csv"
expect_error "line 3 must be two numbers above 0, not '3,-4'" "$work/bad.csv"
printf 'wall_ns,cpu_us\n1,2\n' >"$work/few.csv"
expect_error "'few.csv' must have at least 270 runs, not 1" "$work/few.csv"
echo "replay: all rows are there"
