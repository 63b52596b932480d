#!/bin/sh
# Does the gate tell an accident of code layout from a change? Makes a small program whose loop is
# fast or slow by where it lies, looks for a commit that only moves it (a function that nobody
# calls) and yet reads as slower, and then judges that commit, and a real slowdown of 5 %, many
# times.
#
#   layouts.sh PAWL [RUNS]     10 runs of each
#
# Prints what each shift reads without --layouts, a line a run, and the counts. Exits with 1 where
# an accident was called regressed or the slowdown was not; with 77 where this machine has no such
# accident. CC chooses the compiler.
set -eu
# shellcheck source=tests/bench/needs.sh
. "$(dirname -- "$0")/needs.sh"
needs_arguments 1 $#
needs git
needs "${CC:-cc}" gcc
pawl=$(realpath "$1")
runs=${2:-10}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
repository=$work/repository
PAWL_CACHE_DIR=$work/cache
CC=${CC:-cc}
export PAWL_CACHE_DIR CC

git_in() {
    git -C "$repository" -c user.name=bench -c user.email=bench@example.org "$@"
}

# The loop jumps twice a letter, and where its jumps lie in their lines of 64 bytes decides how
# fast they are fetched and foretold.
write_program() { # UNUSED_FUNCTION TURNS
    cat >"$repository/scan.c" <<END
#include <stddef.h>
#include <stdint.h>

int unused(int x);
uint64_t scan(const uint8_t *text, size_t length, uint64_t sum);

$1

uint64_t scan(const uint8_t *text, size_t length, uint64_t sum)
{
    size_t i = 0;
    while (i < length) {
        while (text[i] < 'e') {
            sum += 2;
            if (++i >= length)
                return sum;
        }
        sum ^= text[i];
        i++;
    }
    return sum;
}
END
    cat >"$repository/main.c" <<END
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

uint64_t scan(const uint8_t *text, size_t length, uint64_t sum);

int main(void)
{
    static uint8_t text[4096];
    uint32_t random = 1;
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof text; i++) {
        random = random * 1664525 + 1013904223;
        text[i] = i >= 64 ? text[i - 64] : (uint8_t)('a' + (random >> 24) % 9);
    }
    for (int turn = 0; turn < $2; turn++)
        sum = scan(text, sizeof text, sum);
    printf("%llu\n", (unsigned long long)sum);
    return 0;
}
END
}

write_config() { # RECIPE
    cat >"$repository/pawl.json" <<END
{ "version": 1,
  "build": { "shell": true, "run": ["$1"] },
  "margins": { "cpu": "2%", "wall": "none", "peak_rss": "none" },
  "pass_env": ["CC"],
  "suites": [{ "name": "scan", "benchmarks": [{ "name": "scan", "run": "./scan" }] }] }
END
}

commit() { # TAG
    git_in add -A
    git_in commit -q --allow-empty -m "$1"
    git_in tag "$1"
}

# The row of a check: VERDICT CHANGE exit CODE. Its result and report are in $work/last.
check() { # BASE HEAD [OPTION...]
    base=$1
    head=$2
    shift 2
    code=0
    "$pawl" check -q -C "$repository" --base "$base" --head "$head" --no-explain --output "$work/last" "$@" \
        >"$work/last.txt" || code=$?
    "$pawl" report --format tsv "$work/last/result.json" |
        awk -F '\t' -v code="$code" '$3 != "not judged" && NR > 1 {
            printf "%s %+.1f%% exit %d\n", $3, 100 * $6, code }'
}

# What the layouts showed, from the report's table: the interval over layouts, and in how many.
over_layouts() {
    awk -F ' *[|] *' '/^[|] `scan cpu` [|] [+-].* [|] (worse|better) in / {
        print $4 ", " $5 ", " $6 " of the spread is layout" }' "$work/last/report.md"
}

repeat() { # NAME WANTED BASE HEAD
    name=$1
    wanted=$2
    good=0
    printf '\n%s\n' "$name"
    for run in $(seq "$runs"); do
        answer=$(check "$3" "$4")
        printf '  run %2d: %s; over layouts %s\n' "$run" "$answer" "$(over_layouts)"
        if [ "${answer%% *}" = "$wanted" ]; then good=$((good + 1)); fi
    done
    printf '  %s: %d of %d\n' "$wanted" "$good" "$runs"
    [ "$good" -eq "$runs" ] || bad=1
}

honours='$CC -O2 $PAWL_LAYOUT_CFLAGS scan.c main.c -o scan $PAWL_LAYOUT_LDFLAGS'
ignores='$CC -O2 scan.c main.c -o scan'
short='int unused(int x) { return x * 3 + 1; }'
middle='int unused(int x) { return x * 3 + 1 + (x >> 3) * 7 + (x ^ 5); }'
long='int unused(int x) { return x * 3 + 1 + (x >> 3) * 7 + (x ^ 5) + (x >> 7) * 11 + (x ^ 15) * 3; }'

mkdir "$repository"
git_in init -q
write_config "$honours"
for variant in none short middle long; do
    case $variant in
    none) unused= ;;
    short) unused=$short ;;
    middle) unused=$middle ;;
    long) unused=$long ;;
    esac
    write_program "$unused" 4000
    commit "$variant"
done

$CC --version | head -n 1
echo 'a commit that only adds, removes or changes a function that is never called, as it is built:'
worst=0
for base in none short middle long; do
    for head in none short middle long; do
        [ "$base" != "$head" ] || continue
        answer=$(check "$base" "$head" --layouts off)
        printf '  %-6s to %-6s %s\n' "$base" "$head" "$answer"
        per_mille=$(printf '%s\n' "$answer" | awk '$1 == "regressed" { printf "%d", 10 * $2 }')
        if [ "${per_mille:-0}" -gt "$worst" ]; then
            worst=$per_mille
            accident_base=$base
            accident_head=$head
        fi
    done
done
if [ "$worst" -lt 50 ]; then
    echo 'no shift reads as 5 % slower: this machine has no such accident'
    exit 77
fi

bad=0
repeat "only shifted code ($accident_base to $accident_head)" layout-sensitive \
    "$accident_base" "$accident_head"
git_in checkout -q "$accident_base"
sed -i 's/turn < 4000/turn < 4200/' "$repository/main.c"
commit slower
repeat "5 % more turns" regressed "$accident_base" slower

printf '\nthe same shift with a recipe that ignores the flags\n'
for variant in "$accident_base" "$accident_head"; do
    git_in checkout -q "$variant"
    write_config "$ignores"
    commit "$variant-ignores"
done
answer=$(check "$accident_base-ignores" "$accident_head-ignores")
said=$(grep -A 1 'warning: ' "$work/last.txt" | tr -s ' \n' ' ' || true)
printf '  %s,%s\n' "$answer" "$said"
case "$answer:$said" in
regressed*"the recipe ignores PAWL_LAYOUT_CFLAGS"*) ;;
*) bad=1 ;;
esac
exit "$bad"
