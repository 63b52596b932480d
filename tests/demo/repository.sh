# Sourced: makes a throw-away git repository of this project's own case-tracker.
# Wants $root (the project) and $repository (where to make it).

# Fixed names and dates: the same commits every time, so that later runs find their builds.
commit() { # MESSAGE
    git -C "$repository" add -A
    GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' \
        git -C "$repository" -c user.name='A Developer' -c user.email='dev@example.org' \
        -c commit.gpgsign=false commit -q -m "$1"
}

# The first commit: what case-tracker needs to be built, and the demo's pawl.json.
make_repository() {
    rm -rf "$repository"
    mkdir -p "$repository/gate" "$repository/runners"
    cp -r "$root/CMakeLists.txt" "$root/cmake" "$repository/"
    cp -r "$root/gate/base" "$repository/gate/"
    cp -r "$root/runners/CMakeLists.txt" "$root/runners/bench.c" "$root/runners/bench.h" \
        "$root/runners/histogram.c" "$root/runners/histogram.h" \
        "$root/runners/case-tracker" "$repository/runners/"
    cp "$root/runners/case-tracker/demo/pawl.json" "$repository/pawl.json"
    git -c init.defaultBranch=main init -q "$repository"
    commit 'case-tracker: cases are found by their id through an index'
    git -C "$repository" tag start
}

# A commit on top of the first one, with a tag of its own.
make_change() { # PATCH MESSAGE TAG
    git -C "$repository" checkout -q start
    git -C "$repository" apply "$1"
    commit "$2"
    git -C "$repository" tag "$3"
    git -C "$repository" checkout -q main
}
