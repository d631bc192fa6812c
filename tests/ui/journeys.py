#!/usr/bin/python3
"""What a person does in the main window, over AT-SPI. Run inside ui-session.sh."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import GLib, Program, wait, walk

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
    program.press("push button", "_Try It Out Try It Out"
                  if program.all("push button", "_Try It Out Try It Out") else "Try It Out")
    chip = program.find("push button", is_post("Scheduled:"), 40)
    check(chip is not None, "sample data are there after one click")
    strip = program.find("label", is_post("could not be published"))
    check(strip is not None, "the strip says what failed")


def names(program):
    nameless = [n.get_role_name() for n in walk(program.tree)
                if n.get_role_name() in INTERACTIVE and not n.get_name()]
    if not check(not nameless, "every interactive widget has a name"):
        print("#", nameless)
    roleless = [n.get_role_name() for n in walk(program.tree)
                if n.get_role_name() in ("unknown", "invalid")]
    check(not roleless, "every widget has a role")


def move_and_undo(program):
    name = program.find("push button", is_post("Scheduled:")).get_name()
    text = name.split(": ", 1)[1]
    before = {n.get_name() for n in program.all("push button", is_post(text))}
    program.click(program.find("push button", name))
    program.find("push button", "Close Post")
    program.key("ctrl+Right")
    moved = wait(lambda: {n.get_name() for n in program.all("push button", is_post(text))} - before,
                 "the post moves by a day")
    check(moved, "ctrl+right moves a post by a day")
    program.find("label", is_post("Moved to"))
    undo = next(n for n in program.all("push button") if "Undo" in n.get_name())
    undo.do_action(0)
    wait(lambda: {n.get_name() for n in program.all("push button", is_post(text))} == before,
         "the move is undone")
    check(True, "undo brings it back")


def retry(program):
    program.press("push button", lambda name: "Review" in name)
    program.press("push button", lambda name: "Retry" in name)
    program.find("label", "Read back: it is there", 40)
    check(True, "a failed post is published by Retry")
    site = os.path.join(program.folder + "-sample", "museum", "feed.xml")
    check(wait(lambda: os.path.exists(site) and "Opening night" in open(site).read(),
               "the post is in the feed"), "and it is in the feed")


def search(program):
    program.key("ctrl+f")
    program.find("entry", "Search all posts")
    program.key("w", "a", "l", "n", "u", "t")
    program.find("label", is_post("walnut loaf"))
    check(True, "search finds posts by their words")
    program.key("Escape")


def remove(program):
    sample = program.folder + "-sample"
    program.key("F10")
    node = program.find(None, lambda name: "Remove Sample Data" in name)
    node.do_action(0)
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
