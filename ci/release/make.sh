#!/bin/sh
# Builds what a release holds for this system, tries it, and prints its line for
# ci/action/releases.sha256.
# usage: make.sh TAG DIRECTORY
#
# Meant for a clean Debian 12: the program needs a C library as new as that of the system that it is
# built on (Debian 12: glibc 2.36, which Ubuntu 24.04 is beyond), and Kerberos, which comes with git.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
sources=$(CDPATH='' cd -- "$here/../.." && pwd)

die() {
    printf 'make.sh: %s\n' "$*" >&2
    exit 2
}

[ $# -eq 2 ] || die "needs a tag and a directory"
tag=$1
into=$2
version=$(sed -n 's/^project(pawl VERSION \([0-9.]*\) .*/\1/p' "$sources/CMakeLists.txt")
[ "$tag" = "v$version" ] || die "the tag is '$tag', but CMakeLists.txt has version $version: v$version is allowed"
grep -qE "^## $version( |\$)" "$sources/CHANGELOG.md" ||
    die "CHANGELOG.md has no section '## $version' that says what is new"

case $(uname -m) in
x86_64) arch=X64 ;;
aarch64) arch=ARM64 ;;
*) die "no release is made for '$(uname -m)': x86_64 and aarch64 are allowed" ;;
esac
archive=$into/$tag/pawl-Linux-$arch.tar.gz

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cmake -S "$sources" -B "$build/build" -DCMAKE_BUILD_TYPE=Release -DPAWL_PORTABLE=ON -DPAWL_TESTS=OFF \
    -DCMAKE_C_FLAGS="-ffile-prefix-map=$sources=." >&2
cmake --build "$build/build" -j "$(nproc)" >&2
sh "$here/pack.sh" "$build/build" "$archive"

mkdir "$build/tried"
tar -xzf "$archive" -C "$build/tried"
"$build/tried/bin/pawl" selftest memory >&2
printf '%s  %s\n' "$(sha256sum "$archive" | cut -d ' ' -f 1)" "$tag/pawl-Linux-$arch.tar.gz"
