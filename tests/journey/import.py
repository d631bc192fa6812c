#!/usr/bin/python3
"""Bringing in what was posted before: every format, what is wrong with files, and kills."""

import gzip
import io
import json
import os
import sys
import tarfile
import time
import zipfile

import tap
from workspace import Workspace, kill, was_killed

sys.path.insert(0, os.path.join(os.environ["BELLMAN_SOURCE"], "tests", "history"))

import exports  # noqa: E402


class Shop(Workspace):
    def __init__(self, **environment):
        super().__init__(**environment)
        self.account = self.add_website()

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, pieces):
        exports.write(self.path(name), pieces if isinstance(pieces, (list, tuple)) or hasattr(pieces, "__next__")
                      else [pieces])
        return self.path(name)

    def load(self, name, *options, code=0):
        """Imports a file; returns the report."""
        [report] = self.json("import", self.path(name), "--account", self.account, *options, code=code)
        return report

    def refuse(self, name, *options):
        """Imports a file of which nothing can be read; returns the one plain message."""
        for dry in ([], ["--dry-run"]):
            done = self.run("import", self.path(name), "--account", self.account, "--json", *dry, *options, code=1)
            assert done.stdout == "", done.stdout
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1 and lines[0].endswith("."), lines
        assert self.rows("SELECT count(*) FROM history_post") == [(0,)]
        return lines[0]

    def rows(self, sql):
        database = self.database()
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def count(self):
        return self.rows("SELECT count(*), count(DISTINCT remote_id) FROM history_post")[0]

    def everything(self):
        return (self.rows("SELECT * FROM history_post ORDER BY remote_id"),
                self.rows("SELECT * FROM metric_snapshot ORDER BY history_post_id, counted_at"))


def counts(report):
    return report["new"], report["known"], report["skipped"], report["bad"]


def test_every_format():
    for kind in exports.KINDS:
        with Shop() as shop:
            exports.write_export(kind, shop.path("export"), 634)
            dry = shop.load("export", "--dry-run")
            assert counts(dry) == (634, 0, 0, 0) and dry["whole"] and dry["dryRun"], (kind, dry)
            assert shop.count() == (0, 0)
            assert dry["first"] == "2020-01-01T00:00:00Z" and len(dry["samples"]) == 20, dry
            assert counts(shop.load("export")) == (634, 0, 0, 0), kind
            assert shop.count() == (634, 634), kind
            before = shop.everything()
            assert counts(shop.load("export", "--dry-run")) == (0, 634, 0, 0), kind
            assert counts(shop.load("export")) == (0, 634, 0, 0), kind
            assert shop.everything() == before, kind
            texts = {text for (text,) in shop.rows("SELECT text FROM history_post")}
            assert texts == {post["text"] for post in exports.posts(634)}, kind
            [(at,)] = shop.rows("SELECT published_at FROM history_post WHERE text LIKE '% 7 #%'")
            assert at == (exports.START + 7 * exports.STEP) * 1000000, (kind, at)


def test_mastodon_fields():
    with Shop() as shop:
        one, two, three, four = exports.posts(4)
        items = [
            exports.activity(one, content="<p>Rye &amp; <b>spelt</b></p><p>#bread<br>now</p>",
                             attachment=[{"type": "Document"}, {"type": "Document"}],
                             inReplyTo="https://other.example/1"),
            exports.boost(99),
            exports.activity(two, to=[f"{exports.SERVER}/users/ada"], cc=[]),
            exports.activity(three, likes={"totalItems": 10 ** 40}),
            exports.activity(four, published="yesterday"),
        ]
        exports.write_tar(shop.path("archive.tar.gz"), [("media_attachments/a.png", [b"x" * 5000]),
                                                        ("outbox.json", exports.outbox(items)), ("likes.json", ["{}"])])
        report = shop.load("archive.tar.gz")
        assert counts(report) == (1, 0, 2, 2) and report["plan"]["format"] == "mastodon", report
        assert [bad["row"] for bad in report["badRows"]] == [4, 5] and all(bad["reason"] for bad in report["badRows"])
        [row] = shop.rows("SELECT text, language, is_reply, n_media, likes, reposts, replies, counted_at FROM history_post")
        # The number of replies is not in the file, so it is unknown; counts are from when the archive was made.
        assert row == ("Rye & spelt\n\n#bread\nnow", "en", 1, 2, 0, 1, None, 1736820686000000), row
        [snapshot] = shop.rows("SELECT counted_at, likes, reposts, replies FROM metric_snapshot")
        assert snapshot == (1736820686000000, 0, 1, None), snapshot


def test_x_fields():
    with Shop() as shop:
        one, two, three, four = exports.posts(4)
        link = {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://shop.example/rye?x=1&y=2"}],
                "media": [{"url": "https://t.co/pic"}]}
        first = [
            exports.tweet(one, full_text="Rye &amp; &lt;spelt&gt; https://t.co/abc https://t.co/pic", entities=link,
                          extended_entities={"media": [{"id": "1"}, {"id": "2"}, {"id": "3"}]},
                          in_reply_to_status_id_str="5", lang="de", favorite_count="12"),
            exports.tweet(two, full_text="RT @ada: Not mine"),
        ]
        second = [exports.tweet(three, lang="und"), exports.tweet(four, favorite_count="-1")]
        exports.write_zip(shop.path("x.zip"), [
            ("data/tweets.js", exports.tweets_script(first)), ("data/tweets-part1.js", exports.tweets_script(second, 1)),
            ("data/deleted-tweets.js", exports.tweets_script([exports.tweet({"number": 9, "text": "gone"})])),
            ("data/manifest.js", [exports.manifest_script()]), ("assets/x.png", [b"\0" * 1000])])
        assert counts(shop.load("x.zip")) == (2, 0, 1, 1)
        rows = shop.rows("SELECT remote_id, url, text, language, is_reply, n_media, likes, reposts, replies, counted_at "
                         "FROM history_post ORDER BY remote_id")
        made = 1736820687525000
        assert rows[0] == ("0", "https://x.com/i/web/status/0", "Rye & <spelt> https://shop.example/rye?x=1&y=2", "de", 1, 3,
                           12, 1, None, made), rows[0]
        assert rows[1][3:] == (None, 0, 0, 2, 1, None, made), rows[1]
        exports.write(shop.path("tweets.js"), exports.tweets_script(first))
        assert counts(shop.load("tweets.js")) == (0, 1, 1, 0)


def test_bluesky_fields():
    with Shop() as shop:
        one, two, three = exports.posts(3)
        image = {"alt": "", "image": {"$type": "blob", "ref": exports.Link(exports.cid(b"x")), "size": 10 ** 9}}
        records = [
            (f"app.bsky.feed.post/{exports.rkey(one)}", exports.record(
                one, langs=["de-DE", "en"], reply={"root": {"uri": "at://x"}, "parent": {"uri": "at://x"}},
                embed={"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": "at://x"}},
                       "media": {"$type": "app.bsky.embed.images", "images": [image, image]}})),
            ("app.bsky.feed.post/self-made-key", exports.record(two, embed={"$type": "app.bsky.embed.video", "video": image})),
            (f"app.bsky.feed.post/{exports.rkey(three)}", {"$type": "app.bsky.feed.post", "text": "no time"}),
            *[(f"app.bsky.feed.like/{exports.rkey({'number': n})}",
               {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x", "n": n}, "createdAt": exports.iso(one)})
              for n in range(300)],
        ]
        for records_first in (False, True):
            exports.write(shop.path("repo.car"), exports.repository(records, records_first=records_first))
            report = shop.load("repo.car")
            assert counts(report)[0 if not records_first else 1] == 2 and report["bad"] == 1, report
        did = exports.DID
        rows = shop.rows("SELECT remote_id, url, language, is_reply, n_media, likes, counted_at FROM history_post "
                         "ORDER BY published_at")
        assert rows == [
            (f"at://{did}/app.bsky.feed.post/{exports.rkey(one)}", f"https://bsky.app/profile/{did}/post/{exports.rkey(one)}",
             "de-DE", 1, 2, None, 0),
            (f"at://{did}/app.bsky.feed.post/self-made-key", f"https://bsky.app/profile/{did}/post/self-made-key",
             "en", 0, 1, None, 0)], rows


def test_own_file_keeps_every_reading():
    with Shop() as shop:
        exports.write_export("bellman", shop.path("history.jsonl"), 3)
        shop.load("history.jsonl")
        rows = shop.rows("SELECT likes, reposts, replies, counted_at FROM history_post WHERE remote_id = '2'")
        assert rows == [(2, 1, 2, 1767323045000000)], rows
        readings = shop.rows("SELECT s.counted_at, s.likes, s.reposts, s.replies "
                             "FROM metric_snapshot AS s JOIN history_post AS p ON p.id = s.history_post_id "
                             "WHERE remote_id = '2' ORDER BY 1")
        assert readings == [(1767225600000000, 0, 1, None), (1767323045000000, 2, None, 2)], readings
        lines = list(exports.bellman_lines(exports.posts(5)))
        document = json.loads(lines[0])
        document["posts"] = [json.loads(line) for line in lines[1:]]
        shop.write("history.json", json.dumps(document))
        assert counts(shop.load("history.json")) == (2, 3, 0, 0)
        header = json.loads(lines[0])
        shop.write("newer.jsonl", json.dumps(dict(header, version=2)) + "\n" + lines[1])
        done = shop.run("import", shop.path("newer.jsonl"), "--account", shop.account, code=1)
        assert "newer version" in done.stderr, done.stderr
        post = json.loads(lines[1])
        wrong = [dict(post, likes=-1), dict(post, remote_id=""), dict(post, text="a\0b"), dict(post, published_at="now"),
                 dict(post, published_at="2999-01-01T00:00:00Z"), dict(post, likes=1e30), dict(post, remote_id=None),
                 dict(post, snapshots=[{"counted_at": "x"}]), {}, dict(post, likes="12"), dict(post, text="x" * 2000000)]
        shop.write("wrong.jsonl", lines[0] + "\n".join(map(json.dumps, wrong)))
        report = shop.load("wrong.jsonl")
        assert report["bad"] == len(wrong) - 1 and report["known"] == 1, report
        assert [bad["row"] for bad in report["badRows"]] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11], report


TABLE = ["Datum;Uhrzeit;Nachricht;Reaktionen;Sprache\n",
         "31.12.2023;18:05;Grüße aus der Bäckerei;1.234;de\n",
         "30.12.2023;07:00;\"Zwei\nZeilen; ein Feld\";;de\n",
         "\n",
         "30.12.2023;ein Tag;Falsche Zeit;3;de\n",
         "29.02.2023;07:00;Kein solcher Tag;3;de\n",
         "29.12.2023;07:00;Viel zu viel;99999999999999999999;de\n"]


def test_table_is_guessed_and_mapped():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        with Shop() as shop:
            shop.run("account", "set", shop.account, "--zone", "Europe/Berlin")
            shop.write("table.csv", "".join(TABLE).encode(encoding))
            report = shop.load("table.csv", "--map", "Reaktionen=likes")
            plan = report["plan"]
            assert (plan["separator"], plan["dateFormat"], plan["zone"]) == (";", "%d.%m.%Y %H:%M", "Europe/Berlin"), plan
            assert [column["field"] for column in plan["columns"]] == ["date", "time", "text", "likes", "language"], plan
            assert counts(report) == (2, 0, 0, 3), (encoding, report)
            assert [bad["row"] for bad in report["badRows"]] == [6, 7, 8], (encoding, report["badRows"])
            rows = shop.rows("SELECT text, published_at, likes, language FROM history_post ORDER BY published_at")
            assert rows == [("Zwei\nZeilen; ein Feld", 1703916000000000, None, "de"),
                            ("Grüße aus der Bäckerei", 1704042300000000, 1234, "de")], (encoding, rows)
            # Another zone moves the same posts instead of adding others.
            assert counts(shop.load("table.csv", "--map", "Reaktionen=likes", "--zone", "UTC")) == (0, 2, 0, 3)
            assert shop.rows("SELECT max(published_at) FROM history_post") == [(1704045900000000,)]


def test_table_wishes():
    with Shop() as shop:
        shop.write("table.csv", "when\twhat\tn\n03/04/2024 9:05 PM\tOne\t5\n03/05/2024 9:05 AM\tTwo\t6\n")
        report = shop.load("table.csv", "--dry-run")
        plan = report["plan"]
        assert plan["separator"] == "\t" and plan["dateIsDoubtful"] and plan["dateFormat"] == "%d/%m/%Y %I:%M %p", plan
        report = shop.load("table.csv", "--map", "3=likes", "--date-format", "%m/%d/%Y %I:%M %p")
        assert not report["plan"]["dateIsDoubtful"] and report["first"] == "2024-03-04T21:05:00Z", report
        assert shop.rows("SELECT text, likes FROM history_post ORDER BY likes") == [("One", 5), ("Two", 6)]
        for wrong in (["--map", "nothing=likes"], ["--map", "n=nonsense"], ["--date-format", "soon"], ["--zone", "Mars/Base"],
                      ["--encoding", "klingon"], ["--separator", "ab"], ["--format", "word"], ["--map", "what=none"]):
            done = shop.run("import", shop.path("table.csv"), "--account", shop.account, *wrong, code=None)
            assert done.returncode in (1, 2) and done.stderr.strip() and not done.stdout, (wrong, done)
        shop.run("import", shop.path("table.csv"), "--account", "99", code=1)
        shop.run("import", shop.path("table.csv"), code=2)
        shop.run("import", "--account", shop.account, code=2)
        # Identifiers that a spreadsheet program rounded would make many posts one.
        shop.write("rounded.csv", "id,date,text\n1.12E+17,2024-01-01,One\n1.12E+17,2024-01-02,Two\n")
        assert counts(shop.load("rounded.csv")) == (0, 0, 0, 2)
        # Without a header.
        shop.write("bare.csv", "2024-02-01 10:00,Hello bare table\n2024-02-02 10:00,Another one\n")
        report = shop.load("bare.csv")
        assert counts(report) == (2, 0, 0, 0) and not report["plan"]["hasHeader"], report


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def test_hostile_files():
    """Each gets a plain message, in little time and memory, and nothing comes in."""
    outbox = "".join(exports.outbox(map(exports.activity, exports.posts(3)))).encode()
    script = "".join(exports.tweets_script(map(exports.tweet, exports.posts(3)))).encode()
    car = b"".join(exports.repository(exports.post_records(exports.posts(50))))
    stranger = zipped([("data/tweets.js", script)])
    locked = bytearray(stranger)
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    bomb = gzip.compress(b" " * (300 << 20))
    hostile = {
        "empty": b"",
        "zeros": b"\0" * 100000,
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        "other.json": b'{"hello": "world"}',
        "cut.zip": stranger[:len(stranger) // 2],
        "cut.tar.gz": tarred([("outbox.json", outbox * 50)])[:200],
        "out.zip": zipped([("../../data/tweets.js", script)]),
        "out.tar.gz": tarred([("a/../../outbox.json", outbox)]),
        "absolute.tar.gz": tarred([("/outbox.json", outbox)]),
        "password.zip": bytes(locked),
        "bomb.gz": bomb,
        "nested-bomb.gz": gzip.compress(gzip.compress(gzip.compress(b'{"orderedItems":[' + b" " * (200 << 20)))),
        "bomb.zip": zipped([("data/tweets.js", b"window.YTD.tweets.part0 = [" + b" " * (100 << 20))]),
        "bomb-before.tar.gz": tarred([("media/x", b"\0" * (100 << 20)), ("outbox.json", outbox)]),
        "no-outbox.zip": zipped([("readme.txt", b"hello")]),
        "cut.car": car[:60],
        "header-only.car": car[:100],
        "deep.json": b'{"orderedItems":' + b"[" * 100000,
        "deep-objects.json": b'{"orderedItems":[' + b'{"a":' * 100000,
        "endless-text.json": b'{"orderedItems":[{"id":"' + b"x" * (20 << 20),
        "endless-number.json": b'{"orderedItems":[' + b"1" * (20 << 20),
        "utf-16.json": outbox.decode().encode("utf-16"),
        "latin.json": '{"orderedItems":[{"id":"Grüße"'.encode("cp1252"),
        "quote.csv": b"date,text\n2024-01-01,\"" + b"never closed " * (1 << 20),
    }
    for name, data in hostile.items():
        with Shop() as shop:
            shop.write(name, data)
            message = shop.refuse(name)
            print(f"# {name}: {message}")
    with Shop() as shop:
        assert "no such" in shop.refuse("missing").lower()
        shop.refuse("site")
        os.mkfifo(shop.path("pipe"))
        shop.refuse("pipe")
        shop.write("no-tweets.zip", zipped([("readme.txt", b"hello")]))
        assert "tweets.js" in shop.refuse("no-tweets.zip", "--format", "x")


def test_a_file_that_breaks_off_comes_in_as_far_as_it_goes():
    whole = "".join(exports.outbox(map(exports.activity, exports.posts(3000)))).encode()
    flipped = bytearray(b"".join(exports.repository(exports.post_records(exports.posts(300)))))
    flipped[-20] ^= 1
    files = {
        "outbox.json": whole[:len(whole) * 2 // 3],
        "broken.json": whole[:len(whole) * 2 // 3] + b"\xff\xfe" + whole[len(whole) * 2 // 3:],
        "archive.zip": None,
        "history.jsonl": "".join(exports.bellman_lines(exports.posts(3000))).encode()[:-1000],
        "repo.car": flipped,
        "table.csv": "".join(exports.table(exports.posts(300))).encode() + b'"301","2024-01-01 00:00:00","not closed',
    }
    for name, data in files.items():
        with Shop() as shop:
            if name == "archive.zip":
                exports.write_tar(shop.path(name), [("outbox.json", [whole])])
                with open(shop.path(name), "rb") as file:
                    data = file.read()
                data = data[:len(data) * 2 // 3]
            shop.write(name, data)
            report = shop.load(name, code=None)
            assert report["new"] > 200 and report["badRows"], (name, report)
            assert report["whole"] == (name == "table.csv"), (name, report["whole"])
            assert shop.count()[0] == report["new"], name
            assert report["badRows"][-1]["reason"].endswith("."), report["badRows"]


def test_lost_blocks_of_a_repository_are_told():
    with Shop() as shop:
        pieces = list(exports.repository(exports.post_records(exports.posts(50))))
        del pieces[-3:]
        shop.write("repo.car", pieces)
        report = shop.load("repo.car")
        assert counts(report) == (47, 0, 0, 1) and report["badRows"][0]["row"] == 0, report
        assert "3" in report["badRows"][0]["reason"], report


def test_same_post_twice_in_a_file():
    with Shop() as shop:
        items = list(exports.posts(10)) * 2
        shop.write("outbox.json", exports.outbox(map(exports.activity, items)))
        assert counts(shop.load("outbox.json", "--dry-run")) == (10, 10, 0, 0)
        assert counts(shop.load("outbox.json")) == (10, 10, 0, 0)
        assert shop.count() == (10, 10)


def test_kill_between_batches():
    """Whatever came in is whole; the same import run again finishes it, and nothing is there twice."""
    with Shop() as reference:
        exports.write_export("mastodon", reference.path("outbox.json"), 4000)
        os.utime(reference.path("outbox.json"), (1736820686, 1736820686))
        reference.load("outbox.json")
        expected = [row[1:] for row in reference.rows(
            "SELECT id, remote_id, text, published_at, likes, reposts, counted_at FROM history_post ORDER BY remote_id")]
        with Shop() as shop:
            for passing in (1, 2, 5, 3):
                killed = shop.start("import", reference.path("outbox.json"), "--account", shop.account,
                                    env={"BELLMAN_FAILPOINT": f"import-batch:{passing}"})
                killed.communicate()
                assert was_killed(killed), killed.returncode
                done, distinct = shop.count()
                assert 0 < done == distinct < 4000 and done % 500 == 0, done
                orphans = shop.rows("SELECT count(*) FROM history_post WHERE id NOT IN "
                                    "(SELECT history_post_id FROM metric_snapshot)")
                assert orphans == [(0,)]
            report = shop.json("import", reference.path("outbox.json"), "--account", shop.account)[0]
            assert report["new"] + report["known"] == 4000 and report["known"] == done, report
            found = [row[1:] for row in shop.rows(
                "SELECT id, remote_id, text, published_at, likes, reposts, counted_at FROM history_post ORDER BY remote_id")]
            assert found == expected


def test_kill_at_any_moment():
    with Shop() as shop:
        exports.write_export("bluesky", shop.path("repo.car"), 8000)
        for attempt in range(8):
            running = shop.start("import", shop.path("repo.car"), "--account", shop.account)
            time.sleep(0.02 + 0.03 * attempt)
            kill(running)
            done, distinct = shop.count()
            assert done == distinct and done % 500 == 0 or done == 8000, done
        shop.load("repo.car")
        assert shop.count() == (8000, 8000)


def test_interrupt_keeps_what_came_in():
    with Shop() as shop:
        exports.write_export("bellman", shop.path("history.jsonl"), 20000)
        running = shop.start("import", shop.path("history.jsonl"), "--account", shop.account)
        while running.poll() is None and shop.count()[0] == 0:
            time.sleep(0.01)
        running.send_signal(2)
        _, err = running.communicate(timeout=60)
        assert running.returncode in (0, 1) and err.strip(), (running.returncode, err)
        done, distinct = shop.count()
        assert done == distinct > 0
        report = shop.load("history.jsonl")
        assert report["known"] == done and report["new"] + done == 20000, report


def test_publishing_goes_on_meanwhile():
    with Shop() as shop:
        exports.write_export("csv", shop.path("table.csv"), 20000)
        running = shop.start("import", shop.path("table.csv"), "--account", shop.account)
        shop.run("post", "add", "--account", shop.account, "--text", "Fresh bread", "--now")
        shop.publish()
        assert len(shop.feed()) == 1
        running.communicate(timeout=120)
        assert running.returncode == 0
        assert shop.count()[0] == 20001


def test_suggestions_at_once():
    with Shop() as shop:
        def with_tag(post):
            good = post["number"] % 5 == 0
            post["text"] = f"Plum cake on {post['number']} #cake" if good else f"Opening hours {post['number']} #hours"
            return exports.activity(post, likes={"totalItems": 80 if good else 2})
        shop.write("outbox.json", exports.outbox(map(with_tag, exports.posts(400))))
        shop.load("outbox.json")
        [answer] = shop.json("suggest", "hashtags", "--account", shop.account, "--text", "Plum cake again")
        assert {tag["tag"] for tag in answer["hashtags"]} == {"cake", "hours"}, answer
        assert all(reason["sentence"] for tag in answer["hashtags"] for reason in tag["reasons"]), answer
        [forecast] = shop.json("suggest", "forecast", "--account", shop.account, "--text", "Plum cake #cake")
        assert forecast["ready"] and forecast["reasons"], forecast


if __name__ == "__main__":
    tap.main([(name[len("test_"):].replace("_", " "), function) for name, function in list(globals().items())
              if name.startswith("test_")])
