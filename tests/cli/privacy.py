#!/usr/bin/python3
"""privacy: what is stored, what was learnt, and the end of both."""

import os

import tap
from workspace import Workspace


def test_stored():
    with Workspace() as work:
        site = work.add_website()
        work.run("post", "add", "--account", site, "--text", "Some day", "--in", "1h")
        [stored] = work.json("privacy", "stored")
        assert stored["accounts"] == 1 and stored["posts"] == 1 and stored["planned"] == 1, stored
        assert stored["folder"] == work.data and stored["databaseBytes"] > 0
        assert work.data in work.run("privacy", "stored").stdout


def test_forget():
    with Workspace() as work:
        site = work.add_website()
        work.run("post", "add", "--account", site, "--text", "With a #tag", "--now")
        work.publish()
        work.run("privacy", "forget", "--account", site)
        count = work.database().execute("SELECT count(*) FROM excluded_post").fetchone()
        assert count == (1,), count


def test_erase():
    with Workspace() as work:
        work.add_website()
        before = set(os.listdir(work.root))
        work.run("privacy", "erase", code=2)
        assert os.path.isdir(work.data)
        work.run("privacy", "erase", "--yes")
        assert set(os.listdir(work.root)) == before - {"data"}, os.listdir(work.root)
        assert work.json("account", "list") == []


def test_wrong_usage():
    with Workspace() as work:
        for arguments in (("stored", "more"), ("forget", "--account", "x"), ("erase", "now"), ("erase", "--nonsense")):
            done = work.run("privacy", *arguments, code=2)
            assert done.stderr and not done.stdout, (arguments, done)
        work.run("privacy", code=2)


if __name__ == "__main__":
    tap.main([(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")])
