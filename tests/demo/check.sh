#!/bin/sh
# The demo's repository holds all that case-tracker is built from: a file that it lacks shows when
# CMake configures it. usage: check.sh PROJECT_DIRECTORY
set -eu
root=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
repository=$place/repository
. "$root/tests/demo/repository.sh"
make_repository
if ! cmake -S "$repository" -B "$place/build" -DPAWL_GATE=OFF -DPAWL_TESTS=OFF >"$place/log" 2>&1; then
    cat "$place/log"
    echo '[  FAILED  ] 1 test(s), listed below:'
    exit 1
fi
echo '[  PASSED  ] 1 test(s).'
