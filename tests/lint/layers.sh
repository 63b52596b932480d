#!/bin/sh
# The layers point one way. Reads every #include line of gate/ and runners/ and fails on an edge
# that docs/design.md does not draw, on a library used outside its layer, on a pure layer that
# reaches for the world, and on functions that base/ has something safer for.
# usage: layers.sh [PROJECT_DIRECTORY]
set -eu
cd "${1:-.}"
failures=0

fail() {
    echo "lint: $*" >&2
    failures=$((failures + 1))
}

# Low to high; a layer may include itself and what stands before it.
layers='gate/base runners gate/config gate/source gate/stats gate/build gate/experiment gate/verdict gate/store gate/history gate/explain gate/report gate/github gate/cli'

rank() {
    position=0
    for layer in $layers; do
        position=$((position + 1))
        if [ "$layer" = "$1" ]; then
            echo $position
            return
        fi
    done
    echo 0
}

layer_of() {
    case $1 in
    gate/*) echo "$1" | cut -d/ -f1,2 ;;
    *) echo "${1%%/*}" ;;
    esac
}

# FILE:"included/path.h" pairs, one a line.
includes=$(grep -rn '^#include "' gate runners --include='*.[ch]' |
    sed 's/^\([^:]*\):[0-9]*:#include "\([^"]*\)".*/\1 \2/')

while read -r file included; do
    from=$(layer_of "$file")
    to=$(layer_of "$included")
    [ "$(rank "$to")" -ne 0 ] || { fail "$file includes '$included': name it from the project's root"; continue; }
    [ "$(rank "$to")" -le "$(rank "$from")" ] || fail "$file ($from) includes $included ($to): the layer above"
    case $file in
    runners/case-tracker/*)
        case $included in
        gate/base/* | runners/case-tracker/* | runners/bench.h) ;;
        *) fail "$file includes $included: case-tracker stands on gate/base alone" ;;
        esac ;;
    runners/spawner/*)
        case $included in
        runners/*) ;;
        *) fail "$file includes $included: the spawner stays tiny" ;;
        esac ;;
    esac
done <<LIST
$includes
LIST

only_in() { # PATTERN WHERE WHY
    found=$(grep -rlE "$1" gate runners --include='*.[ch]' | grep -vE "$2" || true)
    [ -z "$found" ] || fail "$3: $(echo "$found" | tr '\n' ' ')"
}
only_in '^#include <git2' '^gate/source/' 'libgit2 belongs to gate/source alone'
only_in '^#include <sqlite3' '^runners/case-tracker/' 'SQLite belongs to case-tracker alone'
only_in '^#include <expat' '^runners/formats/' 'expat belongs to runners/formats alone'
only_in '^#include <linux/perf_event' '^runners/counters' 'perf_event belongs to runners/counters'

# Pure layers: no file, clock, environment or child.
for layer in gate/stats gate/verdict gate/history gate/explain gate/report; do
    found=$(grep -rnE '\b(fopen|open|read|write|getenv|clock_gettime|time|fork|stat|printf|fprintf|log_(step|detail|warning|error))\(' \
        "$layer" --include='*.c' | grep -vE ':[[:space:]]*(/?\*|//)|[a-z_>](read|write|open|time|stat)\(' || true)
    [ -z "$found" ] || fail "$layer is pure, but: $found"
done

found=$(grep -rnE '\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|localtime|gmtime|system|popen|mktemp|tmpnam|gets)\(' \
    gate runners tests --include='*.[ch]' || true)
[ -z "$found" ] || fail "base/ has something safer: $found"

found=$(grep -rnE 'typedef +(struct|enum|union)|\bgoto\b' gate runners --include='*.[ch]' | grep -vE ':[[:space:]]*(/?\*)' || true)
[ -z "$found" ] || fail "no typedef of structs, no goto: $found"

if [ "$failures" -gt 0 ]; then
    echo "lint: $failures findings" >&2
    exit 1
fi
echo "lint: $(echo "$includes" | wc -l) includes point down"
