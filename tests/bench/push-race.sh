#!/bin/sh
# Does every session arrive when many clones push to one remote at once? Each pusher records a session
# and pushes, again and again, without a pause. Prints how often pushes were overtaken, and how many
# gave up (a later push takes their sessions along); exits with 1 unless all sessions are in the remote.
#
#   push-race.sh PAWL STORE_SCALE [PUSHERS [SESSIONS]]
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 2 $#
needs git
pawl=$(realpath "$1")
scale=$2
pushers=${3:-8}
sessions=${4:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PAWL_CACHE_DIR="$work/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
ref=refs/pawl/baselines

git init -q --bare "$work/remote.git"
for p in $(seq "$pushers"); do
    git init -q "$work/clone$p"
    git -C "$work/clone$p" remote add origin "$work/remote.git"
done

push_until_through() { # CLONE LOG
    for again in 1 2 3 4 5 6 7 8; do
        "$pawl" baseline push --store ref -C "$1" >>"$2" 2>&1 && return
        echo "gave up" >>"$2"
    done
}

work_alone() { # NUMBER
    for s in $(seq "$sessions"); do
        "$scale" record "$work/clone$1" 1 $(($1 * 1000 + s)) >/dev/null
        "$pawl" baseline push --store ref -C "$work/clone$1" >>"$work/log$1" 2>&1 || echo "gave up" >>"$work/log$1"
    done
    push_until_through "$work/clone$1" "$work/log$1"
}

begin=$(date +%s%N)
for p in $(seq "$pushers"); do
    work_alone "$p" &
done
wait
took=$((($(date +%s%N) - begin) / 1000000))

names() { # REPOSITORY
    git -C "$1" ls-tree -r --name-only $ref
}
for p in $(seq "$pushers"); do
    # What a clone recorded itself is in its commits, whatever it received.
    git -C "$work/clone$p" log --no-merges --format= --name-only --diff-filter=A $ref
done | sed '/^$/d' | sort -u >"$work/recorded"
names "$work/remote.git" | sort >"$work/arrived"
wanted=$((pushers * sessions))
arrived=$(wc -l <"$work/arrived")
tries=$(cat "$work"/log* | grep -c '^sent')
for t in 2 3 4 5 6; do
    printf 'through at try %d: %d\n' "$t" "$(cat "$work"/log* | grep -c "at try $t\$" || true)"
done
gave_up=$(cat "$work"/log* | grep -c '^gave up' || true)
grep -h '^pawl: ' "$work"/log* | grep -v 'others moved' | sort | uniq -c || true
echo "$pushers pushers of $sessions sessions: $arrived of $wanted arrived; $tries pushes came through, $gave_up gave up after 6 tries; $took ms"
git -C "$work/remote.git" fsck --strict --no-dangling >/dev/null 2>&1
[ "$arrived" -eq "$wanted" ] && cmp "$work/recorded" "$work/arrived"
