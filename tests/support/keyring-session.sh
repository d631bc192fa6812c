#!/bin/sh
# usage: keyring-session.sh MODE PROGRAM [ARGUMENT…]
# Runs a test program on a message bus of its own, in folders of its own:
#   unlocked    with a real gnome-keyring whose login keyring is open
#   empty       with a real gnome-keyring that has no keyring at all
#   no-service  with a bus on which nobody keeps secrets
#   no-bus      without a bus
# Nothing of the user's session can be seen from inside.
set -eu
mode=$1
shift

skip () {
  printf '1..0 # SKIP %s is not installed\n' "$1"
  exit 0
}

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -m 700 "$place/run" "$place/home" "$place/services"
HOME=$place/home
XDG_RUNTIME_DIR=$place/run
XDG_DATA_HOME=$HOME/.local/share
XDG_CONFIG_HOME=$HOME/.config
export HOME XDG_RUNTIME_DIR XDG_DATA_HOME XDG_CONFIG_HOME
unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL SSH_AUTH_SOCK

if [ "$mode" = no-bus ]; then
  DBUS_SESSION_BUS_ADDRESS=unix:path=$place/nobody-listens
  export DBUS_SESSION_BUS_ADDRESS
  "$@"
  exit $?
fi

command -v dbus-run-session > /dev/null || skip dbus-run-session
if [ "$mode" != no-service ]; then
  command -v gnome-keyring-daemon > /dev/null || skip gnome-keyring
fi

# A bus that starts no services: whatever answers was started here.
cat > "$place/bus.conf" << END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$place/run</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$place/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

unset DBUS_SESSION_BUS_ADDRESS
# The daemon ends with its bus. What it says is no part of the test's own output.
dbus-run-session --config-file="$place/bus.conf" -- sh -c '
  mode=$1
  shift
  [ "$mode" = no-service ] && exec "$@"
  # The daemon warns of a lot; what is fatal for our tests is not for it.
  daemon="env -u G_DEBUG -u G_SLICE -u MALLOC_PERTURB_ gnome-keyring-daemon"
  case $mode in
    unlocked) printf %s a-password | $daemon --unlock --components=secrets ;;
    empty) $daemon --start --components=secrets ;;
  esac > /dev/null 2>&1
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
      org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets |
      grep -q true && break
    sleep 0.1
  done
  exec "$@"' sh "$mode" "$@"
