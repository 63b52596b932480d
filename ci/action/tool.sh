#!/bin/sh
# The action's first step: a pawl to run, and its path as the output "program". In this order:
#   1. PAWL_TOOL_PATH, where that is not empty;
#   2. a released program, where releases.sha256 has a sum for this system; a file with another
#      sum is an error, and never run;
#   3. a build of the action's own sources, in $RUNNER_TEMP.
# PAWL_RELEASES is where releases are: "https://github.com/OWNER/pawl/releases/download" if not given.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
sources=$(CDPATH='' cd -- "$here/../.." && pwd)
sums=${PAWL_RELEASE_SUMS:-$here/releases.sha256}

die() { # EXIT_CODE MESSAGE
    printf '::error title=pawl::%s\n' "$2"
    exit "$1"
}

found() { # PROGRAM
    printf 'program=%s\n' "$1" >>"$GITHUB_OUTPUT"
    exit 0
}

given() {
    case $PAWL_TOOL_PATH in
    /*) program=$PAWL_TOOL_PATH ;;
    *) program=$GITHUB_WORKSPACE/$PAWL_TOOL_PATH ;;
    esac
    if [ ! -f "$program" ] || ! "$program" --version; then
        die 2 "the input tool-path must be the path of a pawl that can be run here, and it is not"
    fi
    found "$program"
}

fetch() { # URL FILE
    curl --fail --silent --show-error --location --retry 2 --max-time 120 \
        --proto '=https,http,file' --proto-redir '=https' --output "$2" "$1"
}

# Fails where a build has to do, and says why. Called where "set -e" does not hold.
released() {
    file=pawl-$RUNNER_OS-$RUNNER_ARCH.tar.gz
    line=$(grep -E "^[0-9a-f]{64}  [^/ ]+/$file\$" "$sums" | tail -n 1)
    if [ -z "$line" ]; then
        echo "no release for $RUNNER_OS on $RUNNER_ARCH: pawl is built from its sources"
        return 1
    fi
    path=${line#*  }
    url=${PAWL_RELEASES:-$GITHUB_SERVER_URL/$PAWL_ACTION_REPOSITORY/releases/download}/$path
    into=$RUNNER_TEMP/pawl-tool
    if ! mkdir -p "$into" || ! fetch "$url" "$into/$file"; then
        echo "the release could not be fetched: pawl is built from its sources"
        return 1
    fi
    printf '%s  %s\n' "${line%% *}" "$into/$file" | sha256sum --check --status ||
        die 5 "$path is not the file that was released: its SHA-256 is another than that in ci/action/releases.sha256"
    if ! tar -xzf "$into/$file" -C "$into" || ! "$into/bin/pawl" --version; then
        echo "the release does not run on this system: pawl is built from its sources"
        return 1
    fi
    found "$into/bin/pawl"
}

build() {
    status=0
    echo "::group::Build pawl"
    PAWL_BUILD_DIRECTORY=$RUNNER_TEMP/pawl-build sh "$sources/bootstrap" build || status=$?
    echo "::endgroup::"
    [ "$status" -eq 0 ] ||
        die 5 "pawl could not be built here, for the reason that the log gives; tool-path can name one that is there already"
    "$RUNNER_TEMP/pawl-build/pawl" --version
    found "$RUNNER_TEMP/pawl-build/pawl"
}

[ -z "$PAWL_TOOL_PATH" ] || given
released || build
