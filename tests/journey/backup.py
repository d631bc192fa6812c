#!/usr/bin/python3
"""Backup and restore: every column of every table comes back, and nothing is replaced by halves."""

import io
import json
import os
import re
import shutil
import sqlite3
import tarfile

import tap
from mastodon import Server, add_account
from workspace import Workspace, wait_for

PICTURE = os.path.join(os.environ["BELLMAN_SOURCE"], "data", "sample", "rye.png")


def tables(database):
    """Those with rows of our own, in an order in which each comes after what it refers to."""
    names = [row[0] for row in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'post_words_%'")]
    needs = {name: {row[2] for row in database.execute(f"PRAGMA foreign_key_list ({name})")} - {name}
             for name in names}
    ordered = []
    while len(ordered) < len(names):
        ordered += [name for name in names if name not in ordered and needs[name] <= set(ordered)]
    return ordered


def value_for(table, column, kind, sql, references):
    """Something that is neither NULL nor 0 nor empty, within what the schema allows."""
    if column in references or column == "id":
        return 1
    allowed = re.search(rf"\b{column} IN \(([^)]*)\)", sql)
    if allowed:
        choices = [choice.strip() for choice in allowed.group(1).split(",")]
        return choices[-1].strip("'") if "'" in choices[-1] else int(choices[-1])
    between = re.search(rf"\b{column} BETWEEN (-?\d+) AND (-?\d+)", sql)
    if kind == "REAL":
        return 0.25
    if between:
        return int(between.group(2))
    if kind == "INTEGER":
        return 1_000_003 + sum(map(ord, table + column))
    if kind == "BLOB":
        return f"{table}.{column}".encode() + bytes(range(256))
    return f"{table}.{column} é🍞\n'\""


def fill(database):
    """A row in each table with a value in each column; where two exclude each other, a row for each."""
    database.execute("PRAGMA foreign_keys = ON")
    for table in tables(database):
        sql = database.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        references = {row[3] for row in database.execute(f"PRAGMA foreign_key_list ({table})")}
        columns = [(row[1], row[2], row[3]) for row in database.execute(f"PRAGMA table_info ({table})")]
        full = {name: value_for(table, name, kind, sql, references) for name, kind, _ in columns}
        optional = [name for name, _, needed in columns if name in references and not needed]
        filled = set()
        for without in [None] + optional:
            row = {name: value for name, value in full.items() if name != without}
            if without and "id" in row:
                row["id"] = 1 + optional.index(without)
            try:
                database.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                                 list(row.values()))
            except sqlite3.IntegrityError:
                continue
            filled |= set(row)
            if without is None:
                break
        assert filled == {name for name, _, _ in columns}, (table, filled)
    database.commit()


def dump(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    content = {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in names}
    database.close()
    return content


def every_field():
    with Workspace() as work:
        site = work.add_website()
        work.run("post", "add", "--account", site, "--text", "With a picture", "--media", PICTURE, "--alt", "Rye")
        path = os.path.join(work.data, "bellman.db")
        database = sqlite3.connect(path)
        for table in reversed(tables(database)):
            if table not in ("media", "part", "post", "setting"):
                database.execute(f"DELETE FROM {table}")
        database.execute("UPDATE part SET id = 1000 + id")
        database.execute("UPDATE media SET part_id = 1001")
        database.execute("UPDATE post SET id = 1000")
        database.execute("UPDATE part SET post_id = 1000")
        database.commit()
        fill(database)
        database.close()
        before = dump(path)
        media = sorted(os.listdir(os.path.join(work.data, "media")))
        backup = os.path.join(work.root, "all.backup")
        work.run("backup", backup)
        assert os.stat(backup).st_mode & 0o777 == 0o600
        shutil.rmtree(work.data)
        report, = work.json("restore", backup)
        assert report["aside"] is None and report["held"] == 0, report
        assert dump(path) == before
        kept = [name for name in sorted(os.listdir(os.path.join(work.data, "media"))) if not name.startswith(".")]
        assert kept == [name for name in media if not name.startswith(".")] and kept
        # Once more, over what is there, which is kept aside.
        report, = work.json("restore", backup)
        assert dump(path) == before
        assert dump(os.path.join(report["aside"], "bellman.db")) == before
        assert not [name for name in os.listdir(work.root) if "restoring" in name]


def without_secrets():
    with Server() as server, Workspace() as work:
        token = server.token()
        account = add_account(work, server, token=token)
        backup = os.path.join(work.root, "all.backup")
        work.run("backup", backup)
        shutil.rmtree(work.data)
        work.run("restore", backup)
        for folder, _, names in os.walk(work.data):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    assert token.encode() not in file.read(), name
        # The keyring knows the restored account by its folder's name.
        work.run("account", "check", account)


def refuses_while_in_use():
    with Workspace() as work:
        work.add_website()
        backup = os.path.join(work.root, "all.backup")
        work.run("backup", backup)
        agent = work.start("agent")
        wait_for(lambda: os.path.exists(os.path.join(work.data, "publisher.lock")))
        wait_for(lambda: "publishes" in work.run("restore", backup, code=1).stderr)
        agent.terminate()
        agent.communicate()
        database = work.database()
        database.execute("SELECT count(*) FROM post").fetchone()
        assert "open" in work.run("restore", backup, code=1).stderr
        database.close()
        work.run("restore", backup)
        assert not [name for name in os.listdir(work.root) if "restoring" in name]


def overdue_posts_are_held():
    """What was planned in the backup and may have gone out since is not published again."""
    with Workspace() as work:
        site = work.add_website()
        work.run("post", "add", "--account", site, "--text", "Now", "--now")
        work.run("post", "add", "--account", site, "--text", "Later", "--at", "2040-01-01T00:00")
        backup = os.path.join(work.root, "all.backup")
        work.run("backup", backup)
        work.publish()
        assert len(work.feed()) == 1
        report, = work.json("restore", backup)
        assert report["held"] == 1, report
        assert work.states() == {"held": 1, "scheduled": 1}
        work.run("agent", "--until-idle", code=None)
        assert work.states() == {"held": 1, "scheduled": 1} and len(work.feed()) == 1


def manifest(size, **more):
    return json.dumps(dict({"format": "bellman-backup", "version": 1, "created_at": "2026-01-01T00:00:00Z",
                            "bytes": size}, **more)).encode()


def entry(name, data=b"x", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = (len(data) if kind == tarfile.REGTYPE else 0), kind, link
    return info, data


def empty_database():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE somebody_elses (x)")
    return database.serialize()


EMPTY = empty_database()


def write_tar(path, *entries):
    with tarfile.open(path, "w") as archive:
        for info, data in entries:
            archive.addfile(info, io.BytesIO(data) if info.size else None)


def hostile():
    with Workspace() as work:
        work.add_website()
        good = os.path.join(work.root, "good.backup")
        work.run("backup", good)
        with open(good, "rb") as file:
            whole = file.read()
        before = dump(os.path.join(work.data, "bellman.db"))
        path = os.path.join(work.root, "bad.backup")
        first = entry("bellman-backup.json", manifest(1))
        digest = "0" * 64
        cases = {
            "empty": b"", "text": b"hello", "cut": whole[:len(whole) // 2], "cut at the end": whole[:-20],
            "no manifest": [entry("bellman.db")],
            "no database": [first],
            "another format": [entry("bellman-backup.json", manifest(1, format="x")), entry("bellman.db")],
            "newer": [entry("bellman-backup.json", manifest(1, version=2)), entry("bellman.db")],
            "negative": [entry("bellman-backup.json", manifest(-1)), entry("bellman.db")],
            "deep": [entry("bellman-backup.json", b"[" * 60000), entry("bellman.db")],
            "more than said": [first, entry("bellman.db", b"x" * 100000)],
            "more than there is room for": [entry("bellman-backup.json", manifest(1 << 62)), entry("bellman.db")],
            "parent": [first, entry("../evil")],
            "absolute": [first, entry("/tmp/evil-of-a-backup")],
            "in media": [first, entry("media/../../evil")],
            "foreign": [first, entry("media/readme.txt")],
            "link": [first, entry("bellman.db", kind=tarfile.SYMTYPE, link="/etc/passwd")],
            "hard link": [first, entry("bellman.db", kind=tarfile.LNKTYPE, link="bellman-backup.json")],
            "folder": [first, entry("media", kind=tarfile.DIRTYPE)],
            "device": [first, entry("bellman.db", kind=tarfile.CHRTYPE)],
            "twice": [entry("bellman-backup.json", manifest(2)), entry("bellman.db"), entry("bellman.db")],
            "wrong digest": [first, entry(f"media/{digest}.png")],
            "no data file": [first, entry("bellman.db")],
            "an empty database": [entry("bellman-backup.json", manifest(len(EMPTY))), entry("bellman.db", EMPTY)],
        }
        for name, case in cases.items():
            if isinstance(case, bytes):
                with open(path, "wb") as file:
                    file.write(case)
            else:
                write_tar(path, *case)
            done = work.run("restore", path, code=1)
            assert done.stderr.strip() and "restoring" not in done.stderr, (name, done.stderr)
            assert dump(os.path.join(work.data, "bellman.db")) == before, name
            assert not [item for item in os.listdir(work.root) if "restoring" in item or "evil" in item], name
        assert not os.path.exists("/tmp/evil-of-a-backup")
        work.run("restore", os.path.join(work.root, "missing"), code=1)
        work.run("restore", work.root, code=1)
        work.run("restore", code=2)
        assert dump(os.path.join(work.data, "bellman.db")) == before
        # A data file that cannot be read any more is a reason to restore, not against it.
        for name in os.listdir(work.data):
            if name.startswith("bellman.db"):
                with open(os.path.join(work.data, name), "wb") as file:
                    file.write(b"not a database" * 1000)
        report, = work.json("restore", good)
        assert report["aside"] and dump(os.path.join(work.data, "bellman.db")) == before


def while_work_goes_on():
    """A backup that is written while posts go out is of one moment."""
    with Workspace() as work:
        site = work.add_website()
        agent = work.start("agent")
        for number in range(20):
            work.run("post", "add", "--account", site, "--text", f"Post {number}", "--now")
            if number % 5 == 0:
                work.run("backup", os.path.join(work.root, f"{number}.backup"))
        agent.terminate()
        agent.communicate()
        for number in (0, 5, 10, 15):
            work.run("restore", os.path.join(work.root, f"{number}.backup"))
            database = work.database()
            assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert database.execute("SELECT count(*) FROM post").fetchone()[0] == number + 1
            database.close()


if __name__ == "__main__":
    tap.main([("every field", every_field), ("without secrets", without_secrets),
              ("refuses while in use", refuses_while_in_use), ("overdue posts are held", overdue_posts_are_held),
              ("hostile files", hostile), ("while work goes on", while_work_goes_on)])
