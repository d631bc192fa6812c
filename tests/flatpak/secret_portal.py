"""The portal that gives a sandboxed program the key of its own keyring file, by its public interface
(org.freedesktop.portal.Secret, version 1). What it gives is the same for one program as long as it runs."""

import os
import secrets

from gi.repository import Gio, GLib

INTERFACE = """
<node>
  <interface name='org.freedesktop.portal.Secret'>
    <method name='RetrieveSecret'>
      <arg type='h' name='fd' direction='in'/>
      <arg type='a{sv}' name='options' direction='in'/>
      <arg type='o' name='handle' direction='out'/>
    </method>
    <property name='version' type='u' access='read'/>
  </interface>
</node>
"""


class SecretPortal:
    """Answers on the session bus while a main loop runs; `asked` counts the requests."""

    def __init__(self):
        self.key = secrets.token_bytes(64)
        self.asked = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object("/org/freedesktop/portal/desktop", interface, self._call,
                                 lambda *_: GLib.Variant("u", 1), None)
        Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.portal.Desktop",
                                       Gio.BusNameOwnerFlags.NONE, None, None)

    def _call(self, _bus, sender, _path, _interface, _method, arguments, invocation):
        self.asked += 1
        index, options = arguments.unpack()
        out = invocation.get_message().get_unix_fd_list().get(index)
        os.write(out, self.key)
        os.close(out)
        request = "/org/freedesktop/portal/desktop/request/{}/{}".format(
            sender[1:].replace(".", "_"), options.get("handle_token", "t"))
        invocation.return_value(GLib.Variant("(o)", (request,)))
        self.bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                             GLib.Variant("(ua{sv})", (0, {})))
