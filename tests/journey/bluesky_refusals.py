#!/usr/bin/python3
"""What the real Bluesky server refuses, what it should refuse and does not, and sessions that end:
told in words, and nothing lost or doubled."""

import json
import os

import pds
import tap
from bluesky import FEATURE, PICTURE, Shop, noisy_png, slices
from workspace import wait_for, was_killed

EXPIRED = (401, '{"error":"invalid_token","message":"exp claim timestamp check failed"}')


def change_record(change):
    """A fault that changes the first record of a write on its way to the server."""
    def change_body(body):
        writes = json.loads(body)
        change(writes["writes"][0]["value"])
        return json.dumps(writes).encode()
    return lambda method, path: change_body if path.endswith("applyWrites") else None


def embed_images(count):
    blob = {"$type": "blob", "ref": {"$link": "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity"},
            "mimeType": "image/png", "size": 10}
    return {"$type": "app.bsky.embed.images", "images": [{"alt": "", "image": blob}] * count}


def test_places_in_words():
    """The server's own complaints are told by what they are about, not by a path alone."""
    cases = [
        ("its text", lambda value: value.update(text="x" * 301)),
        ("its text", lambda value: value.update(text="x" * 3001)),
        ("its text", lambda value: value.pop("text")),
        ("its pictures", lambda value: value.update(embed=embed_images(5))),
        ("its date", lambda value: value.pop("createdAt")),
        ("its date", lambda value: value.update(createdAt="yesterday")),
        ("its language", lambda value: value.update(langs=["en", "de", "fr", "it"])),
        ("a link, mention or hashtag", lambda value: value.update(facets=[{"index": {"byteStart": -1, "byteEnd": 2},
                                                                           "features": []}])),
        ("what it replies to", lambda value: value.update(reply={"root": 1, "parent": 2})),
        ("its link or quote", lambda value: value.update(embed={"$type": "app.bsky.embed.external"})),
    ]
    with Shop() as shop:
        for words, change in cases:
            shop.pds.proxy.fault = change_record(change)
            target = shop.target(shop.post("--text", f"Refused {words}", code=1))
            assert target["state"] == "failed" and target["errorKind"] == "rejected", target
            assert f"because of {words}:" in target["error"], (words, target["error"])
        assert shop.account.records() == []


def test_accepted_wrongly():
    """The server takes facets that leave the text or cut a character; ours never do."""
    with Shop() as shop:
        wrong = [{"index": {"byteStart": start, "byteEnd": end},
                  "features": [{"$type": FEATURE + "tag", "tag": "tag"}]} for start, end in ((0, 999), (1, 3), (7, 7))]
        shop.pds.proxy.fault = change_record(lambda value: value.update(facets=wrong))
        shop.post("--text", "👍 #tag")
        shop.pds.proxy.fault = lambda method, path: None
        shop.post("--text", "👍🏽 #tag again")
        [(_, first, _), (_, second, _)] = shop.account.records()
        assert first["facets"] == wrong
        assert slices(second) == [("#tag", "tag", "tag")]


def test_refused_before_it_is_saved():
    with Shop() as shop:
        video = os.path.join(shop.root, "film.mp4")
        with open(video, "wb") as file:
            file.write(b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41" + b"\0" * 1000)
        cases = {
            "video/mp4": ("--text", "A film", "--media", video, "--alt", "Kneading"),
            "4": ("--text", "Five", *("--media", PICTURE, "--alt", "A loaf") * 5),
            "300": ("--text", "x" * 301),
            "3000": ("--text", "👩‍👩‍👧‍👦" * 200),
        }
        for words, arguments in cases.items():
            done = shop.run("post", "add", "--account", shop.id, *arguments, "--in", "1h", code=1)
            assert words in done.stderr, (words, done)
        assert set(shop.states()) == {"draft"} and shop.account.records() == []


def test_blob_too_large():
    with pds.Pds(PDS_BLOB_UPLOAD_LIMIT="20000") as server, Shop(server=server) as shop:
        picture = os.path.join(shop.root, "noise.png")
        noisy_png(picture, 200, 200)
        target = shop.target(shop.post("--text", "Too large", "--media", picture, "--alt", "Noise", code=1))
        assert target["state"] == "failed" and "as large as this one" in target["error"], target
        assert shop.account.records() == []


def test_rate_limit_of_the_server():
    """Signing in too often in five minutes: the server says when it may be tried again."""
    with pds.Pds(PDS_RATE_LIMITS_ENABLED="1") as server, Shop(server=server) as shop:
        for _ in range(40):
            try:
                server.call("com.atproto.server.createSession", {"identifier": shop.account.did, "password": "wrong"})
            except pds.Refused as refused:
                if refused.status == 429:
                    break
        done = shop.add(shop.account, "wrong-pass-word-here", code=1)
        assert "wait" in done.stderr, done


def test_revoked_app_password():
    """A session that was ended elsewhere: the post waits for a new sign-in, then is there once."""
    with Shop() as shop:
        for name in shop.pds.call("com.atproto.server.listAppPasswords", token=shop.account.token)["passwords"]:
            shop.pds.call("com.atproto.server.revokeAppPassword", {"name": name["name"]}, token=shop.account.token)
        shop.pds.proxy.fault = expire_once("applyWrites", (400, '{"error":"ExpiredToken","message":"expired"}'))
        number = shop.post("--text", "After all", code=None)
        target = shop.target(number)
        assert target["errorKind"] == "auth-expired" and "ign in again" in target["error"], target
        assert shop.account.records() == []
        sign_in_again(shop)
        publish(shop, number)
        assert shop.account.texts() == ["After all"]


def expire_once(call, answer):
    """A fault that refuses the token of the first such call."""
    seen = []

    def fault(method, path):
        if not path.endswith(call) or seen:
            return None
        seen.append(path)
        return answer
    return fault


def sign_in_again(shop):
    shop.pds.proxy.fault = lambda method, path: None
    shop.run("account", "sign-in", shop.id, "--handle", shop.account.handle, "--service", shop.pds.url,
             "--app-password-stdin", stdin=shop.account.app_password() + "\n")


def publish(shop, number):
    shop.run("post", "retry", number, code=None)
    shop.run("agent", "--until-idle")
    assert shop.target(number)["state"] == "published", shop.target(number)


def test_killed_between_rotation_and_storing():
    """An OAuth session is lost with the token that nobody stored: said so, and the post is there
    once after a new sign-in."""
    with Shop(oauth=True) as shop:
        shop.pds.proxy.fault = expire_once("applyWrites", EXPIRED)
        number = shop.run("post", "add", "--account", shop.id, "--text", "Not lost", "--now").stdout.strip()
        agent = shop.start("agent", "--until-idle", env={"BELLMAN_FAILPOINT": "bluesky-tokens-rotated"})
        agent.communicate(timeout=60)
        assert was_killed(agent), agent.returncode
        shop.run("agent", "--until-idle", code=None)
        target = shop.target(number)
        assert target["errorKind"] == "auth-expired" and "Sign in again" in target["error"], target
        assert shop.account.records() == []
        sign_in_again(shop)
        publish(shop, number)
        assert shop.account.texts() == ["Not lost"]


def test_killed_while_others_wait_for_the_lock():
    """Whoever waited for the one that died goes on, finds the session ended and says it."""
    with Shop(oauth=True) as shop:
        others, refused = [], []

        def fault(method, path):
            if path.endswith("getSession"):
                refused.append(path)
                return EXPIRED
            if path.endswith("/oauth/token") and not others:
                others.extend([shop.start("account", "check", shop.id) for _ in range(3)])
                wait_for(lambda: len(refused) == 4)
            return None

        shop.pds.proxy.fault = fault
        dying = shop.start("account", "check", shop.id, env={"BELLMAN_FAILPOINT": "bluesky-tokens-rotated"})
        dying.communicate(timeout=60)
        assert was_killed(dying), dying.returncode
        for other in others:
            out, err = other.communicate(timeout=60)
            assert other.returncode == 1 and "Sign in again" in err, (out, err)
        assert len(others) == 3


def test_refreshing_while_publishing():
    """The agent and other programs refresh the same session at once: one of them does, and every
    post is there once."""
    with Shop(oauth=True) as shop:
        refreshed = []
        shop.pds.proxy.on_answer = lambda method, path, status: refreshed.append(path) if (
            path.endswith("/oauth/token") and status == 200) else None
        shop.pds.proxy.fault = lambda method, path: EXPIRED if not refreshed and (
            path.endswith(("applyWrites", "getSession"))) else None
        texts = [f"Post {number}" for number in range(3)]
        for text in texts:
            shop.run("post", "add", "--account", shop.id, "--text", text, "--now")
        agent = shop.start("agent", "--until-idle")
        checks = [shop.start("account", "check", shop.id) for _ in range(3)]
        for process in [agent, *checks]:
            _, err = process.communicate(timeout=100)
            assert process.returncode == 0, err
        assert len(refreshed) == 1, refreshed
        assert sorted(shop.account.texts()) == texts


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", "-"), value) for name, value in list(globals().items()) if name.startswith("test_")])
