#!/bin/sh
# The unit tests of the pure layers under valgrind: what the sanitizers can't see, above all
# values that were never set. Tests that start children are left to the sanitizers.
# usage: valgrind.sh BUILD_DIRECTORY
set -eu
build=$1
count=0
for test in $(find "$build/tests/unit/base" "$build/tests/unit/config" "$build/tests/unit/stats" \
    "$build/tests/unit/experiment" "$build/tests/unit/verdict" "$build/tests/unit/report" \
    -maxdepth 1 -type f -perm -u+x -name 'test_*' | sort); do
    case $test in
    */test_interrupt) continue ;; # exits from a signal handler, with its memory in place
    esac
    log=$build/valgrind.log
    if ! PAWL_TEST_DATA=$PWD/tests valgrind --quiet --error-exitcode=9 --leak-check=full \
        --errors-for-leak-kinds=definite,indirect "$test" >"$log" 2>&1; then
        tail -n 60 "$log"
        echo "valgrind: $test" >&2
        exit 1
    fi
    count=$((count + 1))
done
echo "valgrind: $count test programs are clean"
