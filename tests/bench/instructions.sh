#!/bin/sh
# Does a gate on instructions find 0.5 % more of them, and nothing where nothing changed? Makes a
# throw-away repository of a small program, and runs `pawl check` with "instructions": "0.2%" RUNS
# times for each of four cases: 0.5 % more work, and a change of bytes without work; on the machine as
# it is, and with every CPU kept busy by another process.
#
#   instructions.sh PAWL [RUNS]
#
# Needs valgrind and git. Prints a line a case.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs cc gcc
needs valgrind
pawl=$(realpath "$1")
runs=${2:-20}
work=$(mktemp -d)
busy=
stop_busy() {
    for pid in $busy; do
        kill "$pid" 2>/dev/null || :
    done
    busy=
}
trap 'stop_busy; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

PAWL_CACHE_DIR=$work/cache
GIT_CONFIG_GLOBAL=/dev/null
GIT_CONFIG_NOSYSTEM=1
export PAWL_CACHE_DIR GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM

repository=$work/repository
mkdir "$repository"
cd "$repository"
git init -q -b main .

write_program() { # ROUNDS NAME
    cat >digest.c <<PROGRAM
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char name[] = "$2";

/* FNV-1a over a message, again and again, each time from a copy on the heap. */
static uint64_t digest(const char *message, size_t length, uint64_t hash)
{
    char *copy = malloc(length);
    memcpy(copy, message, length);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)copy[i]) * UINT64_C(1099511628211);
    free(copy);
    return hash;
}

int main(void)
{
    static char message[1024];
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (char)(i * 7);
    for (int round = 0; round < $1; round++)
        hash = digest(message, sizeof message, hash);
    printf("%s %d\n", name, (int)(hash >> 63));
    return 0;
}
PROGRAM
}

commit() { # MESSAGE
    git add -A
    git -c user.name=bench -c user.email=bench@localhost commit -qm "$1"
}

cat >pawl.json <<CONFIG
{
  "version": 1,
  "build": { "run": ["cc -O2 -o digest digest.c"] },
  "margins": { "cpu": "none", "wall": "none", "peak_rss": "none", "instructions": "0.2%" },
  "suites": [{ "name": "digest", "benchmarks": [{ "name": "digest", "run": "./digest" }] }]
}
CONFIG
write_program 2000 digest-1
commit 'base'
git tag base
write_program 2010 digest-1
commit '0.5 % more work'
git tag slower
git checkout -q base
write_program 2000 digest-2
commit 'another name'
git tag no-change

run_case() { # TAG MACHINE
    regressed=0
    ok=0
    other=0
    : >"$work/changes"
    i=0
    while [ "$i" -lt "$runs" ]; do
        i=$((i + 1))
        code=0
        "$pawl" check --base base --head "$1" --no-identical --no-explain --json "$work/result.json" \
            >"$work/out" 2>"$work/err" || code=$?
        case $code in
        0) ok=$((ok + 1)) ;;
        1) regressed=$((regressed + 1)) ;;
        *)
            other=$((other + 1))
            cat "$work/err" "$work/out" >&2 ;;
        esac
        [ "$code" -gt 1 ] || "$pawl" report "$work/result.json" --format tsv |
            awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
                $column["metric"] == "instructions" { print 100 * $column["change"] }' >>"$work/changes"
    done
    printf '%-10s  %-24s  regressed %2d of %d, ok %2d, else %d; change %s\n' \
        "$1" "$2" "$regressed" "$runs" "$ok" "$other" \
        "$(sort -n "$work/changes" | awk 'NR == 1 { low = $1 } { high = $1 } END { print low " % to " high " %" }')"
}

as_it_is="as it is (load $(cut -d' ' -f1 /proc/loadavg))"
run_case slower "$as_it_is"
run_case no-change "$as_it_is"
cpus=$(nproc)
while [ "$cpus" -gt 0 ]; do
    cpus=$((cpus - 1))
    taskset -c "$cpus" sh -c 'while :; do :; done' &
    busy="$busy $!"
done
run_case slower 'every CPU kept busy'
run_case no-change 'every CPU kept busy'
