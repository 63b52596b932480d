#!/bin/sh
# How long does `pawl history` take over a year of sessions?
# usage: history-year.sh PAWL HISTORY-YEAR [COMMITS] [WHERE]
#
# Makes a repository of so many commits (2,000) in a temporary directory, records a session of 30
# rows for each in WHERE ("ref", or a directory such as "baselines") and times what is asked of
# them, five times each, the first (without the index of what was read) apart.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 2 $#
needs git
needs "${CC:-cc}" gcc
pawl=$(realpath "$1")
year=$(realpath "$2")
commits=${3:-2000}
where=${4:-ref}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export PAWL_CACHE_DIR="$place/cache"

git init -q "$place/project"
cd "$place/project"
cat >"$place/pawl.json" <<JSON
{ "version": 1, "baselines": "$where", "suites": [{ "name": "s",
  "benchmarks": [{ "name": "b", "run": "/bin/true" }] }] }
JSON
{
    i=0
    while [ $i -lt "$commits" ]; do
        echo "commit refs/heads/main"
        echo "committer A <a@example.org> $((1735689600 + i * 15768)) +0000"
        echo "data 9"
        echo "a change"
        [ $i -gt 0 ] || { echo "M 100644 inline pawl.json"; echo "data $(wc -c <"$place/pawl.json")"; cat "$place/pawl.json"; }
        i=$((i + 1))
    done
} | git fast-import --quiet
git checkout -q main
git log --first-parent --reverse --format='%H %T %ct' |
    "$year" "$where" . 10 "$("${CC:-cc}" --version | head -n 1)"
du -sk .git "$where" 2>/dev/null || true

milliseconds() { # COMMAND...
    began=$(date +%s%N)
    "$@" >/dev/null
    echo $((($(date +%s%N) - began) / 1000000))
}
for arguments in "operation-0[n=1000]" "--all"; do
    printf '%-20s' "history $arguments"
    for try in first 2 3 4 5 6; do
        printf ' %s' "$(milliseconds "$pawl" history "$arguments")"
    done
    echo ' ms'
done
"$pawl" history --all | head -n 5
