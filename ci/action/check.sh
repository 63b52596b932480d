#!/bin/sh
# The action's second step: the inputs, as PAWL_*, become a command line, and pawl takes this
# process over, so that a signal that ends the step reaches it.
set -eu

usage() {
    printf '::error title=pawl::%s\n' "$1"
    exit 2
}

cd "$GITHUB_WORKSPACE"
cd -- "$PAWL_WORKING_DIRECTORY" 2>/dev/null ||
    usage "the input working-directory must be a directory, from the workspace on, and there is none of that name"

set -- check --output "$(mktemp -d "$RUNNER_TEMP/pawl-XXXXXX")"

# Without the line end that YAML's "|" leaves.
[ -z "$PAWL_BUILD" ] || set -- "$@" "--build=$(printf '%s' "$PAWL_BUILD")"
[ -z "$PAWL_CONFIG" ] || set -- "$@" "--config=$PAWL_CONFIG"
[ -z "$PAWL_BASE" ] || set -- "$@" "--base=$PAWL_BASE"
[ -z "$PAWL_HEAD" ] || set -- "$@" "--head=$PAWL_HEAD"
[ -z "$PAWL_FAIL_ON" ] || set -- "$@" "--fail-on=$PAWL_FAIL_ON"

# One a line; blank lines are none. A pipe would lose the arguments.
while IFS= read -r line; do
    [ -z "$line" ] || set -- "$@" "--run=$line"
done <<LINES
$PAWL_RUN
LINES
while IFS= read -r line; do
    case $line in
    '') ;;
    -*) set -- "$@" "$line" ;;
    *) usage "the input options must be options of 'pawl check', one a line, such as '--confirm', and a line begins without a '-'" ;;
    esac
done <<LINES
$PAWL_OPTIONS
LINES

# Builds and worktrees, outside of the workspace, until the job ends.
export PAWL_CACHE_DIR="${PAWL_CACHE_DIR:-$RUNNER_TEMP/pawl-cache}"
program=$PAWL_PROGRAM
unset PAWL_PROGRAM PAWL_BUILD PAWL_RUN PAWL_CONFIG PAWL_BASE PAWL_HEAD PAWL_FAIL_ON PAWL_OPTIONS PAWL_WORKING_DIRECTORY
exec "$program" "$@"
