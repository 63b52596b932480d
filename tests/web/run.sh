#!/bin/sh
# Runs one file of tests that need Node and packages of npm, and closes with the lines that
# tests/run.sh counts. Exits with 77, and says what is missing, where the tests can't run.
# usage: run.sh TESTS.mjs
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

skip() {
    echo "skipped: $*"
    echo "[  SKIPPED ] 1 test(s)."
    exit 77
}

command -v node >/dev/null || skip "needs Node 18 or later (apt-get install nodejs npm)"
[ -d "$here/node_modules" ] || skip "needs packages of npm (npm ci --ignore-scripts --prefix tests/web)"

status=0
output=$(node --test --test-reporter=tap "$1" 2>&1) || status=$?
printf '%s\n' "$output"
count() {
    printf '%s\n' "$output" | sed -n "s/^# $1 \([0-9][0-9]*\)\$/\1/p" | tail -n 1
}
printf '[  PASSED  ] %d test(s).\n' "$(count pass)"
printf '[  FAILED  ] %d test(s), listed above\n' "$(count fail)"
printf '[  SKIPPED ] %d test(s).\n' "$(count skipped)"
exit "$status"
