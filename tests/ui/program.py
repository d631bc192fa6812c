"""A running Bellman, driven over AT-SPI as an assistive technology would."""
import os
import subprocess
import tempfile
import time
import warnings

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

warnings.simplefilter("ignore")
Atspi.init()


def walk(node):
    if node is None:
        return
    yield node
    for i in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(i))


def wait(probe, what, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            value = probe()
            if value:
                return value
        except GLib.Error:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not happen: " + what)


class Program:
    def __init__(self, root, *, env=None):
        self.folder = os.path.join(root, "data")
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([os.environ["BELLMAN"], "--data", self.folder],
                                        env={**os.environ, **(env or {})}, stderr=self.errors)
        self.tree = wait(self._find_tree, "the program comes up")

    def _find_tree(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_process_id() == self.process.pid and app.get_child_count():
                return app

    def all(self, role=None, name=None):
        matches = name if callable(name) else lambda n: name is None or n == name
        return [n for n in walk(self.tree)
                if (role is None or n.get_role_name() == role) and matches(n.get_name() or "")]

    def find(self, role=None, name=None, seconds=20.0):
        return wait(lambda: next(iter(self.all(role, name)), None), f"{role} {name}", seconds)

    def press(self, role, name):
        node = self.find(role, name)
        for i in range(node.get_n_actions()):
            if node.get_action_name(i) in ("click", "activate"):
                return node.do_action(i)
        raise AssertionError(f"{name} cannot be pressed")

    def windows(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                               str(self.process.pid)], capture_output=True, text=True,
                              check=True).stdout.split()

    def point(self, node):
        box = node.get_extents(Atspi.CoordType.WINDOW)
        window = self.windows()[-1]
        subprocess.run(["xdotool", "mousemove", "--window", window, str(box.x + box.width // 2),
                        str(box.y + box.height // 2)], check=True)

    def click(self, node):
        self.point(node)
        subprocess.run(["xdotool", "click", "1"], check=True)

    def key(self, *keys):
        # Nobody manages windows here, so nobody gives them the keyboard either.
        subprocess.run(["xdotool", "windowfocus", self.windows()[-1]], check=True)
        subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)

    def resize(self, width, height):
        for window in self.windows():
            subprocess.run(["xdotool", "windowsize", window, str(width), str(height)], check=True)

    def quit(self):
        """Ends the program; returns what it complained about."""
        self.process.terminate()
        self.process.wait(20)
        self.errors.seek(0)
        return [line for line in self.errors.read().decode(errors="replace").splitlines()
                if "-CRITICAL" in line or "-WARNING" in line or "ERROR: AddressSanitizer" in line
                or "runtime error:" in line]
