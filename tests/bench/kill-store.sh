#!/bin/sh
# Is a session that `pawl run --record` said it had recorded still there when another is killed?
# Starts it again and again, and kills it with SIGKILL at a random moment of its usual time, until so
# many were killed; then reads the whole store. Every session whose command had returned must be
# there, and nothing in it may be unreadable.
#
#   kill-store.sh PAWL STORE_CHECK [TIMES [SEED]]
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 2 $#
needs git
pawl=$(realpath "$1")
check=$2
times=${3:-200}
seed=${4:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PAWL_CACHE_DIR=$work/cache
export PAWL_CACHE_DIR

mkdir "$work/project"
cd "$work/project"
cat >pawl.json <<'CONFIG'
{ "version": 1,
  "margins": { "cpu": "none", "wall": "none", "peak_rss": "none" },
  "suites": [{ "name": "s", "benchmarks": [{ "name": "true", "run": "/bin/true" }] }] }
CONFIG
git init -q
git add pawl.json
git -c user.name=n -c user.email=n@example.org commit -qm 'nothing to build'

# What one takes, once the caches are warm.
for i in 1 2; do
    begin=$(date +%s%N)
    "$pawl" run --quiet --record --runs 2 --seed 0 >"$work/out"
    took=$((($(date +%s%N) - begin) / 1000000))
    sed -n 's/^recorded: baselines\///p' "$work/out" >>"$work/recorded"
done

killed=0
i=0
while [ "$killed" -lt "$times" ]; do
    i=$((i + 1))
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    "$pawl" run --quiet --record --runs 2 --seed "$i" >"$work/out" 2>"$work/err" &
    child=$!
    sleep "$(awk -v ms=$((seed / 7 % (took + 1))) 'BEGIN { printf "%.3f", ms / 1000 }')"
    kill -KILL "$child" 2>/dev/null || true
    if wait "$child" 2>/dev/null; then
        sed -n 's/^recorded: baselines\///p' "$work/out" >>"$work/recorded"
    else
        killed=$((killed + 1))
    fi
done
echo "$i started, $killed killed"
"$check" "$work/project/baselines" <"$work/recorded"
