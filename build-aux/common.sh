# What ./run and ./check share. Sourced by both, from any folder.
# Messages go to stderr, so that stdout stays free for what was asked for.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say () { printf '%s\n' "$*" >&2; }
die () { say "$*"; exit 1; }

# Names of the packages in LIST (comments and blank lines left out) that are not installed.
missing_packages () {
  local name
  grep -hvE '^[[:space:]]*(#|$)' "$@" | while read -r name; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || printf '%s ' "$name"
  done
}

# Installs what is missing of the packages in the given lists, and says what.
ensure_packages () {
  command -v dpkg-query >/dev/null || die "This script installs what it needs on Debian 12. Elsewhere, install what build-aux/packages-*.txt name, and use meson."
  local missing root=()
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  say "Installing: $missing"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "These packages are missing, and neither root nor sudo is here to install them: $missing"
    root=(sudo)
  fi
  local log
  log=$(mktemp)
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  # shellcheck disable=SC2086 # a list of names
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "The packages could not be installed. Check the network and the messages above, and try again."
  fi
  rm -f "$log"
}

# Configures the folder $1 with the further arguments where that was not done yet.
configure () {
  local folder=$1
  shift
  [ -f "$folder/build.ninja" ] && return 0
  rm -rf "$folder"
  local log
  log=$(mktemp)
  if ! meson setup "$folder" "$source_dir" "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    die "The build could not be configured."
  fi
  rm -f "$log"
}

# Builds the folder $1 (targets follow); quiet unless something is wrong.
build () {
  local folder=$1 log
  shift
  log=$(mktemp)
  if ! ninja -C "$folder" "$@" >"$log" 2>&1; then
    grep -vE '^\[[0-9]+/[0-9]+\] (Compiling|Linking|Generating)' "$log" | tail -n 60 >&2
    rm -f "$log"
    die "The build failed."
  fi
  rm -f "$log"
}
