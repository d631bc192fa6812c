#!/bin/bash
# usage: make-runtime.sh WORK
# Makes, in the folder WORK, a stand-in for org.gnome.Platform//49 and org.gnome.Sdk//49 out of
# Debian 13, and the sources that the manifest names, so that the Flatpak can be built and run
# where the real runtime cannot be had. What that proves and what not: flatpak/README.md.
# Needs root, debootstrap, flatpak, ostree, elfutils; about 5 minutes and 4 GB the first time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(realpath -m "${1:?a folder to work in}")
manifest=$here/../../flatpak/io.github.bellman_app.Bellman.yml
branch=$(sed -n "s/^runtime-version: '\(.*\)'/\1/p" "$manifest")
tree=$work/debian-13
export HOME=$work/home XDG_DATA_HOME=$work/home/.local/share
mkdir -p "$HOME"

# Runs a command in the tree.
in_tree () {
  chroot "$tree" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

if [ ! -e "$work/tree-is-ready" ]; then
  rm -rf "$tree"
  # A package that starts no service and syncs no file is installed in half the time.
  debootstrap --variant=minbase trixie "$tree" > "$work/debootstrap.log"
  cp /etc/resolv.conf /etc/hosts "$tree/etc/"
  printf '#!/bin/sh\nexit 101\n' > "$tree/usr/sbin/policy-rc.d"
  chmod +x "$tree/usr/sbin/policy-rc.d"
  echo force-unsafe-io > "$tree/etc/dpkg/dpkg.cfg.d/unsafe"
  sed 's/^deb /deb-src /' "$tree/etc/apt/sources.list" > "$tree/etc/apt/sources.list.d/sources.list"
  in_tree apt-get update > "$work/apt.log" 2>&1
  grep -vE '^(#|$)' "$here/../../build-aux/packages-build.txt" |
    in_tree xargs apt-get install -y --no-install-recommends cmake g++ make git perl \
      desktop-file-utils appstream libgirepository1.0-dev >> "$work/apt.log" 2>&1
  touch "$work/tree-is-ready"
fi

# Debian keeps most of the archives that the manifest pins byte for byte, under its own names.
sources=$work/downloads
mkdir -p "$tree/sources" "$sources"
if [ ! -e "$work/sources-are-ready" ]; then
  for package in libical3 libcbor yajl libcsv uchardet snowball libportal; do
    # Debian's own changes to a package may be gone by now; the archive alone matters.
    in_tree sh -c "cd /sources && apt-get source --download-only $package" >> "$work/apt.log" 2>&1 || true
  done
  touch "$work/sources-are-ready"
fi
for archive in "$tree"/sources/*.orig.tar.*; do
  sum=$(sha256sum "$archive" | cut -d ' ' -f 1)
  # Not every archive is one of the manifest's: see build.sh.
  url=$(grep -B 1 "sha256: $sum" "$manifest" | sed -n 's/.*url: //p' || true)
  if [ -n "$url" ]; then
    mkdir -p "$sources/$sum"
    cp "$archive" "$sources/$sum/$(basename "$url")"
  fi
done

if [ ! -e "$work/runtime-is-ready" ]; then
  sdk=$work/sdk
  rm -rf "$sdk" "$work/repository"
  mkdir -p "$sdk/files" "$sdk/var"
  cp -a "$tree/usr" "$sdk/usr"
  rm -rf "$sdk"/usr/share/{doc,man,info} "$sdk/usr/src"
  cp -a "$tree/etc" "$sdk/usr/etc"
  (cd "$sdk/usr/etc" && rm -f passwd* group* shadow* gshadow* resolv.conf hosts mtab machine-id ld.so.cache)
  [ -e "$sdk/usr/bin/ldconfig" ] || cp "$tree/usr/sbin/ldconfig" "$sdk/usr/bin/"
  # As GNOME's runtime has it: an application's own libraries come first.
  printf '%s\n' 'include /run/flatpak/ld.so.conf.d/app-*.conf' /app/lib 'include /etc/ld.so.conf.d/*.conf' > "$sdk/usr/etc/ld.so.conf"
  # The runtime has none of the libraries that the manifest builds: neither may this.
  rm -f "$sdk"/usr/lib/*/lib{ical,cbor,yajl,csv,uchardet,stemmer,portal}*.{so,a} \
    "$sdk"/usr/lib/*/lib{ical,cbor,yajl,csv,uchardet,stemmer,portal}*.so.* \
    "$sdk"/usr/lib/*/pkgconfig/lib{ical,cbor,portal}*.pc "$sdk"/usr/lib/*/pkgconfig/{yajl,uchardet}.pc
  rm -rf "$sdk"/usr/include/{libical,cbor,yajl,uchardet,libportal,libportal-gtk4} \
    "$sdk"/usr/include/{cbor.h,csv.h,libstemmer.h} "$sdk"/usr/lib/*/cmake/{LibIcal,uchardet,libcbor}
  arch=$(flatpak --default-arch)
  for name in Platform Sdk; do
    cat > "$sdk/metadata" <<END
[Runtime]
name=org.gnome.$name
runtime=org.gnome.Platform/$arch/$branch
sdk=org.gnome.Sdk/$arch/$branch

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share
END
    flatpak build-export --runtime --disable-sandbox --no-update-summary "$work/repository" "$sdk" "$branch" > "$work/export.log"
  done
  flatpak build-update-repo "$work/repository" >> "$work/export.log"
  flatpak --user remote-add --if-not-exists --no-gpg-verify stand-in "$work/repository"
  flatpak --user install -y --noninteractive --reinstall stand-in "org.gnome.Platform//$branch" "org.gnome.Sdk//$branch" >> "$work/export.log"
  rm -rf "$sdk"
  touch "$work/runtime-is-ready"
fi
