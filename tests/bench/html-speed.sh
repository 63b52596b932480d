#!/bin/sh
# What the HTML report of many rows costs (html-speed.mjs says what is measured).
# html-speed.sh REPORT_SPEED_PROGRAM [ROWS [PAIRS]]
# The target html-speed starts it, with PAWL and PAWL_SOURCE set.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tests/bench/needs.sh
. "$here/needs.sh"
needs_arguments 1 $#
needs node nodejs
command -v chromium >/dev/null || command -v google-chrome >/dev/null || needs chromium
[ -d "$here/../web/node_modules" ] || {
    echo "html-speed.sh: needs packages of npm (apt-get install npm; npm ci --ignore-scripts --prefix tests/web)" >&2
    exit 3
}
exec node "$here/html-speed.mjs" "$@"
