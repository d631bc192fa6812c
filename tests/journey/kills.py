#!/usr/bin/python3
"""SIGKILL between any two durable steps, and at random: each post is in the feed exactly once.

usage: kills.py [KILLS]   random kills with work in flight (60)
"""

import collections
import os
import random
import subprocess
import sys
import time

import tap
from workspace import Workspace, kill, was_killed

SOURCE = os.environ["BELLMAN_SOURCE"]
PICTURE = os.path.join(SOURCE, "data", "sample", "rye.png")
KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
SEED = int(os.environ.get("BELLMAN_SEED", "20261123"))


def failpoints():
    listing = subprocess.run([os.environ["BELLMAN_LIST_FAILPOINTS"]], capture_output=True, text=True, check=True)
    return listing.stdout.split()


def names_in_feed(work, site="site"):
    """The first words of each item; every post of a test begins with its own."""
    return collections.Counter(item["content_html"].split(">")[1].split(".")[0] for item in work.feed(site))


def add_posts(work, account, prefix):
    """A plain post, one with a picture and a thread, all due now."""
    work.run("post", "add", "--account", account, "--text", f"{prefix} plain. Said once.", "--now")
    work.run("post", "add", "--account", account, "--text", f"{prefix} picture. Seen once.", "--media", PICTURE,
             "--alt", "A loaf", "--now")
    work.run("post", "add", "--account", account, "--text", f"{prefix} thread. One.", "--part", "Two.", "--part",
             "Three.", "--now")
    return [f"{prefix} plain", f"{prefix} picture", f"{prefix} thread"]


def check_once(work, expected, site="site"):
    found = names_in_feed(work, site)
    assert found == collections.Counter(expected), found


def failpoint_test(name, passing):
    def run():
        with Workspace() as work:
            account = work.add_website()
            expected = add_posts(work, account, "Fail")
            agent = work.start("agent", "--until-idle", env={"BELLMAN_FAILPOINT": f"{name}:{passing}"})
            out, err = agent.communicate(timeout=60)
            assert was_killed(agent), (agent.returncode, out, err)
            work.publish()
            check_once(work, expected)
            assert set(work.states()) == {"published"}, work.states()
    return run


# Failpoints that the Website, which needs no second look, does not pass.
def reachable(name):
    return name.split("-")[0] in ("publish", "readback", "website")


def classify(work):
    """What the kill hit, from what is on record."""
    database = work.database()
    attempt = database.execute("SELECT kind, outcome FROM attempt ORDER BY id DESC LIMIT 1").fetchone()
    publishing = database.execute("SELECT count(*) FROM target WHERE state = 'publishing'").fetchone()[0]
    waiting = database.execute("SELECT count(*) FROM target WHERE state IN ('scheduled', 'unknown')").fetchone()[0]
    database.close()
    if attempt and attempt[1] == "open":
        return f"{attempt[0]} under way"
    if publishing:
        return "claimed, between two steps"
    return "between two posts" if waiting else None


def test_random_kills():
    chance = random.Random(SEED)
    hits = collections.Counter()
    expected = {"one": [], "two": [], "three": []}
    started = time.monotonic()
    with Workspace() as work:
        accounts = {name: work.add_website(name) for name in expected}
        batch = 0
        while sum(hits.values()) < KILLS:
            if work.states().keys() <= {"published"}:
                batch += 1
                for name, account in accounts.items():
                    for part in range(4):
                        expected[name] += add_posts(work, account, f"{name} {batch} {part}")
            agent = work.start("agent", "--until-idle")
            time.sleep(chance.uniform(0.01, 0.25))
            ended = agent.poll() is not None
            kill(agent)
            hit = None if ended else classify(work)
            if hit:
                hits[hit] += 1
        work.publish()
        for name, names in expected.items():
            check_once(work, names, name)
        assert set(work.states()) == {"published"}, work.states()
    total = sum(len(names) for names in expected.values())
    tap.note(f"{sum(hits.values())} kills with work in flight, {total} posts, seed {SEED}, "
             f"{time.monotonic() - started:.0f} s")
    for hit, count in hits.most_common():
        tap.note(f"{count:4} {hit}")


if __name__ == "__main__":
    tests = [(f"failpoint {name}:{passing}", failpoint_test(name, passing))
             for name in failpoints() if reachable(name) for passing in (1, 2)
             if (name, passing) != ("website-media", 2)]
    tap.main(tests + [("random kills", test_random_kills)], at_once=2)
