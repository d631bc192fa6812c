#!/usr/bin/python3
"""suggest, check, distrust and known: decisions work at once and can be taken back, what was
suggested is followed to what went out, and no input makes a command fail in another way than by
saying so."""

import json
import os
import struct
import zlib

import tap
from workspace import Workspace


def sample(work):
    folder = os.path.join(work.root, "sample")
    return work.run("sample", "create", "--dir", folder).stdout.split()[-1]


def tags(work, account, text="Rye and a cake on Friday"):
    [answer] = work.json("suggest", "hashtags", "--account", account, "--text", text, "--max", "20")
    return [tag["tag"] for tag in answer["hashtags"]]


def levers(work, account):
    [answer] = work.json("suggest", "settings", "--account", account)
    return answer


def test_levers():
    with Workspace() as work:
        account = sample(work)
        before = tags(work, account)
        assert "cake" in before and before[-1] != "cake"
        last = before[-1]
        work.run("suggest", "pin", "#" + last.upper(), "--account", account)
        assert tags(work, account)[0] == last
        work.run("suggest", "mute", "cake", last, "--account", account)
        assert not {"cake", last} & set(tags(work, account))
        [shown] = work.json("suggest", "settings", "--account", account, "--half-life", "40",
                            "--diversity", "0.3", "--never", "0-6,22")
        assert shown == dict(account=int(account), pinned=[], muted=sorted(["cake", last]),
                             excluded=[], halfLifeDays=40, diversity=0.3,
                             neverHours=[0, 1, 2, 3, 4, 5, 6, 22]), shown
        work.run("suggest", "exclude", "1", "2")
        assert levers(work, account)["excluded"] == [1, 2]
        work.run("suggest", "include", "1", "2")
        work.run("suggest", "unmute", "cake", last, "--account", account)
        work.run("suggest", "settings", "--account", account, "--half-life", "0", "--diversity", "0",
                 "--never", "")
        assert tags(work, account) == before
        assert levers(work, account)["neverHours"] == []


def test_same_each_time():
    """The first answer is learnt from the history, the next one read from the store."""
    with Workspace() as work:
        account = sample(work)
        asked = ("--account", account, "--text", "Rye and a cake", "--now", "2026-11-01T08:00:00Z")
        for command in ("hashtags", "forecast"):
            first = work.run("suggest", command, *asked).stdout
            assert work.run("suggest", command, *asked).stdout == first
        for command in ("topics", "audit", "track-record"):
            first = work.run("suggest", command, "--account", account).stdout
            assert first and work.run("suggest", command, "--account", account).stdout == first


def test_log():
    """From what was shown, to what went out, to the report."""
    with Workspace() as work:
        account = sample(work)
        post = work.run("post", "add", "--account", account, "--text", "Fresh from the oven #Rye",
                        "--in", "1s").stdout.split()[-1]
        [answer] = work.json("suggest", "hashtags", "--account", account, "--post", post)
        shown = [tag["tag"] for tag in answer["hashtags"]]
        assert shown and "rye" not in shown
        work.run("suggest", "pin", "bakery", "--account", account)
        other = work.run("post", "add", "--account", account, "--text", "Bread for the bakery",
                         "--now").stdout.split()[-1]
        work.json("suggest", "hashtags", "--account", account, "--post", other)
        work.run("post", "edit", other, "--text", "Bread for the #Bakery")
        log = work.json("suggest", "log", "--account", account)
        assert {line["outcome"] for line in log} == {"waiting"}
        assert {line["post"] for line in log} == {int(post), int(other)}
        [first] = [line for line in log if line["post"] == int(post) and line["rank"] == 1
                   and line["kind"] == "hashtag"]
        assert first["text"] == shown[0] and 0 < first["probability"] <= 1
        work.run("agent", "--until-idle")
        log = work.json("suggest", "log", "--account", account)
        assert {line["outcome"] for line in log if line["post"] == int(post)} == {"ignored"}
        assert all(line["historyPost"] for line in log)
        taken = [line["text"] for line in log if line["outcome"] == "taken"]
        assert taken == ["bakery"], taken
        assert len(work.json("suggest", "log", "--account", account, "--limit", "2")) == 2
        [report] = work.json("suggest", "report", "--account", account)
        assert report["taken"] == 1 and report["shown"] == len(log) and not report["enough"]
        assert work.run("suggest", "report", "--account", account).stdout.strip()


def findings(work, text, *arguments):
    [answer] = work.json("check", *arguments, stdin=text)
    return {finding["kind"]: finding for finding in answer["findings"]}


def test_lists():
    with Workspace() as work:
        work.run("distrust", "add", "https://Spam.example.com/x", "bad.org")
        assert work.json("distrust", "list") == [["bad.org", "spam.example.com"]]
        assert "distrusted-link" in findings(work, "See https://www.bad.org/a")
        work.run("distrust", "remove", "bad.org")
        assert "distrusted-link" not in findings(work, "See https://www.bad.org/a")
        work.run("distrust", "remove", "bad.org", code=1)
        work.run("known", "add", "@library@books.org")
        assert "lookalike" in findings(work, "Ask @1ibrary@books.org")
        assert work.run("known", "list").stdout == "library@books.org\n"
        work.run("known", "remove", "library@books.org")
        assert "lookalike" not in findings(work, "Ask @1ibrary@books.org")


def test_fix_text():
    with Workspace() as work:
        text = "THIS IS A VERY LOUD TEXT and WE ARE STILL LOUDER HERE, really!!!!!"
        [answer] = work.json("check", "--fix", "shouting", stdin=text)
        assert answer["fixed"] == "This is a very loud text and We are still louder here, really!"
        work.run("check", "--fix", "nonsense", code=2, stdin=text)


def chunk(name, content):
    return (struct.pack(">I", len(content)) + name + content
            + struct.pack(">I", zlib.crc32(name + content)))


def png_with_place():
    """A picture of one pixel whose EXIF data tell latitude and longitude."""
    rationals = struct.pack("<6I", 50, 1, 56, 1, 0, 1)
    gps = struct.pack("<HHHIIHHIII", 2, 2, 5, 3, 56, 4, 5, 3, 56, 0)
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8825, 4, 1, 26, 0) + gps + rationals
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"eXIf", tiff)
            + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


def test_fix_location():
    with Workspace() as work:
        site = work.add_website()
        picture = os.path.join(work.root, "picture.png")
        with open(picture, "wb") as file:
            file.write(png_with_place())
        post = work.run("post", "add", "--account", site, "--text", "Look", "--media", picture,
                        "--alt", "A bus", "--in", "1h").stdout.split()[-1]
        [answer] = work.json("check", "--post", post)
        assert [finding["fix"] for finding in answer["findings"]] == ["remove-location"], answer
        [before] = work.json("post", "show", post)
        work.json("check", "--post", post, "--fix", "picture-location")
        [answer] = work.json("check", "--post", post)
        assert answer["findings"] == []
        [after] = work.json("post", "show", post)
        old, new = before["parts"][0]["media"][0], after["parts"][0]["media"][0]
        assert new["alt"] == "A bus" and new["sha256"] != old["sha256"]
        assert new["size"] == old["size"]
        with open(picture, "rb") as file:
            assert file.read() == png_with_place(), "the user's own file is never touched"


def test_links_stay_at_home():
    """Nothing on this computer is ever tried, and nothing at all unless asked."""
    with Workspace() as work:
        text = "http://127.0.0.1:9/x https://localhost.localdomain/y"
        assert "link" not in findings(work, text)
        assert "link" not in findings(work, text, "--links")


def test_wrong_usage():
    with Workspace() as work:
        account = sample(work)
        for arguments in (("pin",), ("pin", "x"), ("pin", "--account", account),
                          ("mute", "x", "--account", "zero"), ("exclude",), ("exclude", "x"),
                          ("settings",), ("settings", "--account", account, "--never", "25"),
                          ("settings", "--account", account, "--never", "9-5"),
                          ("settings", "--account", account, "more"),
                          ("log", "--account", account, "--limit", "-1"),
                          ("report", "--account", account, "more"),
                          ("hashtags", "--account", account, "--text", "x", "--post", "1"),
                          ("hashtags", "--account", account)):
            done = work.run("suggest", *arguments, code=2)
            assert done.stderr and not done.stdout, (arguments, done)
        for arguments in (("pin", "two words", "--account", account), ("pin", "x", "--account", "99"),
                          ("exclude", "99999"), ("log", "--account", "99"),
                          ("report", "--account", "99"), ("hashtags", "--account", "99", "--text", "x"),
                          ("settings", "--account", account, "--diversity", "2"),
                          ("settings", "--account", account, "--half-life", "-3"),
                          ("hashtags", "--account", account, "--post", "999")):
            done = work.run("suggest", *arguments, code=1)
            assert done.stderr and not done.stdout, (arguments, done)
        for arguments in (("distrust", "add"), ("distrust", "list", "x"), ("known", "remove"),
                          ("check", "--post", "x"), ("check", "--post", "1", "--jsonl")):
            assert work.run(*arguments, code=2).stderr
        for arguments in (("distrust", "add", "no site"), ("known", "add", "@"),
                          ("check", "--post", "999")):
            assert work.run(*arguments, code=1).stderr


def test_hostile_text():
    with Workspace() as work:
        account = sample(work)
        texts = ["", " ", "a" * 1_000_000, "😀" * 500, "مرحبا بكم في المتجر الجديد",
                 " ".join(f"#tag{i}" for i in range(10_000)), "\u202e#evil\u202c", "#" * 1000,
                 "http://" * 2000, "@" * 3000]
        for text in texts:
            for command in ("hashtags", "forecast"):
                done = work.run("suggest", command, "--account", account, "--text-stdin", "--json",
                                stdin=text)
                json.loads(done.stdout)
            json.loads(work.run("check", "--account", account, "--json", stdin=text).stdout)


if __name__ == "__main__":
    tap.main([(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")])
