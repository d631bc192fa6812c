#!/usr/bin/python3
"""What a post can have on a Mastodon server, through bellmanctl: polls, focus, who sees it, what the server changed."""

import os

import tap
from mastodon import Server, add_account
from workspace import Workspace

PICTURE = os.path.join(os.environ["BELLMAN_SOURCE"], "data", "sample", "rye.png")


def add(work, account, *options, code=0):
    done = work.run("post", "add", "--account", account, *options, code=code)
    return done.stdout.split()[-1] if code == 0 else done.stderr


def target(work, post):
    return work.json("post", "show", post)[0]["targets"][0]


def test_poll():
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        post = add(work, account, "--text", "Which loaf?", "--poll-option", "Rye", "--poll-option", "Wheat", "--poll-option",
                   "Oat", "--poll-duration", "2h", "--poll-multiple", "--poll-hide-totals", "--now")
        assert work.json("post", "show", post)[0]["poll"] == {
            "options": ["Rye", "Wheat", "Oat"], "durationSeconds": 7200, "multiple": True, "hideTotals": True}
        work.publish()
        assert [status["poll"] for status in server.statuses()] == [["Rye", "Wheat", "Oat"]], server.statuses()
        draft = add(work, account, "--text", "Never mind", "--poll-option", "A", "--poll-option", "B")
        work.run("post", "edit", draft, "--poll-option", "")
        assert "poll" not in work.json("post", "show", draft)[0]


def test_poll_refused_at_save():
    """What an account cannot do is said when it is saved, and what was written is kept as a draft."""
    with Server("--limit", "poll_max_options=2") as server, Workspace() as work:
        site, account = work.add_website(), add_account(work, server)
        two = ["--poll-option", "A", "--poll-option", "B"]
        for who, options, words in (
                (account, [*two, "--poll-option", "C"], "at most 2 answers"),
                (account, [*two, "--poll-duration", "10s"], "open for"),
                (account, [*two, "--media", PICTURE], "either a poll or files"),
                (site, two, "cannot publish polls"),
                (site, ["--visibility", "followers"], "to everybody"),
                (site, ["--visibility", "direct"], "to everybody")):
            error = add(work, who, "--text", "Which?", *options, "--now", code=1)
            assert words in error and "kept as draft" in error, (options, error)
        assert "at least two answers" in add(work, account, "--text", "Which?", "--poll-option", "A", "--now", code=1)
        for options in (["--poll-duration", "2h"], [*two, "--poll-duration", "soon"], ["--focus", "0,0"],
                        ["--media", PICTURE, "--focus", "2,0"], ["--media", PICTURE, "--focus", "nan,0"],
                        ["--media", PICTURE, "--focus", "left"]):
            add(work, account, "--text", "Which?", *options, "--now", code=2)
        assert server.statuses(everything=True) == []


def test_focus_and_more():
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        post = add(work, account, "--text", "A loaf", "--media", PICTURE, "--alt", "Rye bread", "--focus", "0.5,-0.25",
                   "--visibility", "unlisted", "--cw", "Bread", "--language", "de", "--sensitive", "--now")
        media = work.json("post", "show", post)[0]["parts"][0]["media"][0]
        assert (media["focusX"], media["focusY"]) == (0.5, -0.25), media
        work.publish()
        status, medium = server.statuses()[0], server.state()["media"][0]
        assert (status["visibility"], status["spoiler_text"], status["language"], status["sensitive"]) == (
            "unlisted", "Bread", "de", True), status
        assert medium["description"] == "Rye bread", medium
        assert (medium["focus_x"], medium["focus_y"]) == (0.5, -0.25), medium
        shown = target(work, post)
        assert shown["error"] is None and all(attempt["message"] is None for attempt in shown["attempts"]), shown


def test_server_changed_it():
    """A server that shows it to others than asked: out is out, and the user is told."""
    for switch, wanted, words in (("unlisted-as-private", "unlisted", "followers alone"),
                                  ("private-as-unlisted", "followers", "everybody can see it")):
        with Server("--switch", switch) as server, Workspace() as work:
            account = add_account(work, server)
            post = add(work, account, "--text", "For some", "--visibility", wanted, "--now")
            work.publish()
            shown = target(work, post)
            assert shown["state"] == "published" and words in shown["error"], shown
            assert shown["errorKind"] == "changed"
            assert words in shown["attempts"][-1]["message"], shown["attempts"]
            assert words in work.run("post", "show", post).stdout


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", " "), function) for name, function in list(globals().items())
              if name.startswith("test_")])
