#!/usr/bin/python3
"""Bluesky from adding an account to what the server holds, against a real server."""

import atexit
import http.server
import json
import os
import random
import struct
import threading
import urllib.request
import zlib

import pds
import tap
from workspace import Workspace, kill, wait_for, was_killed

SOURCE = os.environ["BELLMAN_SOURCE"]
PICTURE = os.path.join(SOURCE, "data", "sample", "rye.png")
# Under a sanitizer, what libraries leak is told from what Bellman leaks by whole stacks.
SANITIZERS = {
    "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0",
    "LSAN_OPTIONS": f"print_suppressions=0:suppressions='{SOURCE}/tests/support/lsan.supp'",
}
FEATURE = "app.bsky.richtext.facet#"

server = None


def get_server():
    """One server for all tests; each has an account of its own there."""
    global server
    if server is None:
        started = pds.Pds()
        started.start()
        atexit.register(started.__exit__)
        server = started
    server.proxy.fault = lambda method, path: None
    server.proxy.on_answer = lambda method, path, status: None
    return server


class Shop(Workspace):
    """A data folder with one account on the server."""

    def __init__(self, oauth=False, server=None):
        self.pds = server or get_server()
        super().__init__(BELLMAN_PLC_DIRECTORY=self.pds.plc)
        self.env.update(SANITIZERS)
        self.account = self.pds.create_account()
        if oauth:
            self.sign_in_by_browser()
        else:
            self.id = self.add(self.account, self.account.app_password())

    def add(self, account, password, code=0):
        done = self.run("account", "add", "bluesky", "--handle", account.handle, "--service", self.pds.url,
                        "--app-password-stdin", stdin=password + "\n", code=code)
        return done.stdout.strip() if code == 0 else done

    def sign_in_by_browser(self, change=lambda redirect: redirect, code=0):
        adding = self.start("account", "add", "bluesky", "--handle", "@" + self.account.handle, "--service",
                            self.pds.url, "--oauth")
        adding.stderr.readline()
        page = adding.stderr.readline().strip()
        redirect = pds.Browser(self.pds.url).agree(page, self.account)
        with urllib.request.urlopen(change(redirect), timeout=30) as answer:
            assert answer.status == 200
        out, err = adding.communicate(timeout=60)
        assert adding.returncode == code, err
        self.id = out.strip()
        return err

    def post(self, *arguments, code=0):
        """Publishes now; returns the record of the first part, or the target where it failed."""
        number = self.run("post", "add", "--account", self.id, *arguments, "--now").stdout.strip()
        self.run("agent", "--until-idle", code=code)
        return number

    def target(self, number):
        [view] = self.json("post", "show", number)
        return view["targets"][0]

    def record(self, number):
        key = self.target(number)["key"]
        [value] = [value for rkey, value, _ in self.account.records() if rkey == key]
        return value


def slices(value):
    """What the facets of a record cover, by bytes, and what they say."""
    text = value["text"].encode()
    found = []
    for facet in value.get("facets", []):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        [feature] = facet["features"]
        what = feature["$type"].removeprefix(FEATURE)
        found.append((text[start:end].decode(), what, feature.get("tag") or feature.get("uri") or feature.get("did")))
    return found


def noisy_png(path, width, height):
    """A picture that does not compress: far over the server's limit."""
    noise = random.Random(1)
    rows = b"".join(b"\0" + noise.randbytes(width * 3) for _ in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


class Web:
    """A small web on this computer: {path: (content type, bytes)}."""

    def __init__(self, pages):
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                kind, content = pages.get(self.path, ("text/plain", None))
                self.send_response(200 if content is not None else 404)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(content or b"")

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def test_app_password():
    with Shop() as shop:
        [account] = shop.json("account", "list")
        assert account["handle"] == "@" + shop.account.handle
        assert "works" in shop.run("account", "check", shop.id).stdout
        number = shop.post("--text", "Fresh bread")
        target = shop.target(number)
        assert target["state"] == "published" and target["url"].endswith("/post/" + target["key"])
        [(key, value, _)] = shop.account.records()
        assert key == target["key"] and value["text"] == "Fresh bread"
        kinds = [(attempt["kind"], attempt["outcome"]) for attempt in target["attempts"]]
        assert kinds == [("publish", "done"), ("read-back", "done")], kinds
        done = shop.add(shop.account, "wrong-pass-word-here", code=1)
        assert "app password" in done.stderr, done
        secrets = open(os.path.join(shop.root, "keyring"), "rb").read()
        assert b"accessJwt" not in secrets


def test_no_secret_leaves_the_keyring():
    with Shop() as shop:
        password = shop.account.app_password()
        second = shop.pds.create_account()
        password = second.app_password()
        shop.add(second, password)
        for folder, _, names in os.walk(shop.root):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    assert password.encode() not in file.read(), name


def test_wrong_names():
    with Shop() as shop:
        for handle in ("nobody.test", "not a handle", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", ""):
            done = shop.run("account", "add", "bluesky", "--handle", handle, "--service", shop.pds.url,
                            "--app-password-stdin", stdin="x\n", code=1)
            assert done.stderr.strip() and not done.stdout, (handle, done)
        for service in ("http://example.org", "ftp://localhost", "http://localhost:1/path"):
            done = shop.run("account", "add", "bluesky", "--handle", "a.test", "--service", service,
                            "--app-password-stdin", stdin="x\n", code=1)
            assert service in done.stderr, done
        done = shop.run("account", "add", "bluesky", "--handle", "a.test", "--service", shop.pds.url, code=1)
        assert "app password" in done.stderr, done


def test_facets_count_bytes():
    texts = [
        "👩‍👩‍👧‍👦 #family 👍🏽 https://example.test/a",
        "e\u0301clair #cafe\u0301 https://example.test/b",
        "مرحبا #سلام https://example.test/c",
        "こんにちは #日本語 https://example.test/d 中文 #标签",
        "🇪🇺🏳️‍🌈 ＃größe https://example.test/e.",
    ]
    expected = [
        [("#family", "tag", "family"), ("https://example.test/a", "link", "https://example.test/a")],
        [("#cafe\u0301", "tag", "cafe\u0301"), ("https://example.test/b", "link", "https://example.test/b")],
        [("#سلام", "tag", "سلام"), ("https://example.test/c", "link", "https://example.test/c")],
        [("#日本語", "tag", "日本語"), ("https://example.test/d", "link", "https://example.test/d"),
         ("#标签", "tag", "标签")],
        [("＃größe", "tag", "größe"), ("https://example.test/e", "link", "https://example.test/e")],
    ]
    with Shop() as shop:
        for text in texts:
            shop.run("post", "add", "--account", shop.id, "--text", text, "--now")
        shop.run("agent", "--until-idle")
        found = {value["text"]: slices(value) for _, value, _ in shop.account.records()}
        for text, wanted in zip(texts, expected):
            assert found[text] == wanted, (text, found[text])


def test_mentions():
    with Shop() as shop:
        other = shop.pds.create_account()
        value = shop.record(shop.post("--text", f"Hi 👋 @{other.handle} and @nobody.test"))
        assert slices(value) == [(f"@{other.handle}", "mention", other.did)], value


def test_language_and_cover():
    with Shop() as shop:
        number = shop.post("--text", "Brot", "--language", "de", "--sensitive", "--media", PICTURE, "--alt", "Ein Brot")
        value = shop.record(number)
        assert value["langs"] == ["de"]
        assert [label["val"] for label in value["labels"]["values"]] == ["graphic-media"], value
        value = shop.record(shop.post("--text", "The murderer is the baker", "--cw", "Spoiler"))
        assert value["text"] == "Spoiler\n\nThe murderer is the baker" and "labels" not in value


def test_pictures():
    with Shop() as shop:
        big = os.path.join(shop.root, "big.png")
        noisy_png(big, 1600, 1200)
        assert os.path.getsize(big) > 5_000_000
        media = [word for _ in range(3) for word in ("--media", PICTURE, "--alt", "A loaf")]
        value = shop.record(shop.post("--text", "Four", *media, "--media", big, "--alt", "Noise"))
        images = value["embed"]["images"]
        assert [image["alt"] for image in images] == ["A loaf"] * 3 + ["Noise"]
        assert all(image["image"]["size"] <= 1_000_000 for image in images)
        noise = images[3]
        assert noise["image"]["mimeType"] == "image/jpeg"
        assert abs(noise["aspectRatio"]["width"] / noise["aspectRatio"]["height"] - 4 / 3) < 0.01
        with urllib.request.urlopen(f"{shop.pds.url}/xrpc/com.atproto.sync.getBlob?did={shop.account.did}"
                                    f"&cid={noise['image']['ref']['$link']}", timeout=30) as blob:
            assert len(blob.read()) == noise["image"]["size"]
        number = shop.run("post", "add", "--account", shop.id, "--text", "Five", *media, "--media", PICTURE, "--alt",
                          "a", "--media", PICTURE, "--alt", "b", "--now", code=None)
        shop.run("agent", "--until-idle", code=None)
        assert len(shop.account.records()) == 1, number


def test_link_card():
    with open(PICTURE, "rb") as file:
        picture = file.read()
    page = """<!doctype html><html><head><meta charset="utf-8"><title>Not this</title>
      <meta property="og:title" content="Rye &amp; more"><meta property="og:description" content="How we
      bake"><meta property="og:image" content="/rye.png"></head><body></body></html>""".encode()
    with Shop() as shop, Web({"/bread": ("text/html; charset=utf-8", page), "/rye.png": ("image/png", picture),
                              "/long": ("text/html", b"<title>x</title>" + b" " * 600_000),
                              "/plain": ("text/plain", b"no page")}) as web:
        embed = shop.record(shop.post("--text", f"Read {web.url}/bread"))["embed"]
        card = embed["external"]
        assert embed["$type"] == "app.bsky.embed.external"
        assert (card["uri"], card["title"], card["description"]) == (f"{web.url}/bread", "Rye & more", "How we bake")
        assert card["thumb"]["mimeType"] == "image/png" and card["thumb"]["size"] > 1000
        for path in ("/gone", "/long", "/plain"):
            assert "embed" not in shop.record(shop.post("--text", f"Read {web.url}{path}")), path


def test_quotes():
    with Shop() as shop:
        author = shop.pds.create_account()
        quoted = shop.pds.call("com.atproto.repo.createRecord", {
            "repo": author.did, "collection": pds.POSTS,
            "record": {"$type": pds.POSTS, "text": "Quote me", "createdAt": "2026-11-23T10:00:00Z"}}, token=author.token)
        key = quoted["uri"].split("/")[-1]
        url = f"https://bsky.app/profile/{author.handle}/post/{key}"
        reference = {"uri": quoted["uri"], "cid": quoted["cid"]}
        embed = shop.record(shop.post("--text", f"Well said: {url}"))["embed"]
        assert embed == {"$type": "app.bsky.embed.record", "record": reference}, embed
        embed = shop.record(shop.post("--text", f"By {url}", "--media", PICTURE, "--alt", "A loaf"))["embed"]
        assert embed["$type"] == "app.bsky.embed.recordWithMedia" and embed["record"]["record"] == reference, embed
        assert len(embed["media"]["images"]) == 1


def test_thread_and_delete():
    with Shop() as shop:
        number = shop.post("--text", "One", "--part", "Two #tag", "--media", PICTURE, "--alt", "A loaf", "--part", "Three")
        records = shop.account.records()
        assert [value["text"] for _, value, _ in records] == ["One", "Two #tag", "Three"]
        uris = [f"at://{shop.account.did}/{pds.POSTS}/{key}" for key, _, _ in records]
        cids = [cid for _, _, cid in records]
        for index in (1, 2):
            reply = records[index][1]["reply"]
            # The identifiers that were computed before anything was sent are the server's.
            assert reply["root"] == {"uri": uris[0], "cid": cids[0]}
            assert reply["parent"] == {"uri": uris[index - 1], "cid": cids[index - 1]}
        target = shop.target(number)
        assert [receipt["remoteId"] for receipt in target["receipts"]] == uris, target["receipts"]
        assert len([attempt for attempt in target["attempts"] if attempt["kind"] == "publish"]) == 1
        shop.run("post", "delete", number, "--remote")
        assert shop.account.records() == []


def test_refused_in_words():
    with Shop() as shop:
        done = shop.run("post", "add", "--account", shop.id, "--text", "x" * 301, "--now", code=1)
        assert "300" in done.stderr, done
        answer = json.dumps({"error": "InvalidRequest", "message":
                             "Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at "
                             "$.writes[0].record.text"})
        shop.pds.proxy.fault = lambda method, path: (400, answer) if path.endswith("applyWrites") else None
        target = shop.target(shop.post("--text", "Refused", code=1))
        assert target["state"] == "failed" and "its text" in target["error"], target
        answer = json.dumps({"error": "PayloadTooLarge", "message": "request entity too large"})
        shop.pds.proxy.fault = lambda method, path: (413, answer) if path.endswith("uploadBlob") else None
        target = shop.target(shop.post("--text", "Too large", "--media", PICTURE, "--alt", "A loaf", code=1))
        assert target["state"] == "failed" and "as large as this one" in target["error"], target
        assert shop.account.records() == []


def test_expired_token_is_refreshed():
    with Shop() as shop:
        calls = []

        def expire_once(method, path):
            calls.append(path.split("/")[-1].split(".")[-1])
            if path.endswith("applyWrites") and calls.count("applyWrites") == 1:
                return (400, '{"error":"ExpiredToken","message":"Token has expired"}')
            return None

        shop.pds.proxy.fault = expire_once
        shop.post("--text", "After a refresh")
        assert calls.count("refreshSession") == 1, calls
        assert shop.account.texts() == ["After a refresh"]
        # A session that is gone is opened again with the app password.
        calls.clear()

        def end_session(method, path):
            calls.append(path.split("/")[-1].split(".")[-1])
            if path.endswith("refreshSession") or (path.endswith("applyWrites") and calls.count("applyWrites") == 1):
                return (400, '{"error":"ExpiredToken","message":"Token has expired"}')
            return None

        shop.pds.proxy.fault = end_session
        shop.post("--text", "In a new session")
        assert calls.count("createSession") == 1, calls
        assert len(shop.account.texts()) == 2


def test_rate_limited():
    with Shop() as shop:
        limited = (429, '{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}')
        shop.pds.proxy.fault = lambda method, path: limited if path.endswith("applyWrites") else None
        number = shop.run("post", "add", "--account", shop.id, "--text", "Later", "--now").stdout.strip()
        agent = shop.start("agent")
        try:
            wait_for(lambda: shop.target(number)["errorKind"] == "rate-limited")
            assert shop.target(number)["state"] == "scheduled"
        finally:
            kill(agent)


def test_oauth_to_post_and_refreshed_session():
    with Shop(oauth=True) as shop:
        assert "Sign in again before" in shop.run("account", "check", shop.id).stdout
        shop.post("--text", "By browser", "--media", PICTURE, "--alt", "A loaf")
        calls = []

        def expire_once(method, path):
            calls.append(path.split("/")[-1].split(".")[-1])
            if path.endswith("applyWrites") and calls.count("applyWrites") == 1:
                return (401, '{"error":"invalid_token","message":"exp claim timestamp check failed"}')
            return None

        shop.pds.proxy.fault = expire_once
        shop.post("--text", "After a refresh")
        assert "token" in calls, calls
        assert shop.account.texts() == ["By browser", "After a refresh"]
        shop.pds.proxy.fault = lambda method, path: None
        shop.post("--text", "With the new token")
        assert len(shop.account.texts()) == 3
        shop.run("account", "remove", shop.id)


def test_oauth_session_that_ends_before_a_post():
    with Shop(oauth=True) as shop:
        late = shop.run("post", "add", "--account", shop.id, "--text", "Too late", "--in", "21d")
        assert "session ends" in late.stderr, late.stderr
        soon = shop.run("post", "add", "--account", shop.id, "--text", "In time", "--in", "2d")
        assert "session ends" not in soon.stderr, soon.stderr


def test_oauth_answers_of_others():
    changes = {
        "another state": lambda redirect: redirect.replace("state=", "state=x"),
        "another issuer": lambda redirect: redirect.replace("localhost", "example.org"),
        "no issuer": lambda redirect: redirect.replace("iss=", "was="),
        "refused": lambda redirect: redirect.replace("code=", "error=access_denied&was="),
        "another code": lambda redirect: redirect.replace("code=cod-", "code=cod-0"),
    }
    with Shop() as shop:
        for name, change in changes.items():
            err = shop.sign_in_by_browser(change, code=1)
            assert err.strip(), name
        assert len(shop.json("account", "list")) == 1


def test_oauth_crash_between_rotation_and_storing():
    with Shop(oauth=True) as shop:
        calls = []

        def expire_once(method, path):
            calls.append(path)
            return (401, '{"error":"invalid_token","message":"expired"}') if len(calls) == 1 else None

        shop.pds.proxy.fault = expire_once
        checking = shop.start("account", "check", shop.id, env={"BELLMAN_FAILPOINT": "bluesky-tokens-rotated"})
        checking.communicate(timeout=60)
        assert was_killed(checking), checking.returncode
        calls.clear()
        done = shop.run("account", "check", shop.id, code=None)
        assert done.returncode != 0 and "Sign in again" in done.stderr, done


def test_app_password_survives_the_same_crash():
    with Shop() as shop:
        for failpoint in ("bluesky-tokens-rotated", "bluesky-tokens-stored"):
            calls = []

            def expire_once(method, path):
                calls.append(path)
                return (400, '{"error":"ExpiredToken","message":"expired"}') if len(calls) == 1 else None

            shop.pds.proxy.fault = expire_once
            checking = shop.start("account", "check", shop.id, env={"BELLMAN_FAILPOINT": failpoint})
            checking.communicate(timeout=60)
            assert was_killed(checking), (failpoint, checking.returncode)
            assert "works" in shop.run("account", "check", shop.id).stdout


def test_many_processes_refresh_once():
    with Shop(oauth=True) as shop:
        refreshed = []

        def expire_first_tokens(method, path):
            if path.endswith("getSession") and not refreshed:
                return (401, '{"error":"invalid_token","message":"expired"}')
            return None

        def count_refreshes(method, path, status):
            if path.endswith("/oauth/token") and status == 200:
                refreshed.append(path)

        shop.pds.proxy.fault = expire_first_tokens
        shop.pds.proxy.on_answer = count_refreshes
        checks = [shop.start("account", "check", shop.id) for _ in range(4)]
        for check in checks:
            out, err = check.communicate(timeout=60)
            assert check.returncode == 0, err
        assert len(refreshed) == 1, refreshed
        assert "works" in shop.run("account", "check", shop.id).stdout


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", "-"), value) for name, value in list(globals().items()) if name.startswith("test_")])
