#!/usr/bin/python3
"""Accounts, preferences and privacy as a person meets them, over AT-SPI. Inside ui-session.sh.

usage: accounts.py [FOLDER]: photographs what it passes into the folder"""
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, os.pardir, "journey")]
from program import GLib, Program, wait
from mastodon import Server

INTERACTIVE = {"push button", "toggle button", "check box", "text", "entry", "combo box", "switch",
               "radio button", "grid cell", "table cell", "list item", "menu item", "spin button"}
BROWSER = """#!/usr/bin/python3
import sys, urllib.request
urllib.request.urlopen(sys.argv[1])
"""
number = 0
folder = sys.argv[1] if len(sys.argv) > 1 else None


def check(condition, what):
    global number
    number += 1
    print(f"{'ok' if condition else 'not ok'} {number} {what}", flush=True)
    return condition


def picture(program, name):
    if folder:
        time.sleep(1.2)
        program.screenshot(os.path.join(folder, name + ".png"))


def named(words):
    return lambda name: words in name


def click_row(program, name, then, role="list item"):
    """Clicks what cannot be pressed otherwise, such as a row, until what follows is there."""
    def probe():
        program.take_keyboard()
        program.point(program.find(role, name))
        subprocess.run(["xdotool", "click", "1"], check=True)
        try:
            return wait(then, "", 5)
        except AssertionError:
            return None
    return wait(probe, f"{name} is chosen")


def press_last(program, role, name):
    """A menu button is two widgets of one name; the inner one can be pressed."""
    wait(lambda: program.all(role, name), f"{role} {name}")
    return wait(lambda: program.all(role, name)[-1].press(), f"{role} {name} is pressed")


def replace_browser(root):
    """What opens for http is a program that follows redirects and shows nothing."""
    browser = os.path.join(root, "browser")
    with open(browser, "w", encoding="utf-8") as file:
        file.write(BROWSER)
    os.chmod(browser, 0o700)
    place = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
    os.makedirs(place, exist_ok=True)
    os.makedirs(os.environ["XDG_CONFIG_HOME"], exist_ok=True)
    with open(os.path.join(place, "browser.desktop"), "w", encoding="utf-8") as file:
        file.write(f'[Desktop Entry]\nType=Application\nName=Browser\nExec="{browser}" %u\n'
                   "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
    with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w", encoding="utf-8") as file:
        file.write("[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
                   "x-scheme-handler/https=browser.desktop\n")


def choose_menu(program, item):
    """Opens the main menu and takes an item of it."""
    program.key("F10")
    program.press(None, named(item))


def names(program, where):
    widgets = list(program.walk())
    by_path = {n.path: n for n in widgets}
    told = set()
    for label in widgets:
        node = label if label.role == "label" and label.name else None
        while node and (node := by_path.get(node.parent)) and node.role != "list":
            told.add(node.path)
    nameless = [n.role for n in widgets if n.role in INTERACTIVE and not n.name
                and not (n.role == "list item" and n.path in told)]
    if not check(not nameless, f"every interactive widget has a name in {where}"):
        print("#", nameless)
    check(not any(n.role in ("unknown", "invalid") for n in widgets), f"every widget has a role in {where}")


def connect(program, server):
    choose_menu(program, "Accounts")
    program.find(None, "No Accounts Yet")
    picture(program, "none")
    program.press("push button", "Connect an Account")
    picture(program, "platforms")
    click_row(program, "Mastodon", lambda: program.all(None, "Address of the server"))
    field = program.find("text", "Address of the server")
    field.set_text(server.url)
    picture(program, "connect")
    program.press("push button", lambda n: n.startswith("_Connect") and "…" not in n)
    program.find("list item", named("Connected"))
    check(True, "signing in comes back by itself")
    check(len(server.requests("POST /oauth/token")) > 0, "the server gave access")
    program.find("push button", named("Remove Account"))
    names(program, "the page about an account")
    picture(program, "account")


def edit_slots(program):
    press_last(program, "push button", "Add a time on Monday")
    picture(program, "popover")
    program.press("push button", "_Add Add")
    program.find("push button", named("Monday, 09:00"))
    check(True, "a time is added to the queue")
    press_last(program, "push button", named("Monday, 09:00"))
    program.press("push button", "_Remove Remove")
    wait(lambda: not program.all("push button", named("Monday, 09:00")), "the time is gone")
    program.press("push button", named("Undo"))
    program.find("push button", named("Monday, 09:00"))
    check(True, "a removed time comes back by Undo")


def pause(program):
    click_row(program, "Publish Its Posts", lambda: program.all("list item", named("Paused")))
    check(True, "the account is paused")
    click_row(program, "Publish Its Posts", lambda: program.all("list item", named("Connected")))
    check(True, "and goes on")


def add_website(program, root, ctl):
    """By the command line, as a chooser of folders is not ours to drive: the window hears of it."""
    site = os.path.join(root, "site")
    os.makedirs(site)
    subprocess.run([ctl, "--data", program.folder, "account", "add", "website", "--dir", site, "--name",
                    "Museum news"], check=True, stdout=subprocess.DEVNULL)
    program.find("list item", named("Museum news, Website"))
    check(True, "an account that is added elsewhere appears")
    program.find("label", named("no forecast for this account"))
    check(True, "its page says what it lacks")
    picture(program, "website")


def remove(program, name):
    program.press("push button", named("Remove Account"))
    program.find(None, named("This cannot be undone"))
    picture(program, "remove")
    program.press("push button", named("_Remove") if program.all("push button", named("_Remove")) else "Remove")
    wait(lambda: not program.all("list item", named(name)), "the account is gone")


def preferred(program):
    with sqlite3.connect(f"file:{program.folder}/bellman.db?mode=ro", uri=True) as data:
        row = data.execute("SELECT value FROM setting WHERE name = 'suggestions-off'").fetchone()
    return row and row[0]


def preferences(program):
    program.key("ctrl+comma")
    program.find("check box", "Forecasts")
    names(program, "the preferences")
    picture(program, "preferences")
    click_row(program, "Forecasts", lambda: preferred(program) == "forecast")
    check(True, "a kind of suggestions is switched off")
    program.key("Escape")
    wait(lambda: not program.all("check box", "Forecasts"), "the preferences close")
    program.key("ctrl+comma")
    program.find("check box", "Forecasts")
    check(True, "the preferences open by the keyboard")
    program.key("Escape")
    wait(lambda: not program.all("check box", "Forecasts"), "the preferences close")


def shows(program, role, name):
    """Whether a page of a stack is the one in front: the others have no size."""
    return [n for n in program.all(role, name) if n.get_box()[3] > 0]


def show_tab(program, tab, what):
    click_row(program, tab, lambda: shows(program, *what), "page tab")


def privacy(program, server):
    choose_menu(program, "Privacy")
    host = server.url.split("//")[1]
    program.find(None, named(host))
    check(True, "the network ledger names the server")
    picture(program, "network")
    show_tab(program, "Stored", ("push button", named("Erase Everything")))
    names(program, "what is stored")
    picture(program, "stored")
    show_tab(program, "Learnt", ("label", named("0 posts")))
    check(True, "what was learnt is said")
    picture(program, "learnt")


def erase(program, root, server):
    show_tab(program, "Stored", ("push button", named("Erase Everything")))
    program.press("push button", named("Erase Everything"))
    program.find("text", "Type “erase” to go on").set_text("erase")
    picture(program, "erase")
    program.press("push button", lambda n: n.endswith("Erase Everything") and n != "Erase Everything")
    program.find("label", "Welcome to Bellman")
    check(True, "erasing ends with the welcome page")
    picture(program, "erased")
    check(len(server.requests("POST /oauth/revoke")) > 0, "the server took the access back")


def main():
    with tempfile.TemporaryDirectory(prefix="bellman ui ") as root, \
         Server("--switch", "auto-approve") as server:
        replace_browser(root)
        ctl = os.environ["BELLMANCTL"]
        program = Program(root)
        try:
            program.find("label", "Welcome to Bellman")
            for step in (lambda: connect(program, server), lambda: edit_slots(program),
                         lambda: pause(program), lambda: add_website(program, root, ctl),
                         lambda: remove(program, "Museum news"),
                         lambda: (program.key("Escape"), preferences(program)),
                         lambda: privacy(program, server), lambda: erase(program, root, server)):
                step()
        except (AssertionError, StopIteration, GLib.Error) as error:
            check(False, f"{error}")
            for node in program.walk():
                print("#", node.role, node.name)
            picture(program, "failed")
        finally:
            complaints = program.quit()
        if not check(not complaints, "nothing complained on stderr"):
            print("#", "\n# ".join(complaints[:20]))
    print(f"1..{number}")


main()
