#!/usr/bin/python3
"""What was published comes back with its counts: from a strict Mastodon, with kills and limits."""

import csv
import datetime
import json
import os
import sqlite3
import time
import urllib.request

import tap
from mastodon import Server, add_account
from workspace import Workspace, wait_for, was_killed

PAGE = 40  # what the server gives at most


def rows(work, columns="remote_id, text, likes", more=""):
    database = work.database()
    found = database.execute(f"SELECT {columns} FROM history_post {more}").fetchall()
    database.close()
    return found


def number(work, query):
    database = work.database()
    found = database.execute(query).fetchone()[0]
    database.close()
    return found


def post(server, text, count=1, **more):
    return server.control("status", dict({"account": "alice", "text": text, "count": count}, **more))


def delete(server, token, status_id):
    request = urllib.request.Request(f"{server.url}/api/v1/statuses/{status_id}", method="DELETE",
                                     headers={"Authorization": f"Bearer {token}"})
    urllib.request.urlopen(request).read()


def own(server):
    return [status for status in server.statuses() if status["account"] == "alice"]


def pages():
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        for n in range(3):
            post(server, f"Batch {n}", count=35)
        post(server, "Somebody else's", account="bob")
        report, = work.json("sync")
        assert report["listed"] == report["added"] == 105, report
        assert report["followers"] is not None, report
        assert sorted(row[0] for row in rows(work)) == sorted(status["id"] for status in own(server))
        assert number(work, "SELECT count(*) FROM follower_count") == 1
        # Counts that change, and one that was deleted.
        some = own(server)
        server.control("engage", {"id": some[104]["id"], "favourites": 7, "reblogs": 2, "by": "bob"})
        delete(server, server.token(), some[50]["id"])
        again, = work.json("sync", "--account", account)
        assert (again["added"], again["gone"]) == (0, 1), again
        assert rows(work, "likes, reposts", f"WHERE remote_id = '{some[104]['id']}'") == [(7, 2)]
        assert rows(work, "remote_id", "WHERE gone_at > 0") == [(some[50]["id"],)]
        third, = work.json("sync")
        assert (third["added"], third["gone"]) == (0, 0), third
        assert len(rows(work)) == 105


def one_row_with_what_bellman_published():
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        for text in ("Rye is out", "Wheat is out"):
            work.run("post", "add", "--account", account, "--text", text, "--now")
        work.publish()
        for _ in range(2):
            work.run("sync")
        found = rows(work, "text, target_id, seen_at > 0, remote_id", "ORDER BY id")
        assert [row[:3] for row in found] == [("Rye is out", 1, 1), ("Wheat is out", 2, 1)], found
        # A table that tells of them by their addresses adds nothing.
        table = os.path.join(work.root, "table.csv")
        urls = [row[0] for row in rows(work, "url", "ORDER BY id")]
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["link", "date", "text", "likes"])
            for url in urls:
                writer.writerow([url, "2026-01-02 10:00", "As a table has it…", "3"])
        report, = work.json("import", table, "--account", account)
        assert report["new"] == 0, report
        assert len(rows(work)) == 2


def kills():
    """A kill after any answer or write: the next sync goes on, and each post is there once."""
    for name in ("sync-read", "sync-stored"):
        for passing in range(1, 6):
            with Server() as server, Workspace() as work:
                add_account(work, server)
                post(server, "Post", count=100)
                killed = work.start("sync", env={"BELLMAN_FAILPOINT": f"{name}:{passing}"})
                killed.communicate()
                if not was_killed(killed):
                    assert passing > 3, (name, passing)
                    continue
                before = len(rows(work))
                assert before % PAGE == 0 or before == 100, before
                report, = work.json("sync")
                assert report["done"], report
                assert sorted(row[0] for row in rows(work)) == sorted(s["id"] for s in own(server))
                assert number(work, "SELECT count(*) FROM sync_state WHERE place IS NULL") == 1
                if name == "sync-stored" and passing in (2, 3):
                    # A page that is stored is not what the list goes on with.
                    assert report["added"] == 100 - before, (report, before)


def rate_limit():
    """The server's limit is obeyed, a reserve is left for publishing, and nothing is lost."""
    with Server("--limit", "rate_requests=24", "--limit", "rate_requests_seconds=3600") as server, Workspace() as work:
        account = add_account(work, server)
        post(server, "Post", count=1200)
        done = work.run("sync", code=1)
        assert done.stderr.strip(), done
        listed = len(rows(work))
        assert 0 < listed < 1200, listed
        again = work.run("sync", code=1)
        assert len(rows(work)) == listed
        # Nobody was refused by the server: it was held back here, and one can still publish.
        refused = [request for request in server.control("requests") if request["status"] == 429]
        assert not refused, refused
        work.run("post", "add", "--account", account, "--text", "Still goes out", "--now")
        work.publish()
        assert "Still goes out" in server.texts()

        # An hour later, once for each part that fits.
        for _ in range(5):
            server.control("advance", {"seconds": 3600})
            database = sqlite3.connect(os.path.join(work.data, "bellman.db"), timeout=30)
            with database:
                database.execute("UPDATE sync_state SET retry_at = 0")
            database.close()
            if work.run("sync", code=None).returncode == 0:
                break
        assert len(rows(work)) == 1201
        assert sorted(row[0] for row in rows(work)) == sorted(status["id"] for status in own(server))
        assert again.stderr.strip(), again


def cancel():
    with Server() as server, Workspace() as work:
        add_account(work, server)
        post(server, "Post", count=200)
        server.fault("delay", route="GET /api/v1/accounts/*", arg="300")
        running = work.start("sync")
        wait_for(lambda: len(server.requests("GET /api/v1/accounts/")) >= 3)
        running.terminate()
        out, err = running.communicate(timeout=30)
        assert running.returncode == 1 and err.strip(), (running.returncode, out, err)
        server.clear_faults()
        work.run("sync")
        assert len(rows(work)) == 200


def agent():
    """An agent that stays reads by itself; a second one beside it does not."""
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        post(server, "Post", count=50)
        first = work.start("agent")
        wait_for(lambda: number(work, "SELECT count(*) FROM sync_state WHERE ended_at > 0") == 1)
        assert len(rows(work)) == 50
        requests = len(server.control("requests"))
        second = work.start("agent")
        time.sleep(1)
        assert len(server.control("requests")) == requests
        first.terminate()
        first.communicate()
        work.run("post", "add", "--account", account, "--text", "A new one", "--now")
        wait_for(lambda: work.states().get("published") == 1)
        second.terminate()
        second.communicate()
        assert number(work, "SELECT count(*) FROM history_post WHERE next_count_at > 0 AND target_id > 0") == 1


def website():
    with Workspace() as work:
        account = work.add_website()
        assert work.run("sync").returncode == 0
        done = work.run("sync", "--account", account, code=1)
        assert done.stderr.strip() and not done.stdout, done


def engine_after_import():
    """Right after an import there are suggestions, and each says why."""
    with Workspace() as work:
        account = work.add_website()
        path = os.path.join(work.root, "history.jsonl")
        begin = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.timezone.utc)
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"format":"bellman-history","version":1}\n')
            for n in range(120):
                at = begin + datetime.timedelta(days=n, hours=(0, 8)[n % 2])
                good = n % 2 == 0
                stamp = (at + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
                file.write(json.dumps({
                    "remote_id": f"r{n}", "published_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "text": f"Fresh rye bread number {n} is out of the oven {'#rye #baking' if good else '#bread'}",
                    "likes": 30 + n % 5 if good else 2, "reposts": 4 if good else 0, "replies": 1,
                    "counted_at": stamp}) + "\n")
        work.run("import", path, "--account", account)
        tags = work.json("suggest", "hashtags", "--account", account, "--text", "Warm rye bread from the oven")
        tags = tags[0] if isinstance(tags[0], list) else tags
        assert tags, tags
        assert "rye" in json.dumps(tags), tags
        assert "reasons" in json.dumps(tags), tags
        times = work.json("suggest", "times", "--account", account)
        assert times[0]["best"] and all(time_["sentence"] for time_ in times[0]["best"]), times[0]["best"]
        assert times[0]["best"][0]["hour"] == 9, times[0]["best"][0]


def exports_come_back():
    """JSON and tables are read as they were written, whatever is in a text."""
    texts = ["=SUM(A1)", "'quoted", "'=x", "-1", "+49", "@you", "＝x", "plain", "two\nlines", "a\ttab", 'comma, "q"',
             "  before", "after ", "\tfirst", "日本語 🍞", "'", "''", "x'", "é" * 300]
    columns = "remote_id, text, published_at, url, language, is_reply, n_media, likes, reposts, replies, counted_at"
    with Workspace() as work:
        first, path = work.add_website("one"), os.path.join(work.root, "in.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"format":"bellman-history","version":1}\n')
            for n, text in enumerate(texts):
                file.write(json.dumps({
                    "remote_id": f"r{n}" if n else "=r", "text": text,
                    "published_at": f"2026-01-{n + 1:02}T10:00:00" + (f".00000{n % 3}Z" if n % 3 else "Z"),
                    "url": f"https://example.org/{n}" if n % 2 else None, "language": "en" if n % 2 else None,
                    "is_reply": bool(n % 2), "n_media": n % 4, "likes": n if n % 3 else None, "reposts": 0,
                    "replies": None, "counted_at": f"2026-02-{n + 1:02}T10:00:00Z"}) + "\n")
        work.run("import", path, "--account", first)
        expected = rows(work, columns, "ORDER BY published_at")
        assert len(expected) == len(texts)
        for form in ("json", "csv"):
            out = os.path.join(work.root, "out." + form)
            report, = work.json("export", "--format", form, "--account", first, out)
            assert report["posts"] == len(texts), report
            other = work.add_website(form)
            work.run("import", out, "--account", other)
            assert rows(work, columns, f"WHERE account_id = {other} ORDER BY published_at") == expected, form
        with open(os.path.join(work.root, "out.csv"), encoding="utf-8", newline="") as file:
            cells = [cell for line in csv.reader(file) for cell in line]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n＝")], cells
        # A calendar of what was and of what is planned.
        work.run("post", "add", "--account", first, "--text", "Planned; with, signs", "--at", "2030-05-06T07:08")
        calendar = os.path.join(work.root, "out.ics")
        work.run("export", "--format", "ics", "--account", first, calendar)
        with open(calendar, encoding="utf-8", newline="") as file:
            text = file.read().replace("\r\n ", "")
        assert text.count("BEGIN:VEVENT") == len(texts) + 1
        assert "DTSTART:20300506T070800Z" in text and "SUMMARY:Planned\\; with\\, signs" in text, text
        assert len({line for line in text.split("\r\n") if line.startswith("UID:")}) == len(texts) + 1


def export_never_half():
    with Workspace() as work:
        work.add_website()
        missing = os.path.join(work.root, "no such folder", "x.csv")
        assert work.run("export", "--format", "csv", missing, code=1).stderr.strip()
        assert work.run("export", "--format", "csv", work.root, code=1).stderr.strip()
        work.run("export", "--format", "xml", "x", code=2)
        work.run("export", "--format", "csv", code=2)
        kept = os.path.join(work.root, "kept.csv")
        with open(kept, "w", encoding="utf-8") as file:
            file.write("mine")
        work.run("export", "--format", "csv", "--account", "99", kept, code=1)
        with open(kept, encoding="utf-8") as file:
            assert file.read() == "mine"
        assert not [name for name in os.listdir(work.root) if ".part" in name]


if __name__ == "__main__":
    tap.main([("pages, counts and what was deleted", pages),
              ("one row with what Bellman published", one_row_with_what_bellman_published),
              ("kills", kills), ("rate limit", rate_limit), ("cancelled", cancel), ("agent", agent),
              ("website has nothing to read", website), ("suggestions after an import", engine_after_import),
              ("exports come back", exports_come_back), ("never half an export", export_never_half)])
