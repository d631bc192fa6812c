#!/usr/bin/python3
"""account sign-in: the same inputs as account add, on an account that is known."""

import os

import tap
from workspace import Workspace


def test_keeps_what_is_not_given():
    with Workspace() as work:
        site = work.add_website()
        [before] = work.json("account", "show", site)
        assert work.run("account", "sign-in", site).stdout.strip() == site
        [after] = work.json("account", "show", site)
        assert after == before, (before, after)


def test_takes_new_inputs():
    with Workspace() as work:
        site = work.add_website()
        moved = os.path.join(work.root, "moved")
        os.makedirs(moved)
        [account] = work.json("account", "sign-in", site, "--dir", moved)
        assert account["id"] == int(site)
        work.run("post", "add", "--account", site, "--text", "In the new place", "--now")
        work.run("agent", "--until-idle")
        assert len(work.feed("moved")) == 1 and work.feed("site") == []


def test_failing_changes_nothing():
    with Workspace() as work:
        site = work.add_website()
        [before] = work.json("account", "show", site)
        done = work.run("account", "sign-in", site, "--dir", "/proc/nowhere", code=1)
        assert done.stderr and not done.stdout
        assert work.json("account", "show", site) == [before]


def test_wrong_usage():
    with Workspace() as work:
        site = work.add_website()
        for arguments in ((), ("x",), (site, "--nonsense"), (site, "more")):
            done = work.run("account", "sign-in", *arguments, code=2)
            assert done.stderr and not done.stdout, (arguments, done)
        work.run("account", "sign-in", "99", code=1)


if __name__ == "__main__":
    tap.main([(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")])
