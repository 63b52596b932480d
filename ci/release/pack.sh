#!/bin/sh
# Packs a built pawl as the action takes it: bin/, libexec/ and share/, and the licences of what is
# linked into the program. The same build gives the same bytes.
# usage: pack.sh BUILD_DIRECTORY ARCHIVE.tar.gz
# SOURCE_DATE_EPOCH is the time that all files get (default: the commit's, as git tells it).
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
sources=$(CDPATH='' cd -- "$here/../.." && pwd)
build=$1
archive=$2

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

# The Debian packages whose archives the program has in it.
linked() {
    sed -n 's/^PAWL_ARCHIVE_[^=]*=\(.*\.a\)$/\1/p' "$build/CMakeCache.txt" | while read -r library; do
        dpkg-query -S "$library" "$(readlink -f "$library")" 2>/dev/null || true
    done | sed 's/[:,].*//' | sort -u
}

cmake --install "$build" --prefix "$tree" --strip >/dev/null
licences=$tree/share/doc/pawl
mkdir -p "$licences"
cp "$sources/LICENSE" "$licences/"
for package in $(linked); do
    cp -L "/usr/share/doc/$package/copyright" "$licences/$package.copyright"
done

time=${SOURCE_DATE_EPOCH:-$(git -C "$sources" log -1 --format=%ct)}
mkdir -p "$(dirname "$archive")"
tar -C "$tree" --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner --mode=u+w,go-w,a+rX \
    -cf - bin libexec share | gzip -9 -n >"$archive.part"
mv "$archive.part" "$archive"
