#!/usr/bin/python3
"""Signing in to, and out of, a Mastodon server in every way, through bellmanctl."""

import os
import re
import sqlite3
import urllib.parse

import tap
from mastodon import Browser, Server, add_account, facts
from workspace import Workspace

SECRET_WORDS = ("access_token", "client_secret", "refresh_token")


def sign_in(work, server, page_changes="", typed=None):
    """Runs «account add» and follows its page as a browser would. Returns (exit code, stderr, answer's page)."""
    browser = Browser()
    options = ["--oob"] if typed is not None else []
    process = work.start("account", "add", "mastodon", "--server", server.url, *options, stdin=typed is not None)
    page = browser.find_page(process)
    code, location, body = browser.get(page + page_changes)
    answer = ""
    if typed is None and location:
        code, _, answer = browser.get(location)
    elif typed is not None:
        if location:
            code, _, body = browser.get(location)
        process.stdin.write(typed(body) + "\n")
        process.stdin.flush()
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err, answer


def code_in(page):
    """The code that the server's page shows."""
    return re.search(r'value="([^"]+)"', page).group(1)


def check_works(work, server, account):
    assert "works" in work.run("account", "check", account).stdout
    work.run("post", "add", "--account", account, "--text", "After signing in", "--now")
    work.publish()
    assert "After signing in" in server.texts()


def assert_no_secrets(work, server):
    """What the keyring holds is in no other file of the data folder."""
    dump = "".join(sqlite3.connect(os.path.join(work.data, "bellman.db")).iterdump())
    for word in SECRET_WORDS:
        assert word not in dump, word


def test_browser():
    with Server("--switch", "auto-approve", "--switch", "iss") as server, Workspace() as work:
        code, out, err, answer = sign_in(work, server)
        assert code == 0, err
        assert "close this page" in answer, answer
        check_works(work, server, out.split()[-1])
        assert_no_secrets(work, server)
        asked = [request for request in server.control("requests") if request["path"].startswith("/oauth/authorize")]
        assert len(asked) == 1


def test_declined():
    with Server("--switch", "auto-deny") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 1 and "declined" in err, (code, err)
        assert work.json("account", "list") == []


def test_wrong_state():
    with Server("--switch", "auto-approve", "--switch", "state-wrong") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 1 and "does not belong" in err, (code, err)
        assert not server.requests("POST /oauth/token")


def test_wrong_issuer():
    with Server("--switch", "auto-approve", "--switch", "iss-wrong") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 1 and "another server" in err, (code, err)
        assert not server.requests("POST /oauth/token")


def test_missing_issuer():
    """Who promises to be named in the redirect is not believed without."""
    with Server("--switch", "auto-approve", "--switch", "iss-missing") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 1 and "another server" in err, (code, err)
        assert not server.requests("POST /oauth/token")


def test_metadata():
    """What the server says of itself is used, and done without where it says nothing or something else."""
    for switches, challenge in (([], True), (["no-oauth-metadata"], True), (["https-links"], True), (["no-pkce"], True)):
        options = [word for switch in ["auto-approve", *switches] for word in ("--switch", switch)]
        with Server(*options) as server, Workspace() as work:
            code, out, err, _ = sign_in(work, server)
            assert code == 0, (switches, err)
            assert len(server.requests("GET /.well-known/oauth-authorization-server")) == 1
            check_works(work, server, out.split()[-1])


def test_redirect_once():
    """Only the one path answers, and only once."""
    with Server("--switch", "auto-approve") as server, Workspace() as work:
        browser = Browser()
        process = work.start("account", "add", "mastodon", "--server", server.url)
        page = browser.find_page(process)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(page).query)
        redirect = query["redirect_uri"][0]
        assert redirect.startswith("http://127.0.0.1:"), redirect
        assert query["code_challenge_method"] == ["S256"] and len(query["code_challenge"][0]) == 43
        origin = redirect[:redirect.index("/", 8)]
        assert browser.get(origin + "/")[0] == 404
        assert browser.get(origin + "/favicon.ico")[0] == 404
        location = browser.get(page)[1]
        assert browser.get(location)[0] == 200
        try:
            again = browser.get(location)[0]
        except OSError:
            again = 404
        assert again == 404
        assert process.communicate(timeout=60) and process.returncode == 0


def test_code():
    with Server("--switch", "auto-approve") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server, typed=code_in)
        assert code == 0, err
        check_works(work, server, out.split()[-1])
        code, out, err, _ = sign_in(work, server, typed=lambda page: "wrong")
        assert code == 1, err


def test_token():
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        check_works(work, server, account)
        shown = work.json("account", "show", account)[0]
        assert shown["handle"] == "@alice@" + server.url[len("http://"):], shown
        done = work.run("account", "add", "mastodon", "--server", server.url, "--token-stdin", stdin="nonsense", code=1)
        assert "nonsense" not in done.stdout + done.stderr
        assert len(work.json("account", "list")) == 1


def test_bad_servers():
    with Workspace() as work:
        for given, word in [("ftp://example.org", "not the address"), ("http://a b", "not the address"),
                            ("http://user:pw@127.0.0.1:1", "not the address"), ("http://127.0.0.1:1", "reached")]:
            done = work.run("account", "add", "mastodon", "--server", given, code=1)
            assert word in done.stderr, (given, done.stderr)


def test_sign_out_revokes():
    with Server("--switch", "auto-approve") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 0, err
        done = work.run("account", "remove", out.split()[-1])
        assert done.stderr == "", done.stderr
        revoked = server.requests("POST /oauth/revoke")
        assert [request["status"] for request in revoked] == [200], revoked
        server.switch(no_revoke=True)
        code, out, err, _ = sign_in(work, server)
        done = work.run("account", "remove", out.split()[-1])
        assert "settings" in done.stderr, done.stderr
        assert work.json("account", "list") == []


def test_refresh():
    """A token that ends is renewed and the new one kept; several processes do not use one refresh token twice."""
    with Server("--switch", "auto-approve", "--switch", "refresh-tokens") as server, Workspace() as work:
        code, out, err, _ = sign_in(work, server)
        assert code == 0, err
        account = out.split()[-1]
        for _ in range(2):
            server.control("expire-tokens", {})
            checks = [work.start("account", "check", account) for _ in range(4)]
            for check in checks:
                out, err = check.communicate(timeout=60)
                assert check.returncode == 0, err
        exchanges = server.requests("POST /oauth/token")
        assert [request["status"] for request in exchanges] == [200, 200, 200], exchanges
        check_works(work, server, account)


def test_expired():
    """Without a refresh token the user is asked to sign in again, and nothing is lost."""
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        server.control("expire-tokens", {})
        assert work.run("account", "check", account, code=1).stderr
        work.run("post", "add", "--account", account, "--text", "Later", "--now")
        work.run("agent", "--until-idle", code=None)
        assert work.states() == {"held": 1}, work.states()
        assert server.texts() == []


def test_probe():
    for switches, expected in (([], "yes"), (["--switch", "key-ignored"], "no")):
        with Server(*switches) as server, Workspace() as work:
            account = add_account(work, server)
            assert "keys-honoured" not in facts(work, account)
            assert work.json("account", "show", account)[0]["capabilities"]["idempotency"] == "none"
            account = add_account(work, server, "--probe")
            assert facts(work, account)["keys-honoured"].startswith(expected)
            assert server.texts() == []
            assert {status["visibility"] for status in server.statuses(everything=True)} == {"direct"}


def test_limits():
    """What the server says counts, whichever description it has."""
    for switch, limit, expected in (("iss", "max_characters=77", 77), ("no-instance-v2", "max_characters=78", 78),
                                    ("no-instance", "max_characters=79", 500),
                                    ("no-configuration", "max_characters=80", 500)):
        with Server("--switch", switch, "--limit", limit) as server, Workspace() as work:
            account = add_account(work, server)
            found = work.json("account", "show", account)[0]["limits"]["length"]
            assert found == expected, (switch, found)


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", " "), function) for name, function in list(globals().items())
              if name.startswith("test_")])
