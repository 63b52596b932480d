#!/bin/sh
# Runs the tests of a build directory and closes with a line that says how many ran.
# usage: run.sh BUILD_DIRECTORY [CTEST_OPTION...]
set -eu
build=$1
shift

status=0
ctest --test-dir "$build" --output-on-failure -j "$(nproc)" "$@" || status=$?

# cmocka closes each program with "[  PASSED  ] N test(s)." and, where some failed, with
# "[  FAILED  ] N test(s), listed below:"; shell tests print the same lines.
log=$build/Testing/Temporary/LastTest.log
passed=$(awk '/^\[  PASSED  \] [0-9]+ test/ { n += $4 } END { print n + 0 }' "$log")
failed=$(awk '/^\[  FAILED  \] [0-9]+ test/ { n += $4 } END { print n + 0 }' "$log")
skipped=$(awk '/^\[  SKIPPED \] [0-9]+ test/ { n += $4 } END { print n + 0 }' "$log")
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1 # a program that crashed before it could count
fi
if [ "$passed" -eq 0 ]; then
    echo "no test ran" >&2
    status=1
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
exit "$status"
