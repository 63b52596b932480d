#!/bin/sh
# Is anything lost when pawl is killed while it records under a ref, or while it pushes? Each round records
# a session and pushes, in a clone that others push to as well, and each time one of the two is killed
# with SIGKILL at a random moment of its usual time. In the end the ref must hold every session
# whose command had returned, the remote every session of a push that had returned, and both be whole.
#
#   kill-push.sh PAWL STORE_SCALE [TIMES [SEED]]
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 2 $#
needs git
pawl=$(realpath "$1")
scale=$2
times=${3:-200}
seed=${4:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PAWL_CACHE_DIR="$work/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
ref=refs/pawl/baselines

mkdir "$work/project"
cd "$work/project"
cat >pawl.json <<'CONFIG'
{ "version": 1, "baselines": "ref",
  "margins": { "cpu": "none", "wall": "none", "peak_rss": "none" },
  "suites": [{ "name": "s", "benchmarks": [{ "name": "true", "run": "/bin/true" }] }] }
CONFIG
git init -q
git add pawl.json
git -c user.name=n -c user.email=n@example.org commit -qm 'nothing to build'
git init -q --bare "$work/remote.git"
git init -q "$work/other"
git remote add origin "$work/remote.git"
git -C "$work/other" remote add origin "$work/remote.git"
: >"$work/recorded"
: >"$work/sent"

record() { # the session's name goes to standard output
    "$pawl" run --quiet --record --runs 2 --seed "$1" >"$work/out" 2>"$work/err" || return 1
    sed -n "s,^recorded: $ref/,,p" "$work/out"
}
push() {
    "$pawl" baseline push >"$work/out" 2>"$work/err"
}
now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

# What each takes, once the caches are warm.
record 0 >>"$work/recorded"
begin=$(now_ms)
record 1 >>"$work/recorded"
took_record=$(($(now_ms) - begin))
begin=$(now_ms)
push
took_push=$(($(now_ms) - begin))

# Kills what runs as PID at a random moment of its usual time.
kill_within() { # PID USUAL_MS
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    sleep "$(awk -v ms=$((seed / 7 % ($2 + 1))) 'BEGIN { printf "%.3f", ms / 1000 }')"
    kill -KILL "$1" 2>/dev/null || true
}

killed_records=0
killed_pushes=0
i=1
while [ $((killed_records + killed_pushes)) -lt "$times" ]; do
    i=$((i + 1))
    if [ $((i % 4)) -eq 0 ]; then # others are at it, too
        "$scale" record "$work/other" 1 "$i" >/dev/null
        "$pawl" baseline push --store ref -C "$work/other" >/dev/null 2>&1 || true
    fi
    if [ $((i % 2)) -eq 0 ]; then
        "$pawl" run --quiet --record --runs 2 --seed "$i" >"$work/out" 2>"$work/err" &
        child=$!
        kill_within "$child" "$took_record"
        if wait "$child" 2>/dev/null; then
            sed -n "s,^recorded: $ref/,,p" "$work/out" >>"$work/recorded"
        else
            killed_records=$((killed_records + 1))
        fi
        continue
    fi
    record "$i" >>"$work/recorded" || { cat "$work/err"; exit 1; }
    cp "$work/recorded" "$work/before"
    "$pawl" baseline push >"$work/out" 2>"$work/err" &
    child=$!
    kill_within "$child" "$took_push"
    if wait "$child" 2>/dev/null; then
        cp "$work/before" "$work/sent"
    else
        killed_pushes=$((killed_pushes + 1))
    fi
done

missing() { # REPOSITORY FILE_OF_NAMES
    git -C "$1" ls-tree -r --name-only $ref | sort >"$work/there"
    sort -u "$2" | comm -23 - "$work/there" | wc -l
}
lost=$(missing . "$work/recorded")
lost_there=$(missing "$work/remote.git" "$work/sent")
push
lost_last=$(missing "$work/remote.git" "$work/recorded")
"$pawl" baseline verify
git fsck --strict --no-dangling >/dev/null 2>&1
git -C "$work/remote.git" fsck --strict --no-dangling >/dev/null 2>&1
echo "$killed_records recordings and $killed_pushes pushes killed; of $(wc -l <"$work/recorded") sessions whose recording returned" \
    "$lost are missing here, of $(wc -l <"$work/sent") whose push returned $lost_there are missing there; after one more push, $lost_last"
[ "$lost" -eq 0 ] && [ "$lost_there" -eq 0 ] && [ "$lost_last" -eq 0 ]
