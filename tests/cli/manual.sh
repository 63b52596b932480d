#!/bin/sh
# The manual pages: man takes them without a warning, and each option of each --help is in them.
# usage: manual.sh PAWL
set -eu
pawl=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # WHAT COMMAND...
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$what"
    fi
}

page_is_clean() { # FILE
    said=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$1" 2>&1 >/dev/null)
    [ -z "$said" ] || { echo "$said"; return 1; }
}

# Options of the help, looked for in the page as man's source writes them.
page_has_options() { # FILE COMMAND...
    page=$1
    shift
    "$pawl" "$@" --help | grep -oE '^  (-[a-zA-Z], )?--[a-z-]+' | sed 's/.*--//' | while read -r option; do
        grep -qF "\\-\\-$(printf %s "$option" | sed 's/-/\\-/g')\\fR" "$page" || {
            echo "$page lacks --$option"
            return 1
        }
    done
}

"$pawl" manual --output "$work"
commands=$("$pawl" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
    check "$command: its options" page_has_options "$work/pawl-$command.1" "$command"
    check "$command: named in pawl.1" grep -q "pawl.-$command" "$work/pawl.1"
done
for command in list show record push pull prune copy verify; do
    check "baseline $command: its options" page_has_options "$work/pawl-baseline.1" baseline "$command"
done
skipped=0
if command -v man >/dev/null && man --warnings -l "$work/pawl.1" >/dev/null 2>&1; then
    for page in "$work"/*.1; do
        check "$page: a warning" page_is_clean "$page"
    done
else
    echo "skipped: needs man (apt-get install man-db)"
    skipped=1
fi

echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s), listed above"
[ "$skipped" -eq 0 ] || echo "[  SKIPPED ] $skipped test(s)."
[ "$failed" -eq 0 ] && [ "$passed" -gt 20 ]
