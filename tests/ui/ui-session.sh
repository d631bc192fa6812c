#!/bin/bash
# usage: ui-session.sh COMMAND…
# Runs the command on a private X server and a private D-Bus session, in a home of its own, so
# that nothing of the user's is seen or touched and no portal or keyring starts unasked.
set -euo pipefail
place=$(mktemp -d "${TMPDIR:-/tmp}/bellman-ui.XXXXXX")
trap 'rm -rf "$place"' EXIT
mkdir -m 700 "$place/home" "$place/run"
mkdir "$place/services"
cat > "$place/session.conf" <<END
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
# The accessibility bus is the one service that the tests need.
for service in /usr/share/dbus-1/services/org.a11y.*.service; do
  [ -e "$service" ] && cp "$service" "$place/services/"
done
export HOME=$place/home XDG_RUNTIME_DIR=$place/run XDG_CONFIG_HOME=$place/home/.config \
  XDG_DATA_HOME=$place/home/.local/share XDG_CACHE_HOME=$place/home/.cache \
  XDG_STATE_HOME=$place/home/.local/state
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GSETTINGS_BACKEND=memory \
  GIO_USE_VFS=local GTK_A11Y=atspi NO_AT_BRIDGE=0
# Leaks of libraries, each named with its reason there.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LSAN_OPTIONS="print_suppressions=0:suppressions='$here/../support/lsan.supp'"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
xvfb-run -a -s "-screen 0 ${SCREEN:-1280x900}x24 -noreset" \
  dbus-run-session --config-file="$place/session.conf" -- "$@"
