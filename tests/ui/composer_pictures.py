#!/usr/bin/python3
"""Photographs the composer in several dresses, for people to look at; nothing is compared.

usage, inside ui-session.sh: composer_pictures.py FOLDER [DRESS…]

Needs FAKE_MASTODON and BELLMANCTL beside BELLMAN."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, os.pardir, "journey")]
from mastodon import Server, add_account
from program import GLib, Program, wait
from workspace import Workspace

SAMPLE = os.path.join(here, os.pardir, os.pardir, "data", "sample")
TEXT = ("On 31 October we switch off the lights. The Night of Lamps brings two hundred oil lamps "
        "back to life, lit from one flame, with stories beside every case.\n\nDoors open at 18:00, "
        "children free, and our bakery bakes lamp-shaped bread.\n\nSeats: "
        "https://example.org/lamps\n#museum")
LONG = TEXT.replace("\n#museum", " ") + "And there is so much more to see, to hear and to taste. " * 5
THREAD = ("--part", "First the courtyard: a hundred lamps along the stairs, lit by children.",
          "--part", "Then the cellar, where a potter turns one while you watch. #museum")


def picture(name, alt=None):
    return ["--media", os.path.join(SAMPLE, name), *(["--alt", alt] if alt else [])]


PICTURES = picture("lamp.png", "An oil lamp, lit") + picture("museum.png", "The museum at dusk") + picture("amphora.png")
SCENES = {
    "draft": ("--text", TEXT, *PICTURES),
    "long": ("--text", LONG),
    "thread": ("--text", TEXT, *PICTURES[:4], *THREAD),
    "reasons": ("--text", "Fresh from the stone oven this morning: rye sourdough with walnuts."),
    "options": ("--text", "Which lamp would you light first?", "--cw", "Fire", "--poll-option", "The bronze one",
                "--poll-option", "The clay one", "--visibility", "unlisted", "--language", "en"),
}
DRESSES = {
    "light": ({}, (1080, 760)),
    "dark": ({"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, (1080, 760)),
    "high-contrast": ({"ADW_DEBUG_HIGH_CONTRAST": "1"}, (1080, 760)),
    "narrow": ({}, (360, 680)),
    "wide": ({}, (2560, 1200)),
    "german": ({"LC_ALL": "de_DE.UTF-8"}, (1080, 760)),
    "arabic": ({"LC_ALL": "ar_EG.UTF-8"}, (1080, 760)),
    "pseudo": ({"LC_ALL": "en_US.UTF-8", "LANGUAGE": "en_XA"}, (1080, 760)),
    "large-text": ({}, (1080, 760)),
}


def make_workspace(work, server):
    work.run("sample", "create", "--dir", os.path.join(work.root, "site"))
    add_account(work, server, "--name", "Tidewater Museum")
    work.run("slots", "add", "--account", "2", "--day", "mon-fri", "--time", "17:30")
    work.run("snippet", "add", "Opening hours", "--text", "We are open from Tuesday to Sunday, 10 to 18.")
    work.run("snippet", "add", "Night of Lamps", "--text", "Once a year we light two hundred lamps.")
    work.run("snippet", "add", "Bread", "--hashtags", "--text", "#sourdough #rye #bakery")


def open_draft(work, words, everywhere):
    """The next start opens the draft by itself, as after a crash."""
    account = ["--account", "1"] + (["--account", "2"] if everywhere else [])
    post = work.run("post", "add", *account, "--draft", *words).stdout.split()[0]
    database = sqlite3.connect(os.path.join(work.data, "bellman.db"), timeout=30)
    with database:
        database.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('composer.open-drafts', ?)",
                         (post + ":0",))
    database.close()


class Composer:
    """The composer of a program that has just started."""

    def __init__(self, work, folder, dress):
        env, self.size = DRESSES[dress]
        self.folder, self.dress = folder, dress
        keyring = {name: value for name, value in work.env.items() if name.startswith("SECRET_")}
        self.program = Program(work.root, env={"TZ": "UTC", **keyring, **env, **self.scale(work)})
        wait(lambda: len(self.program.windows()) > 1, "the composer opens")
        time.sleep(1)
        self.program.resize(*self.size)
        time.sleep(2)

    def scale(self, work):
        """Large text, as the desktop's settings would have it."""
        if self.dress != "large-text":
            return {}
        settings = os.path.join(work.root, "config", "gtk-4.0", "settings.ini")
        os.makedirs(os.path.dirname(settings))
        with open(settings, "w", encoding="ascii") as file:
            file.write(f"[Settings]\ngtk-xft-dpi={2 * 96 * 1024}\n")
        return {"XDG_CONFIG_HOME": os.path.join(work.root, "config")}

    def shoot(self, screen):
        time.sleep(1)
        self.program.screenshot(os.path.join(self.folder, f"composer-{screen}-{self.dress}.png"))

    def press(self, name):
        """By its name in English, so only in dresses that are."""
        for node in self.program.all(None, name):
            for i in range(node.get_n_actions()):
                if node.get_action_name(i) in ("click", "activate", "toggle"):
                    node.do_action(i)
                    return time.sleep(1.5)
        raise AssertionError(f"there is no {name}")

    def menus(self):
        """What opens above the draft."""
        self.program.key("ctrl+t")
        self.shoot("times")
        self.press("Choose a time…")
        self.shoot("time")
        self.program.key("Escape", "Escape")
        self.program.key("ctrl+j")
        self.shoot("snippets")
        self.press("New Template…")
        self.shoot("snippet")
        self.program.key("Escape")
        self.press("Describe picture 3")
        self.shoot("alt")
        self.program.key("Escape")
        self.press("Crop picture 1")
        self.press("4∶5")
        self.shoot("crop")


def photograph(folder, dress, scene, server):
    with Workspace() as work:
        make_workspace(work, server)
        open_draft(work, SCENES[scene], scene != "reasons")
        composer = Composer(work, folder, dress)
        try:
            composer.shoot(scene)
            if scene == "reasons" and dress != "narrow":
                composer.press(lambda n: n.startswith("Why #"))
                composer.shoot("why")
            if scene == "draft" and dress in ("light", "dark", "narrow"):
                composer.menus()
        except (AssertionError, GLib.Error) as error:
            print(f"{dress}, {scene}: {error}")
        finally:
            for line in composer.program.quit():
                print(line)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    # Shadows of menus need somebody who puts windows together.
    manager = shutil.which("xfwm4")
    if manager:
        subprocess.Popen([manager, "--compositor=on"], stderr=subprocess.DEVNULL)
    with Server() as server:
        for dress in sys.argv[2:] or DRESSES:
            for scene in SCENES if dress in ("light", "narrow") else ["draft"]:
                photograph(folder, dress, scene, server)
    print(f"The pictures are in {folder}")


if __name__ == "__main__":
    main()
