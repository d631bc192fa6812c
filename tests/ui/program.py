"""A running Bellman, driven over AT-SPI as an assistive technology would.

It speaks to the accessibility bus itself: libatspi remembers names and children and learns of
changes late, so that on a busy machine it tells of a window that is not there any more. One
call here is one true picture of the whole window.
"""
import os
import subprocess
import tempfile
import time
import warnings

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

warnings.simplefilter("ignore")

# Long enough for a sanitized build on a machine that is busy with other things.
PATIENCE = 15.0
ROOT = "/org/a11y/atspi/accessible/root"
# Numbers of Atspi.StateType.
FOCUSED, SENSITIVE, VISIBLE = 12, 24, 30


def wait(probe, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while True:
        try:
            value = probe()
            if value:
                return value
        except GLib.Error:
            pass  # what was asked about has just gone
        if time.monotonic() > end:
            raise AssertionError("it did not happen: " + what)
        time.sleep(0.1)


class Bus:
    """The accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                     None, None, 0, -1, None).unpack()
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, owner, path, interface, method, signature=None, *values):
        parameters = GLib.Variant(signature, values) if signature else None
        return self.connection.call_sync(owner, path, interface, method, parameters, None, 0,
                                         int(PATIENCE * 1000), None).unpack()

    def call_all(self, calls):
        """Asks many things at once, for what the asking brings about."""
        left = 0

        def done(connection, result):
            nonlocal left
            left -= 1
            try:
                connection.call_finish(result)
            except GLib.Error:
                pass  # a widget that has just gone

        for owner, path, interface, method in calls:
            left += 1
            self.connection.call(owner, path, interface, method, None, None, 0,
                                 int(PATIENCE * 1000), None, done)
        while left:
            GLib.MainContext.default().iteration(True)

    def find_program(self, pid):
        """The bus name of the program with this process id; None before it has a window."""
        children, = self.call("org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible",
                              "GetChildren")
        for owner, _ in children:
            owner_pid, = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)",
                                   owner)
            if owner_pid == pid:
                return owner
        return None


class Node:
    """A widget as it was when it was looked at; what is asked of it is asked now."""

    def __init__(self, bus, item):
        (self.owner, self.path), _, (_, self.parent), self.index, _, _, name, role, _, states = item
        self.bus, self.name = bus, name
        self.role = Atspi.role_get_name(Atspi.Role(role))
        self.states = states[0]

    def __eq__(self, other):
        return self.path == other.path

    def _ask(self, interface, method, signature=None, *values):
        return self.bus.call(self.owner, self.path, "org.a11y.atspi." + interface, method,
                             signature, *values)

    def get_name(self):
        return self.name

    def get_role_name(self):
        return self.role

    def has_state(self, state):
        return bool(self.states >> state & 1)

    def get_n_actions(self):
        return len(self._ask("Action", "GetActions")[0])

    def get_action_name(self, i):
        return self._ask("Action", "GetName", "(i)", i)[0]

    def do_action(self, i):
        return self._ask("Action", "DoAction", "(i)", i)[0]

    def press(self):
        for i in range(self.get_n_actions()):
            if self.get_action_name(i) in ("click", "activate"):
                return self.do_action(i)
        raise AssertionError(f"{self.name} cannot be pressed")

    def get_box(self):
        """x, y, width, height in the window."""
        return self._ask("Component", "GetExtents", "(u)", 1)[0]

    def get_text(self):
        return self._ask("Text", "GetText", "(ii)", 0, -1)[0]

    def set_text(self, text):
        return self._ask("EditableText", "SetTextContents", "(s)", text)[0]


class Program:
    def __init__(self, root, *arguments, env=None):
        self.folder = os.path.join(root, "data")
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([os.environ["BELLMAN"], "--data", self.folder, *arguments],
                                        env={**os.environ, **(env or {})}, stderr=self.errors)
        self.bus = Bus()
        self.owner = wait(lambda: self.bus.find_program(self.process.pid), "the program comes up")
        wait(lambda: self.all("frame"), "it has a window")

    def _look(self):
        """All widgets that anybody asked about, by the path of their parent, and the paths of
        those that have children nobody asked about yet."""
        items, = self.bus.call(self.owner, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache",
                               "GetItems")
        children = {}
        for item in items:
            node = Node(self.bus, item)
            children.setdefault(node.parent, []).append(node)
        unknown = [item[0][1] for item in items if item[4] > len(children.get(item[0][1], []))]
        return children, unknown

    def _explore(self):
        children, unknown = self._look()
        asked = set()
        while unknown := [path for path in unknown if path not in asked]:
            asked.update(unknown)
            self.bus.call_all((self.owner, path, "org.a11y.atspi.Accessible", "GetChildren")
                              for path in unknown)
            children, unknown = self._look()
        return children

    def walk(self):
        """Every widget that is not hidden, parents first, children in their order."""
        children = self._explore()

        def descend(path):
            for node in sorted(children.get(path, []), key=lambda n: n.index):
                if node.has_state(VISIBLE):
                    yield node
                    yield from descend(node.path)

        yield from descend(ROOT)

    def all(self, role=None, name=None):
        matches = name if callable(name) else lambda n: name is None or n == name
        return [n for n in self.walk() if (role is None or n.role == role) and matches(n.name)]

    def find(self, role=None, name=None, seconds=PATIENCE):
        return wait(lambda: next(iter(self.all(role, name)), None), f"{role} {name}", seconds)

    def press(self, role, name):
        """Presses a widget; where it went before it could be pressed, the one that came."""
        wait(lambda: self.find(role, name).press(), f"{role} {name} is pressed")

    def has_keyboard(self, role, name):
        return any(node.has_state(FOCUSED) for node in self.all(role, name))

    def wait_for_keyboard(self, role, name):
        """Waits until a widget has the keyboard, so that keys go to it."""
        def probe():
            self.take_keyboard()
            try:
                return wait(lambda: self.has_keyboard(role, name), "", 5)
            except AssertionError:
                self.leave_keyboard()
                return None
        wait(probe, f"{role} {name} has the keyboard")

    def windows(self):
        """Windows with a title, the topmost last: popovers and tooltips are none."""
        return subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid",
                               str(self.process.pid), "--name", "."], capture_output=True,
                              text=True, check=False).stdout.split()

    def window(self):
        return wait(self.windows, "a window is on the screen")[-1]

    def take_keyboard(self):
        # Nobody manages windows here, so nobody gives them the keyboard either.
        subprocess.run(["xdotool", "windowfocus", self.window()], check=True)

    def leave_keyboard(self):
        """Gives the keyboard to nobody, so that the window hears when it gets it again."""
        root = subprocess.run(["xdotool", "search", "--maxdepth", "0", ""], capture_output=True,
                              text=True, check=False).stdout.split()
        for window in root[:1]:
            subprocess.run(["xdotool", "windowfocus", window], check=True)

    def point(self, node):
        x, y, width, height = node.get_box()
        subprocess.run(["xdotool", "mousemove", "--window", self.window(), str(x + width // 2),
                        str(y + height // 2)], check=True)

    def find_at_rest(self, role, name, looks=6):
        """A widget that stays where it is: what comes later pushes others aside."""
        box, same = None, 0
        while same < looks:
            node = self.find(role, name)
            before, box = box, node.get_box()
            same = same + 1 if box == before else 0
            time.sleep(0.3)
        return node

    def click(self, role, name):
        """Clicks a widget and waits until it has the keyboard; if it was not there, once more."""
        def probe():
            self.take_keyboard()
            self.point(self.find_at_rest(role, name))
            subprocess.run(["xdotool", "click", "1"], check=True)
            try:
                return wait(lambda: self.has_keyboard(role, name), "", 5)
            except AssertionError:
                self.leave_keyboard()
                return None
        wait(probe, f"{role} {name} is clicked at and has the keyboard")

    def key(self, *keys):
        self.take_keyboard()
        subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)

    def resize(self, width, height):
        for window in self.windows():
            subprocess.run(["xdotool", "windowsize", window, str(width), str(height)], check=True)

    def complaints(self):
        """What it said on stderr that it should not have."""
        self.errors.seek(0)
        return [line for line in self.errors.read().decode(errors="replace").splitlines()
                if "-CRITICAL" in line or "-WARNING" in line or "ERROR: AddressSanitizer" in line
                or "ERROR: LeakSanitizer" in line or "runtime error:" in line]

    def quit(self):
        """Ends the program; returns what it complained about."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        return self.complaints()
