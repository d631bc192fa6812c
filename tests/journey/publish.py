#!/usr/bin/python3
"""From a text to a page that was read back, through bellmanctl alone."""

import json
import os
import signal
import subprocess
import xml.etree.ElementTree as ElementTree

import tap
from workspace import PROGRAM, Workspace, kill, wait_for

SOURCE = os.environ["BELLMAN_SOURCE"]
PICTURE = os.path.join(SOURCE, "data", "sample", "rye.png")


def texts(items):
    return sorted(item["content_html"] for item in items)


def test_plain_picture_thread():
    with Workspace() as work:
        site = work.add_website()
        plain = work.run("post", "add", "--account", site, "--text", "Plain <b>& simple</b>", "--in", "1s").stdout.split()[-1]
        picture = work.run("post", "add", "--account", site, "--text", "With a picture", "--media", PICTURE,
                           "--alt", "A loaf", "--in", "1s").stdout.split()[-1]
        thread = work.run("post", "add", "--account", site, "--text", "One", "--part", "Two", "--media", PICTURE,
                          "--alt", "The same loaf", "--part", "Three", "--in", "1s").stdout.split()[-1]
        work.run("agent", "--until-idle")
        items = work.feed()
        assert len(items) == 3, items
        assert any("Plain &lt;b&gt;&amp; simple&lt;/b&gt;" in item["content_html"] for item in items)
        assert any("A loaf" in item["content_html"] for item in items)
        for post in (plain, picture, thread):
            [view] = work.json("post", "show", post)
            [target] = view["targets"]
            assert target["state"] == "published"
            kinds = [(attempt["kind"], attempt["outcome"]) for attempt in target["attempts"]]
            assert kinds == [("publish", "done"), ("read-back", "done")], kinds
            assert len(target["receipts"]) == len(view["parts"])
        entries = ElementTree.parse(os.path.join(work.root, "site", "feed.xml")).getroot()
        assert len(entries.findall("{http://www.w3.org/2005/Atom}entry")) == 3
        # One copy of the picture, however often it is used.
        assert len(os.listdir(os.path.join(work.root, "site", "media"))) == 1


def test_edit_cancel_delete():
    with Workspace() as work:
        site = work.add_website()
        post = work.run("post", "add", "--account", site, "--text", "Befor", "--in", "2h").stdout.strip()
        work.run("post", "edit", post, "--text", "Before")
        cancelled = work.run("post", "add", "--account", site, "--text", "Never", "--in", "1h").stdout.strip()
        work.run("post", "cancel", cancelled)
        work.run("post", "cancel", cancelled, code=1)
        work.run("post", "edit", post, "--now")
        work.run("agent", "--until-idle")
        [item] = work.feed()
        assert "Before" in item["content_html"]
        work.run("post", "edit", post, "--text", "After", "--remote")
        [item] = work.feed()
        assert "After" in item["content_html"], item
        work.run("post", "delete", post, "--remote")
        assert work.feed() == []
        work.run("post", "show", post, code=1)


def test_two_accounts_side_by_side():
    with Workspace() as work:
        one, two = work.add_website("one"), work.add_website("two")
        work.run("post", "add", "--account", one, "--account", two, "--text", "On both", "--now")
        work.run("agent", "--until-idle")
        assert len(work.feed("one")) == len(work.feed("two")) == 1


def test_second_process_writes_while_the_agent_runs():
    with Workspace() as work:
        site = work.add_website()
        agent = work.start("agent")
        try:
            for number in range(10):
                work.run("post", "add", "--account", site, "--text", f"Post {number}", "--in", "1s")
            wait_for(lambda: len(work.feed()) == 10)
            wait_for(lambda: work.states()["published"] == 10)
        finally:
            agent.send_signal(signal.SIGTERM)
            out, err = agent.communicate(timeout=60)
        assert agent.returncode == 0, (out, err)


def test_a_second_agent_stands_by_and_takes_over():
    with Workspace() as work:
        site = work.add_website()
        first = work.start("agent")
        wait_for(lambda: os.path.exists(os.path.join(work.data, "publisher.lock")))
        work.run("post", "add", "--account", site, "--text", "By the first", "--now")
        wait_for(lambda: work.states()["published"] == 1)
        second = work.start("agent")
        try:
            assert "stands by" in second.stderr.readline()
            kill(first)
            work.run("post", "add", "--account", site, "--text", "By the second", "--now")
            wait_for(lambda: work.states()["published"] == 2)
            assert len(work.feed()) == 2
        finally:
            kill(second)


def test_slots():
    with Workspace() as work:
        site = work.add_website()
        work.run("slots", "add", "--account", site, "mon-sun", "09:00")
        [first] = work.json("slots", "next", "--account", site)
        work.run("post", "add", "--account", site, "--text", "In a slot", "--next-slot")
        [second] = work.json("slots", "next", "--account", site)
        assert first["at"] < second["at"]
        assert len(work.json("slots", "list", "--account", site)) == 7


def test_repeat():
    with Workspace() as work:
        site = work.add_website()
        work.run("post", "add", "--account", site, "--text", "Every day", "--now", "--repeat", "FREQ=DAILY;COUNT=2")
        work.run("agent", "--until-idle")
        wait_for(lambda: len(work.json("post", "list")) == 2)
        states = work.states()
        assert states["published"] == 1 and states["scheduled"] == 1, states
        [planned] = work.json("post", "list", "--state", "scheduled")
        assert planned["series"] == 1
        assert planned["targets"][0]["error"] is None


def test_missed_is_held():
    with Workspace() as work:
        site = work.add_website()
        post = work.run("post", "add", "--account", site, "--text", "Late", "--in", "0s").stdout.strip()
        work.run("account", "set", site, "--grace", "0")
        done = work.run("agent", "--until-idle", code=1)
        [target] = work.json("post", "show", post)[0]["targets"]
        assert target["state"] == "held" and target["errorKind"] == "missed", (target, done)
        assert work.feed() == []
        work.run("account", "set", site, "--grace", "900")
        work.run("post", "retry", post)
        work.run("agent", "--until-idle")
        assert len(work.feed()) == 1


def test_folder_away_and_back():
    with Workspace() as work:
        site = work.add_website()
        folder = os.path.join(work.root, "site")
        os.rename(folder, folder + " away")
        post = work.run("post", "add", "--account", site, "--text", "Not lost", "--now").stdout.strip()
        agent = work.start("agent")
        wait_for(lambda: work.json("post", "show", post)[0]["targets"][0]["error"])
        os.rename(folder + " away", folder)
        work.run("post", "retry", post, code=None)
        wait_for(lambda: len(work.feed()) == 1, seconds=60)
        kill(agent)


def test_drafts_survive():
    with Workspace() as work:
        work.add_website()
        draft = work.run("post", "add", "--text", "Without an account yet").stdout.strip()
        assert work.json("post", "list")[0]["id"] == int(draft)
        done = work.run("post", "add", "--account", "1", "--text", "Too early", "--at", "2001-01-01 10:00", code=1)
        assert "kept as draft" in done.stderr
        assert len(work.json("post", "list", "--state", "draft")) == 2


def test_wrong_usage():
    with Workspace() as work:
        site = work.add_website()
        wrong = [
            ("nonsense",),
            ("post", "add", "--account", site),
            ("post", "add", "--account", "x", "--text", "t"),
            ("post", "add", "--account", site, "--text", "t", "--in", "soon"),
            ("post", "add", "--account", site, "--text", "t", "--at", "tomorrow"),
            ("post", "add", "--account", site, "--text", "t", "--now", "--in", "5s"),
            ("post", "add", "--account", site, "--alt", "a", "--text", "t"),
            ("post", "add", "--account", site, "--text", "t", "--visibility", "nobody"),
            ("post", "show"),
            ("post", "show", "-1"),
            ("post", "list", "--state", "gone"),
            ("account", "add"),
            ("account", "add", "website"),
            ("account", "add", "nowhere"),
            ("slots", "add", "--account", site, "someday", "09:00"),
            ("slots", "add", "--account", site, "mon", "25:00"),
            ("text", "count"),
            ("text", "count", "--platform", "fax"),
            ("agent", "--until-tomorrow"),
        ]
        for arguments in wrong:
            done = work.run(*arguments, code=2, stdin="")
            assert done.stderr and not done.stdout, (arguments, done)
        failing = [
            ("post", "show", "99"),
            ("post", "add", "--account", "99", "--text", "t", "--now"),
            ("post", "add", "--account", site, "--text", "t", "--media", "/nowhere.png"),
            ("post", "add", "--account", site, "--text", "t", "--now", "--repeat", "FREQ=SOMETIMES"),
            ("post", "add", "--account", site, "--text", "t", "--at", "2030-01-01 10:00", "--zone", "Mars/Olympus"),
            ("post", "add", "--account", site, "--text", "t", "--next-slot"),
            ("account", "show", "99"),
            ("account", "set", site, "--zone", "Nowhere/Else"),
        ]
        for arguments in failing:
            done = work.run(*arguments, code=1)
            assert done.stderr and not done.stdout, (arguments, done)


def test_without_a_locale():
    with Workspace() as work:
        work.env["LC_ALL"] = "C"
        site = work.add_website()
        post = work.run("post", "add", "--account", site, "--text", "Größe 多い", "--now").stdout.strip()
        assert work.json("post", "show", post)[0]["parts"][0]["text"] == "Größe 多い"


def test_clock_changes_are_told():
    with Workspace() as work:
        site = work.add_website()
        gap = work.run("post", "add", "--account", site, "--text", "a", "--at", "2099-03-29 02:30", "--zone", "Europe/Berlin")
        assert "03:30" in gap.stderr, gap.stderr
        twice = work.run("post", "add", "--account", site, "--text", "b", "--at", "2099-10-25 02:30", "--zone", "Europe/Berlin")
        assert "twice" in twice.stderr, twice.stderr


def test_every_command_has_help():
    with Workspace() as work:
        lines = work.run("--help").stdout.splitlines()
        commands = [line[2:30].split() for line in lines if line.startswith("  ")]
        commands = [[word for word in words if word.islower()] for words in commands]
        assert len(commands) >= 20, lines
        for words in commands:
            more = ["website"] if words == ["account", "add"] else []
            done = work.run(*words, *more, "--help")
            assert "--json" in done.stdout, words


def test_text_commands():
    with Workspace() as work:
        [count] = work.json("text", "count", "--platform", "x", stdin="Hello 👩‍👩‍👧 https://example.org/long/path")
        assert (count["length"], count["limit"], count["valid"]) == (6 + 2 + 1 + 23, 280, True), count
        [count] = work.json("text", "count", "--platform", "website", stdin="x" * 100000)
        assert count["limit"] is None and count["valid"]
        lines = "".join(json.dumps(text) + "\n" for text in ("Hi @ada #größe", "多い #タグ"))
        done = work.run("text", "entities", "--jsonl", stdin=lines)
        first, second = [json.loads(line) for line in done.stdout.splitlines()]
        assert first["mentions"][0]["text"] == "ada" and first["hashtags"][0] == {
            "text": "größe", "start": 8, "end": 14, "byteStart": 8, "byteEnd": 16}, first
        assert second["hashtags"][0]["byteStart"] == 7, second
        long_text = " ".join(f"This is sentence number {i}." for i in range(40))
        [split] = work.json("text", "split", "--platform", "bluesky", stdin=long_text)
        assert len(split["parts"]) > 1 and all(len(part) <= 300 for part in split["parts"])
        work.run("text", "count", "--platform", "x", "--jsonl", stdin="[1]\n", code=1)


def test_suggestions_have_reasons():
    with Workspace() as work:
        account = work.run("sample", "create", "--dir", os.path.join(work.root, "site")).stdout.strip()
        work.run("sample", "create", "--dir", os.path.join(work.root, "site"), code=1)
        [answer] = work.json("suggest", "hashtags", "--account", account, "--text", "Friday is cake day")
        assert answer["hashtags"][0]["tag"] == "cake", answer
        ids = {post for reason in answer["hashtags"][0]["reasons"] for post in reason["postsFor"]}
        assert ids and all(reason["sentence"] for tag in answer["hashtags"] for reason in tag["reasons"])
        [forecast] = work.json("suggest", "forecast", "--account", account, "--text", "Plum cake #cake")
        assert forecast["low"] < forecast["expected"] < forecast["high"] and forecast["reasons"]
        [times] = work.json("suggest", "times", "--account", account)
        assert len(times["hours"]) == 168 and times["best"]
        assert work.json("suggest", "topics", "--account", account)[0]["topics"]
        [record] = work.json("suggest", "track-record", "--account", account)
        assert record["taggedPosts"] > 100
        assert work.json("suggest", "audit", "--account", account)[0]["drafts"] > 100


def test_an_account_without_history_says_so():
    with Workspace() as work:
        account = work.add_website()
        [answer] = work.json("suggest", "hashtags", "--account", account, "--text", "Hello")
        assert answer["hashtags"] == []
        [forecast] = work.json("suggest", "forecast", "--account", account, "--text", "Hello")
        assert not forecast["ready"] and forecast["reasons"]
        work.run("suggest", "hashtags", "--account", "99", "--text", "Hello", code=1)
        work.run("suggest", "hashtags", "--account", account, code=2)


def test_mood_and_checks():
    with Workspace() as work:
        lines = "".join(json.dumps(text) + "\n" for text in ("What a great day", "This is not good", ""))
        moods = [json.loads(line) for line in work.run("sentiment", "--jsonl", stdin=lines).stdout.splitlines()]
        assert moods[0]["label"] == "positive" and moods[0]["score"] > 0 > moods[1]["score"], moods
        assert any(word["text"] == "great" for word in moods[0]["words"])
        [found] = work.json("check", stdin="Write to ada@example.org")
        assert "private-data" in [finding["kind"] for finding in found["findings"]], found
        [clean] = work.json("check", stdin="The oven is hot and the bread is good.")
        assert clean["findings"] == [], clean


def test_damaged_data_folder():
    with Workspace() as work:
        work.add_website()
        with open(os.path.join(work.data, "bellman.db"), "r+b") as file:
            file.write(b"this is no database at all")
        done = work.run("post", "list", code=1)
        assert "bellman.db" in done.stderr, done.stderr


def test_stdin_is_checked():
    with Workspace() as work:
        done = subprocess.run([PROGRAM, "text", "count", "--platform", "x"], input=b"\xff\xfe", env=work.env,
                              capture_output=True, timeout=30)
        assert done.returncode == 1 and b"UTF-8" in done.stderr


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", "-"), value) for name, value in list(globals().items()) if name.startswith("test_")])
