# shellcheck shell=sh
# Sourced, by "$0": what a benchmark can't do without is said in one line, and ends it with 2 or 3.

needs() { # PROGRAM [DEBIAN_PACKAGE]
    command -v "$1" >/dev/null || {
        echo "${0##*/}: needs $1 (apt-get install ${2:-$1})" >&2
        exit 3
    }
}

# As the comment at the script's beginning has them: lines with the script's own name.
needs_arguments() { # HOW_MANY GIVEN
    [ "$2" -ge "$1" ] || {
        sed -n "/^#/!q; s/^#.* *\(${0##*/} [A-Z].*\)/usage: \1/p" "$0" >&2
        exit 2
    }
}
