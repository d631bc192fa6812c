#!/usr/bin/python3
"""What can be read from Bluesky: from a real server, alone and with an app view behind it."""

import http.server
import json
import os
import subprocess
import threading
import urllib.parse

import pds
import tap

READER = os.environ["BELLMAN_READ_BLUESKY"]
KINDS = {"other": 0, "mention": 1, "reply": 2, "like": 3, "repost": 4, "quote": 5, "follow": 6}


def read(server, account, *arguments):
    done = subprocess.run([READER, server.url, account.handle, *arguments], input=account.app_password() + "\n",
                          env=dict(os.environ, BELLMAN_PLC_DIRECTORY=server.plc), capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 0, done
    return [line.split("\t") for line in done.stdout.splitlines()]


def write_posts(server, account, count):
    uris = []
    for number in range(count):
        record = {"$type": pds.POSTS, "text": f"Post {number}", "createdAt": f"2026-11-23T10:00:{number % 60:02}.000Z",
                  "langs": ["en"]}
        if number == 1:
            record["reply"] = {"root": first, "parent": first}
        answer = server.call("com.atproto.repo.createRecord",
                             {"repo": account.did, "collection": pds.POSTS, "record": record}, token=account.token)
        if number == 0:
            first = {"uri": answer["uri"], "cid": answer["cid"]}
        uris.append(answer["uri"])
    return uris


class AppView:
    """Answers what a PDS passes on, from a few posts it was told of."""

    def __init__(self):
        self.calls = []
        view = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                parts = urllib.parse.urlsplit(self.path)
                query = urllib.parse.parse_qs(parts.query)
                method = parts.path.split("/")[-1]
                view.calls.append((method, query))
                body = json.dumps(getattr(view, method.split(".")[-1])(query)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @staticmethod
    def show(uri, number):
        return {"uri": uri, "cid": "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                "author": {"did": uri.split("/")[2], "handle": "shop1.test"},
                "record": {"$type": pds.POSTS, "text": f"Seen {number}", "createdAt": "2026-11-23T10:00:00Z"},
                "likeCount": number, "repostCount": 2 * number, "replyCount": 0, "indexedAt": "2026-11-23T10:00:00Z"}

    def getPosts(self, query):
        # One that was deleted meanwhile is left out, as the real one does.
        return {"posts": [self.show(uri, number) for number, uri in enumerate(query["uris"]) if not uri.endswith("gone")]}

    # Three pages: own posts, one page of nothing but reposts, a reply and somebody else's post.
    def getAuthorFeed(self, query):
        own = f"at://{query['actor'][0]}/{pds.POSTS}/"
        pages = {
            None: ([{"post": self.show(own + "a", 1)}, {"post": self.show(own + "b", 2)}], "2"),
            "2": ([{"post": self.show(own + "a", 1), "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
                   {"post": self.show("at://did:plc:else/app.bsky.feed.post/3k", 7)}], "3"),
            "3": ([{"post": self.show(own + "c", 3), "reply": {}}], "4"),
            "4": ([], "5"),
        }
        feed, cursor = pages[query.get("cursor", [None])[0]]
        return {"feed": feed, "cursor": cursor}

    def searchPosts(self, query):
        return {"posts": [self.show("at://did:plc:else/app.bsky.feed.post/3k", 7)], "cursor": "more"}

    def listNotifications(self, query):
        def notify(reason, **more):
            return {"uri": f"at://did:plc:else/app.bsky.feed.post/{reason}", "cid": "x", "reason": reason,
                    "author": {"did": "did:plc:else", "handle": "else.test", "displayName": "Else"},
                    "record": {"text": f"A {reason}"}, "isRead": False, "indexedAt": "2026-11-23T10:00:00Z", **more}
        return {"notifications": [notify("reply"), notify("like", reasonSubject="at://own/app.bsky.feed.post/1"),
                                  notify("starterpack-joined")]}


def test_own_posts_page_by_page():
    with pds.Pds() as server:
        account = server.create_account()
        uris = write_posts(server, account, 7)
        lines = read(server, account, "own", "3")
        posts = [line for line in lines if line[0] == "post"]
        assert [line[1] for line in lines if line[0] == "page"][:3] == ["3", "3", "1"], lines
        assert [post[1] for post in posts] == uris[::-1]
        assert posts[-1][2:9] == ["Post 0", "en", "0", "0", "-1", "-1", "-1"], posts[-1]
        assert posts[-2][4] == "1"
        # Without an app view there are no counts: a stated lack, and never a zero.
        for arguments in (("counts", uris[0]), ("notifications",), ("hashtag", "bread")):
            [line] = read(server, account, *arguments)
            assert line[:2] == ["error", "rejected"] and "app view" in line[2], line


def test_with_an_app_view():
    with AppView() as view:
        with pds.Pds(PDS_BSKY_APP_VIEW_URL=view.url, PDS_BSKY_APP_VIEW_DID="did:web:app.test") as server:
            account = server.create_account()
            uris = [f"at://{account.did}/{pds.POSTS}/post{number}" for number in range(30)]
            posts = read(server, account, "counts", *uris, f"at://{account.did}/{pds.POSTS}/gone")
            assert [post[1] for post in posts] == uris
            assert posts[3][6:] == ["3", "6", "0"], posts[3]
            asked = [len(query["uris"]) for method, query in view.calls if method.endswith("getPosts")]
            assert asked == [25, 6], asked
            lines = read(server, account, "own", "2")
            assert [line[1] for line in lines if line[0] == "page"] == ["2", "0", "1", "0"], lines
            own = [line for line in lines if line[0] == "post"]
            assert [line[1].split("/")[-1] for line in own] == ["a", "b", "c"], own
            assert own[1][6:] == ["2", "4", "0"], own
            assert all(query["filter"] == ["posts_with_replies"] for method, query in view.calls
                       if method.endswith("getAuthorFeed"))
            [found] = read(server, account, "hashtag", "bread")
            assert found[2] == "Seen 7"
            notifications = read(server, account, "notifications")
            assert [int(line[1]) for line in notifications] == [KINDS["reply"], KINDS["like"], KINDS["other"]]
            assert notifications[0][2:] == ["@else.test", "at://did:plc:else/app.bsky.feed.post/reply", "A reply"]
            assert notifications[1][3] == "at://own/app.bsky.feed.post/1"


if __name__ == "__main__":
    tap.main([(name[5:].replace("_", "-"), value) for name, value in list(globals().items()) if name.startswith("test_")])
