#!/bin/sh
# Every benchmark's script says in one line which argument or which program it lacks, and does nothing.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for tool in sh sed dirname realpath mktemp rm mkdir; do
    ln -s "$(command -v "$tool")" "$work/$tool"
done

failures=0
check() { # SCRIPT WANTED_CODE WANTED_WORDS ARGUMENT...
    script=$1 wanted=$2 words=$3
    shift 3
    code=0
    said=$(cd "$work" && PATH=$work sh "$here/$script" "$@" 2>&1) || code=$?
    case $said in
    *"$words"*) [ "$code" -ne "$wanted" ] || return 0 ;;
    esac
    echo "$script $*: exit $code, not $wanted, or no '$words' in: $said" >&2
    failures=$((failures + 1))
}

for script in "$here"/*.sh; do
    name=${script##*/}
    case $name in needs.sh | needs-test.sh) continue ;; esac
    check "$name" 2 "usage: $name "
    check "$name" 3 "(apt-get install " a b c d
done
[ "$failures" -eq 0 ]
