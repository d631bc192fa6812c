#!/usr/bin/python3
"""What a person does in the composer, over AT-SPI. Run inside ui-session.sh."""
import glob
import os
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from program import Program, wait

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
        if not check(not complaints, "nothing was complained about on stderr"):
            print("#", complaints)
    print(f"1..{number}")
    sys.exit(failures > 0)


main()
