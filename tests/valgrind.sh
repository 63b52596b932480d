#!/bin/sh
# The unit tests of the pure layers under valgrind: what the sanitizers can't see, above all
# values that were never set. Tests that start children are left to the sanitizers.
# usage: valgrind.sh BUILD_DIRECTORY
set -eu
build=$1
PAWL_TEST_DATA=$PWD/tests
export PAWL_TEST_DATA

# test_interrupt exits from a signal handler, with its memory in place. Left out besides, as they
# take minutes here: tests that repeat one calculation thousands of times.
list=$build/valgrind-tests.txt
find "$build/tests/unit/base" "$build/tests/unit/config" "$build/tests/unit/stats" \
    "$build/tests/unit/experiment" "$build/tests/unit/verdict" "$build/tests/unit/report" \
    -maxdepth 1 -type f -perm -u+x -name 'test_*' ! -name test_interrupt \
    ! -name test_growth ! -name test_false_alarm ! -name test_sign_walk ! -name test_change_points \
    ! -name test_config_damage ! -name test_prediction ! -name test_rank_sum \
    ! -name test_signed_rank ! -name test_hodges_lehmann ! -name test_growth_judge | sort >"$list"

# As many at once as there are CPUs; each keeps what it printed beside its program.
if ! xargs -P "$(nproc)" -I TEST sh -c '
    valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect \
        TEST >TEST.valgrind.log 2>&1 || { tail -n 60 TEST.valgrind.log; echo "valgrind: TEST"; exit 1; }
    ' <"$list"; then
    echo "valgrind: found something" >&2
    exit 1
fi
echo "valgrind: $(wc -l <"$list") test programs are clean"
