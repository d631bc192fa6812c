#!/usr/bin/python3
"""What a person does in the composer, over AT-SPI. Run inside ui-session.sh."""
import glob
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import SENSITIVE, Program, wait

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, "data", "sample")
# Numbers of Atspi.StateType.
CHECKED, PRESSED = 4, 20
number = 0
failures = 0


def check(condition, what):
    global number, failures
    number += 1
    failures += not condition
    print(f"{'ok' if condition else 'not ok'} {number} {what}", flush=True)
    return condition


def control(root, *args):
    return subprocess.run([os.environ["BELLMANCTL"], "--data", os.path.join(root, "data"), *args],
                          check=True, stdout=subprocess.PIPE, text=True).stdout


def texts(program):
    return program.all("text", "Text of the post")


def new_post(program):
    program.find("push button", lambda n: "New Post" in n)
    program.key("ctrl+n")
    text = program.find("text", "Text of the post")
    program.wait_for_keyboard("text", "Text of the post")
    return text


def drafts(root):
    return control(root, "post", "list", "--json")


def site(root):
    return "".join(open(path, encoding="utf-8").read()
                   for path in glob.glob(os.path.join(root, "site", "**", "*.md"), recursive=True))


def survives(root):
    program = Program(root)
    text = new_post(program)
    subprocess.run(["xdotool", "type", "--delay", "5", "Kept through a kill"], check=True)
    wait(lambda: "through a kill" in text.get_text(), "the text is typed")
    program.find("label", "Saved on this computer")
    subprocess.run(["xdotool", "type", "--delay", "5", " mid-typing"], check=True)
    wait(lambda: "through a kill mid-typing" in drafts(root), "a pause in typing saves it")
    program.process.send_signal(signal.SIGKILL)
    program.process.wait()
    program = Program(root)
    text = program.find("text", "Text of the post")
    words = wait(lambda: text.get_text(), "the text is back")
    check(words == "Kept through a kill mid-typing", "what was written is back after SIGKILL")
    return program, text


def suggestion(program, text):
    chip = program.find("push button", lambda n: n.startswith("#"))
    tag = chip.get_name()
    program.press("push button", tag)
    wait(lambda: tag in text.get_text(), "the hashtag is in the text")
    check(True, "a suggested hashtag goes into the text")
    program.find("push button", "Choose accounts")
    check(program.find("push button", lambda n: n.startswith("Schedule for")) is not None,
          "the button names a time")
    check(program.find("label", lambda n: "80 %" in n) is not None,
          "the forecast says how sure it is")
    return tag


def publish_now(program):
    program.key("ctrl+t")
    program.press("push button", "Publish now")
    program.find("push button", lambda n: "Publish Now" in n)
    program.key("ctrl+Return")


def publish(program, root, tag):
    publish_now(program)
    wait(lambda: "Kept through a kill mid-typing" in site(root), "the post is in the folder")
    check(tag[1:] in site(root), "a post with a suggestion is published")
    wait(lambda: not texts(program), "the composer closes")
    check(True, "the composer closes once the post is planned")


def own_text(program, root):
    text = new_post(program)
    text.set_text("Shared words")
    program.press("push button", lambda n: n.startswith("Second,"))
    program.press("push button", "Customise for Second")
    own = wait(lambda: next((t for t in texts(program) if t != text
                             and t.get_text() == "Shared words"), None), "the account has its own editor")
    own.set_text("Own words")
    publish_now(program)
    second = os.path.join(root, "second")
    wait(lambda: "Shared words" in site(root), "the shared text is out")
    wait(lambda: any("Own words" in open(path, encoding="utf-8").read() for path in
                     glob.glob(os.path.join(second, "**", "*.md"), recursive=True)),
         "the own text is out")
    check("Own words" not in site(root), "an account has its own text")
    wait(lambda: not texts(program), "the composer closes")


def refused(program):
    new_post(program)
    publish_now(program)
    message = program.find("label", lambda n: "text" in n and n.endswith("."))
    check(message is not None, "an empty post is refused in words: " + message.get_name())
    program.key("ctrl+w")
    wait(lambda: not texts(program), "the composer closes")


def press(program, what):
    """Presses what is named, whatever kind of button it is."""
    def probe():
        for node in program.all(None, what):
            for i in range(node.get_n_actions()):
                if node.get_action_name(i) in ("click", "activate", "toggle"):
                    node.do_action(i)
                    return True
        return False
    wait(probe, f"{what} is pressed")


def is_on(node):
    return node.has_state(PRESSED) or node.has_state(CHECKED)


def can(program, name):
    return program.find("push button", name).has_state(SENSITIVE)


def chips(program):
    return [n.get_name() for n in program.all(None, lambda n: n.startswith("#"))]


def take_back(program):
    """Presses the Undo of a toast, which stands beside what was done; the other is the window's."""
    def find():
        undos = [n for n in program.all("push button") if n.get_name().replace("_", "").startswith("Undo")]
        return undos[-1] if len(undos) > 1 else None
    wait(lambda: find() and find().press() is not None, "there is an Undo")


def not_for_me(program):
    """What is dismissed goes, and comes back by Undo; likewise what is muted."""
    text = new_post(program)
    text.set_text("Rye sourdough from the stone oven")
    program.find("label", "Saved on this computer")
    for decision in "Not for Me", "Mute":
        question = program.find(None, lambda n: n.startswith("Why #")).get_name()
        tag = question[4:-1]
        press(program, question)
        press(program, lambda n, decision=decision: n.startswith(decision))
        wait(lambda: tag not in chips(program), f"{tag} is gone")
        check(True, f"“{decision}” takes a hashtag out of the suggestions")
        take_back(program)
        wait(lambda: tag in chips(program), f"{tag} is back")
        check(True, "and Undo brings it back")
    return text


def undo_follows(program, text):
    check(not can(program, "Undo"), "there is nothing to undo yet")
    program.click("text", "Text of the post")
    program.key("ctrl+End")
    subprocess.run(["xdotool", "type", "--delay", "5", " warm"], check=True)
    wait(lambda: "warm" in text.get_text() and can(program, "Undo"), "there is something to undo")
    press(program, "Undo")
    wait(lambda: "warm" not in text.get_text() and can(program, "Redo"), "there is something to redo")
    press(program, "Redo")
    wait(lambda: "warm" in text.get_text(), "the text is back")
    check(True, "undo and redo go by the text")


def snippets(program, root, text):
    program.key("ctrl+j")
    press(program, "New Template…")
    name = program.find("text", "Name")
    wait(program.find("text", "What is put into the post").get_text, "the text is taken over")
    name.set_text("From the oven")
    press(program, lambda n: n.replace("_", "") in ("Save", "Save Save"))
    press(program, lambda n: n.startswith("Insert “From the oven”"))
    wait(lambda: text.get_text().count("stone oven") == 2, "the template is in the text")
    check(True, "a text is kept as a template and put in again")
    check("From the oven" in control(root, "snippet", "list"), "and the command line has it")
    program.key("ctrl+w")
    wait(lambda: not texts(program), "the composer closes")


def open_draft(root, *words):
    """The next start opens it, as after a crash. Returns: its number"""
    post = control(root, "post", "add", "--account", "1", "--draft", *words).split()[0]
    database = sqlite3.connect(os.path.join(root, "data", "bellman.db"), timeout=30)
    with database:
        database.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('composer.open-drafts', ?)",
                         (post + ":0",))
    database.close()
    return post


def media_of(root, post):
    return json.loads(control(root, "post", "show", post, "--json"))["parts"][0]["media"]


def pictures(root):
    """A draft comes back with its toggles and pictures; those are cropped, ordered and taken out."""
    post = open_draft(root, "--text", "With pictures", "--cw", "Bread", "--language", "de",
                      "--media", os.path.join(SAMPLE, "rye.png"), "--alt", "A loaf",
                      "--media", os.path.join(SAMPLE, "buns.png"), "--alt", "Buns")
    before = media_of(root, post)
    program = Program(root)
    check(is_on(program.find("push button", "Content Warning")), "a draft brings its toggles")
    check(program.find("label", "Deutsch") is not None, "and its language")
    press(program, "Crop picture 1")
    wait(lambda: any(n.has_state(SENSITIVE) for n in program.all(None, "Square")), "the picture is read")
    press(program, "Square")
    program.find("label", "360 × 360 pixels")
    press(program, lambda n: n.replace("_", "") in ("Crop", "Crop Crop"))
    after = wait(lambda: (lambda media: media if media[0] != before[0] else None)(media_of(root, post)),
                 "the cropped picture is stored")
    check(after[0]["width"] == after[0]["height"] and after[0]["alt"] == "A loaf",
          "a picture is cropped to a square and keeps its description")
    check(os.path.exists(before[0]["path"]), "and the file it was made of stays")
    press(program, "Remove picture 2")
    wait(lambda: len(media_of(root, post)) == 1, "a picture is taken out")
    program.find("label", "Picture removed")
    take_back(program)
    wait(lambda: len(media_of(root, post)) == 2, "the picture is back")
    check(True, "a picture that was taken out comes back by Undo")
    return program


def main():
    with tempfile.TemporaryDirectory() as root:
        control(root, "sample", "create", "--dir", os.path.join(root, "site"))
        program, text = survives(root)
        publish(program, root, suggestion(program, text))
        complaints = program.quit()
        control(root, "account", "add", "website", "--name", "Second", "--dir",
                os.path.join(root, "second"))
        program = Program(root)
        own_text(program, root)
        refused(program)
        complaints += program.quit()
        program = Program(root)
        text = not_for_me(program)
        undo_follows(program, text)
        snippets(program, root, text)
        complaints += program.quit()
        complaints += pictures(root).quit()
        if not check(not complaints, "nothing was complained about on stderr"):
            print("#", complaints)
    print(f"1..{number}")
    sys.exit(failures > 0)


main()
