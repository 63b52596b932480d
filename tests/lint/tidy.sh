#!/bin/sh
# clang-tidy over every .c file of gate/ and runners/, one file a process (14.0.6 given many files
# reports false findings), as many processes as there are CPUs.
# With "quick", all checks but clang's analyzer, which takes twenty times as long as they do.
# usage: tidy.sh CLANG_TIDY BUILD_DIRECTORY [quick]
set -eu
tidy=$1
build=$2
checks=
[ "${3:-}" != quick ] || checks='-clang-analyzer-*'
find gate runners -name '*.c' | sort |
    xargs -P "$(nproc)" -n 1 "$tidy" --quiet --checks="$checks" -p "$build" 2>/dev/null
echo "tidy: $(find gate runners -name '*.c' | wc -l) files are clean"
