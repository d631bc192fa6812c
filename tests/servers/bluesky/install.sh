#!/bin/bash
# Installs the Bluesky server that tests run against, once per version, into the user's cache.
#
#   install.sh             installs what is missing, and prints the folder
#   install.sh --present   prints the folder if it is there, and installs nothing
#
# Exits 77, saying why on standard error, where it cannot be had: no Node.js 20, no compiler,
# no network. Needs nodejs (20 or later), npm, python3, make and g++, and takes two to four
# minutes the first time, most of it for compiling.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bellman-tests
folder=$cache/pds-$(cat "$here/package.json" "$here/package-lock.json" | sha256sum | cut -c1-16)

skip () {
  echo "The tests against a real Bluesky server do not run: $1" >&2
  exit 77
}

# A fresh machine gets what is missing; a Node.js from elsewhere brings its own npm.
packages=()
command -v node > /dev/null || packages+=(nodejs)
command -v npm > /dev/null || packages+=(npm)
command -v python3 > /dev/null || packages+=(python3)
command -v make > /dev/null || packages+=(make)
command -v g++ > /dev/null || packages+=(g++)
if [ ${#packages[@]} -gt 0 ] && [ "${1:-}" != --present ] && [ "$(id -u)" = 0 ]; then
  apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${packages[@]}" >&2 || true
fi

command -v node > /dev/null || skip "Node.js is not installed."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
  skip "they need Node.js 20 or later, and this is $(node --version)."

if [ -e "$folder/complete" ]; then
  echo "$folder"
  exit
fi
[ "${1:-}" != --present ] || skip "the server is not installed; tests/servers/bluesky/install.sh does that."

for tool in npm python3 make g++; do
  command -v "$tool" > /dev/null || skip "$tool is not installed."
done

mkdir -p "$cache"
exec 9> "$folder.lock"
flock 9
if [ ! -e "$folder/complete" ]; then
  rm -rf "$folder"
  mkdir "$folder"
  cp "$here/package.json" "$here/package-lock.json" "$folder"
  # Headers that a distribution installed with its Node.js are used; else npm fetches them.
  if [ -e /usr/include/node/node.h ]; then
    export npm_config_nodedir=/usr
  fi
  echo "Installing the Bluesky server for tests (two to four minutes) …" >&2
  if ! (cd "$folder" && npm ci --no-audit --no-fund) > "$folder/install.log" 2>&1; then
    tail -n 20 "$folder/install.log" >&2
    skip "npm could not install it (is there a network?). The log is $folder/install.log."
  fi
  touch "$folder/complete"
fi
echo "$folder"
