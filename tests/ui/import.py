#!/usr/bin/python3
"""Bringing a history in with the assistant, over AT-SPI. Run inside ui-session.sh."""
import csv
import os
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "history"))
import exports  # noqa: E402
from program import FOCUSED, SENSITIVE, GLib, Program, wait  # noqa: E402

CHOOSE = "Choose a File…"
number = 0
failures = 0


def check(condition, what):
    global number, failures
    number += 1
    failures += not condition
    print(f"{'ok' if condition else 'not ok'} {number} {what}", flush=True)
    return condition


def has(words):
    return lambda name: words in name


def find_shown(program, role, words):
    return program.find(role, has(words))


def press(program, words):
    """Presses a button that can be pressed by now."""
    wait(lambda: next((n for n in program.all("push button", has(words))
                       if n.has_state(SENSITIVE)), None), f"button {words}").press()


def count(folder):
    database = sqlite3.connect(os.path.join(folder, "bellman.db"), timeout=30)
    try:
        return database.execute("SELECT count(*) FROM history_post").fetchone()[0]
    finally:
        database.close()


def open_assistant(program):
    program.key("F10")
    program.press(None, has("Bring In Your History…"))
    find_shown(program, "push button", CHOOSE)


def choose(program, path):
    """Types the path, as one who has no mouse does."""
    press(program, CHOOSE)
    program.find("push button", has("Open"))
    program.key("ctrl+l")
    wait(lambda: next((n for n in program.all("text") + program.all("entry")
                       if n.has_state(FOCUSED)), None),
         "the chooser takes a path").set_text(path)

    def opened():
        left = program.all("push button", has("Open"))
        for button in left:
            button.press()
        return not left
    wait(opened, "the chooser takes the file")


def close(program):
    press(program, "Done")
    wait(lambda: not [n for n in program.all("push button", has("Done"))], "the assistant closes")


def archive(program, root):
    """A Mastodon archive: one that means no good, a good one, and the same again."""
    path = os.path.join(root, "archive.tar.gz")
    items = [exports.activity(post) for post in exports.posts(40)]
    items.append(exports.activity({"number": 99, "text": "x"}, published="yesterday"))
    hostile = os.path.join(root, "hostile.tar.gz")
    exports.write_tar(hostile, [("../../escaped.txt", [b"no"]), ("outbox.json", exports.outbox(items))])
    exports.write_tar(path, [("media/a.png", [b"no picture"]), ("outbox.json", exports.outbox(items))])
    open_assistant(program)
    choose(program, hostile)
    check(program.find(None, has("paths that lead out of it")), "a hostile archive is refused in words")
    choose(program, path)
    check(find_shown(program, None, "40 posts are new"), "what is new is said before it comes in")
    check(find_shown(program, None, "1 row cannot be used"), "and what cannot be used")
    check(find_shown(program, None, "lacks its identifier, its text or its time"), "with the reason")
    check(count(program.folder) == 0, "a preview stores nothing")
    press(program, "Import")
    check(find_shown(program, None, "Suggestions now rest on 40 posts"), "suggestions rest on it at once")
    check(count(program.folder) == 40, "all posts came in")
    close(program)
    open_assistant(program)
    choose(program, path)
    check(find_shown(program, None, "40 posts are in the history already"), "a second time nothing is new")
    press(program, "Import")
    find_shown(program, None, "Your History Is In")
    check(count(program.folder) == 40, "and changes nothing")
    close(program)


def table(program, root):
    """A table in German and an old encoding, with one row that is no use."""
    path = os.path.join(root, "table.csv")
    with open(path, "w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Datum", "Beitrag", "Gefällt"])
        for day in range(1, 13):
            writer.writerow([f"{day:02}.{day:02}.2024 09:30", f"Brötchen und Brot {day}", day])
        writer.writerow(["gestern", "Ohne Datum", 1])
    open_assistant(program)
    choose(program, path)
    check(find_shown(program, None, "12 posts are new"), "a table is read as it is written")
    check(find_shown(program, None, "Brötchen und Brot 1"), "in its encoding")
    check(find_shown(program, None, "Row 14"), "a bad row is named by its line")
    rows = wait(lambda: [n for n in program.all(None, has("Gefällt"))], "a row for the column")
    check(rows, "each column is named")
    before = count(program.folder)
    press(program, "Import")
    find_shown(program, None, "Suggestions now rest on")
    check(count(program.folder) == before + 12, "its posts came in")
    close(program)


def stopped(program, root):
    """An import that is stopped keeps what came in; going on finishes it."""
    path = os.path.join(root, "long.jsonl")
    exports.write(path, exports.bellman_lines(exports.posts(60000, 1000)))
    before = count(program.folder)
    open_assistant(program)
    choose(program, path)
    find_shown(program, None, "posts are new")
    press(program, "Import")
    wait(lambda: count(program.folder) > before, "some posts came in")
    press(program, "Cancel")
    find_shown(program, None, "Import Stopped")
    middle = count(program.folder)
    check(before < middle < before + 60000, f"a stopped import keeps what came in ({middle - before})")
    press(program, "Go On")
    find_shown(program, None, "Your History Is In")
    check(count(program.folder) == before + 60000, "going on brings the rest, each once")
    close(program)


def refused(program, root):
    path = os.path.join(root, "picture.png")
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    open_assistant(program)
    choose(program, path)
    check(find_shown(program, None, "Choose another"), "what is no export is refused in words")
    program.key("Escape")


def main():
    with tempfile.TemporaryDirectory(prefix="bellman ui ") as root:
        folder = os.path.join(root, "data")
        subprocess.run([os.environ["BELLMANCTL"], "--data", folder, "account", "add", "website", "--name", "Shop",
                        "--dir", os.path.join(root, "site")], check=True, capture_output=True)
        program = Program(root)
        try:
            for journey in archive, table, stopped, refused:
                journey(program, root)
        except (AssertionError, StopIteration, GLib.Error) as error:
            check(False, str(error))
        complaints = program.quit()
        if not check(not complaints, "nothing complained on stderr"):
            print("#", "\n# ".join(complaints[:20]))
    print(f"1..{number}")
    sys.exit(failures > 0)


main()
