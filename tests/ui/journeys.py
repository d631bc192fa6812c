#!/usr/bin/python3
"""What a person does in the main window, over AT-SPI. Run inside ui-session.sh."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import GLib, Program, wait

INTERACTIVE = {"push button", "toggle button", "check box", "text", "entry", "combo box", "switch",
               "radio button", "grid cell", "table cell", "list item", "menu item"}
number = 0


def check(condition, what):
    global number
    number += 1
    print(f"{'ok' if condition else 'not ok'} {number} {what}", flush=True)
    return condition


def is_post(words):
    return lambda name: words in name


def first_run(program):
    program.press("push button", is_post("Try It Out"))
    program.find("push button", is_post("Scheduled:"))
    check(True, "sample data are there after one click")
    program.find("label", is_post("could not be published"))
    check(True, "the strip says what failed")


def names(program):
    widgets = list(program.walk())
    nameless = [n.role for n in widgets if n.role in INTERACTIVE and not n.name]
    if not check(not nameless, "every interactive widget has a name"):
        print("#", nameless)
    check(not any(n.role in ("unknown", "invalid") for n in widgets), "every widget has a role")


def move_and_undo(program):
    name = program.find("push button", is_post("Scheduled:")).name
    text = name.split(": ", 1)[1]

    def places():
        return {n.name for n in program.all("push button", is_post(text))}

    before = places()
    program.click("push button", name)
    program.find("push button", "Close Post")
    program.wait_for_keyboard("push button", name)
    program.key("ctrl+Right")
    wait(lambda: places() - before, "the post moves by a day")
    check(True, "ctrl+right moves a post by a day")
    program.wait_for_keyboard("push button", lambda name: name in places() - before)
    program.key("ctrl+z")
    wait(lambda: places() == before, "the move is undone")
    check(True, "undo brings it back")
    program.key("ctrl+shift+z")
    wait(lambda: places() - before, "the move is done again")
    check(True, "redo moves it again")
    program.key("ctrl+z")
    wait(lambda: places() == before, "the move is undone")


def retry(program):
    program.press("push button", lambda name: "Review" in name)
    program.press("push button", lambda name: "Retry" in name)
    program.find("label", "Read back: it is there")
    check(True, "a failed post is published by Retry")
    site = os.path.join(program.folder + "-sample", "museum", "feed.xml")
    check(wait(lambda: os.path.exists(site) and "Opening night" in open(site).read(),
               "the post is in the feed"), "and it is in the feed")


def search(program):
    program.key("ctrl+f")
    program.wait_for_keyboard("entry", "Search all posts")
    program.key("w", "a", "l", "n", "u", "t")
    program.find("label", is_post("walnut loaf"))
    check(True, "search finds posts by their words")
    program.key("Escape")


def remove(program):
    sample = program.folder + "-sample"
    program.key("F10")
    program.press(None, is_post("Remove Sample Data"))
    wait(lambda: not os.path.exists(sample), "the sample is gone")
    program.find("label", "Welcome to Bellman")
    check(True, "one click removes the sample data")


def main():
    journeys = {"names": names, "move": move_and_undo, "retry": retry, "search": search, "remove": remove}
    wanted = sys.argv[1:] or list(journeys)
    with tempfile.TemporaryDirectory(prefix="bellman ui ") as root:
        program = Program(root)
        try:
            first_run(program)
            for name in wanted:
                try:
                    journeys[name](program)
                except (AssertionError, StopIteration, GLib.Error) as error:
                    check(False, f"{name}: {error}")
        finally:
            complaints = program.quit()
        if not check(not complaints, "nothing complained on stderr"):
            print("#", "\n# ".join(complaints[:20]))
    print(f"1..{number}")


main()
