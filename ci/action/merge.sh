#!/bin/sh
# The last step of pawl/merge: the results of all shards become one, and pawl takes this process over.
set -eu

cd "$GITHUB_WORKSPACE"
set -- merge --output "$(mktemp -d "$RUNNER_TEMP/pawl-XXXXXX")" ${PAWL_FAIL_ON:+"--fail-on=$PAWL_FAIL_ON"}
count=0
for result in "$PAWL_RESULTS"/*/result.json; do
    [ -f "$result" ] || continue
    set -- "$@" "$result"
    count=$((count + 1))
done
if [ "$count" -eq 0 ]; then
    echo "::error title=pawl::the input results must be a directory with a directory for each shard and its result.json in that, and there is none"
    exit 2
fi
program=$PAWL_PROGRAM
unset PAWL_PROGRAM PAWL_RESULTS PAWL_FAIL_ON
exec "$program" "$@"
