#!/usr/bin/python3
"""Photographs each screen in several dresses, for people to look at; nothing is compared.

usage, inside ui-session.sh: pictures.py FOLDER"""
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import GLib, Program

WIDE = (1180, 760)
DRESSES = {
    "light": ({}, WIDE),
    "dark": ({"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, WIDE),
    "high-contrast": ({"ADW_DEBUG_HIGH_CONTRAST": "1"}, WIDE),
    "narrow": ({}, (360, 680)),
    "wide": ({}, (2560, 1200)),
    "german": ({"LC_ALL": "de_DE.UTF-8"}, WIDE),
    "arabic": ({"LC_ALL": "ar_EG.UTF-8"}, WIDE),
    "pseudo": ({"LC_ALL": "en_US.UTF-8", "LANGUAGE": "en_XA"}, WIDE),
    "large-text": ({"GDK_DPI_SCALE": "2"}, WIDE),
}


def shoot(program, folder, dress, screen):
    time.sleep(0.8)
    program.screenshot(os.path.join(folder, f"{screen}-{dress}.png"))


def press_first(program, role, *names):
    for name in names:
        for node in program.all(role, name):
            for i in range(node.get_n_actions()):
                if node.get_action_name(i) in ("click", "activate"):
                    return node.do_action(i)
    raise AssertionError(f"none of {names}")


def photograph(folder, dress, env, size):
    with tempfile.TemporaryDirectory(prefix="bellman ui ") as root:
        program = Program(root, env=env)
        try:
            program.resize(*size)
            shoot(program, folder, dress, "first-run")
            program.find("push button", lambda n: "Try It Out" in n)
            press_first(program, "push button", lambda n: "Try It Out" in n)
            program.find(None, lambda n: "Opening night" in n, 40)
            time.sleep(1)
            program.resize(*size)
            shoot(program, folder, dress, "month")
            press_first(program, "push button", lambda n: "Review" in n)
            shoot(program, folder, dress, "details")
            press_first(program, "push button", "Close Post")
            if dress != "narrow":
                for view in "Week", "List":
                    press_first(program, "push button", view)
                    shoot(program, folder, dress, view.lower())
        except (AssertionError, GLib.Error) as error:
            print(f"{dress}: {error}")
        finally:
            program.quit()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for dress in sys.argv[2:] or DRESSES:
        photograph(folder, dress, *DRESSES[dress])
    print(f"The pictures are in {folder}")


main()
