#!/bin/bash
# usage: build.sh WORK
# Builds and installs the Flatpak with the runtime that make-runtime.sh made in WORK, without a
# network, from what is committed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$here/../.." && pwd)
work=$(realpath "${1:?the folder of make-runtime.sh}")
export HOME=$work/home XDG_DATA_HOME=$work/home/.local/share

rm -rf "$work/source"
mkdir -p "$work/source" "$work/state"
git -C "$source" archive HEAD | tar -x -C "$work/source"
manifest=$work/source/flatpak/io.github.bellman_app.Bellman.yml

# Of libcsv Debian has an archive with other files around the same code; all else is as pinned.
own=$(echo "$work"/debian-13/sources/libcsv_*.orig.tar.*)
old=$(sed -n '/name: libcsv/,/sha256/s/.*sha256: //p' "$manifest")
sum=$(sha256sum "$own" | cut -d ' ' -f 1)
url=$(sed -n '/name: libcsv/,/url/s/.*url: //p' "$manifest")
sed -i "s/$old/$sum/" "$manifest"
mkdir -p "$work/downloads/$sum"
cp "$own" "$work/downloads/$sum/$(basename "$url")"

rm -rf "$work/state/downloads"
cp -r "$work/downloads" "$work/state/downloads"
cd "$work"
unshare --net flatpak-builder --user --disable-download --disable-rofiles-fuse --disable-updates \
  --force-clean --install --state-dir="$work/state" "$work/build" "$manifest"
