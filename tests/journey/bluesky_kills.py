#!/usr/bin/python3
"""Answers lost and the program killed while it publishes to a real Bluesky server: each post is
there exactly once.

usage: bluesky_kills.py [POSTS [KILLS]]   posts through the losses (20), kills among them (8)
"""

import collections
import os
import random
import subprocess
import sys
import threading
import time

import pds
import tap
from bluesky import PICTURE, Shop
from workspace import was_killed

POSTS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 8
# Seconds that the agent may wait for a time to try again.
PATIENCE = 2
SEED = int(os.environ.get("BELLMAN_SEED", "20261123"))


def failpoints():
    listing = subprocess.run([os.environ["BELLMAN_LIST_FAILPOINTS"]], capture_output=True, text=True, check=True)
    return listing.stdout.split()


def add_posts(shop, prefix):
    """A plain post, one with a picture and a thread, all due now; returns the texts of all parts."""
    shop.run("post", "add", "--account", shop.id, "--text", f"{prefix} plain", "--now")
    shop.run("post", "add", "--account", shop.id, "--text", f"{prefix} picture", "--media", PICTURE, "--alt", "A loaf",
             "--now")
    shop.run("post", "add", "--account", shop.id, "--text", f"{prefix} one", "--part", f"{prefix} two", "--now")
    return [f"{prefix} {word}" for word in ("plain", "picture", "one", "two")]


def settle(shop, start_agent=None):
    """Goes on until all is published; what waits to be tried again is asked for at once."""
    end = time.monotonic() + 1500
    while set(shop.states()) != {"published"}:
        assert time.monotonic() < end, shop.states()
        agent = start_agent() if start_agent else shop.start("agent", "--until-idle")
        try:
            agent.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            agent.terminate()
            agent.communicate(timeout=60)
        for post in shop.json("post", "list"):
            target = post["targets"][0]
            if target["state"] in ("scheduled", "unknown") and target["tries"] > 0:
                shop.run("post", "retry", str(post["id"]), code=None)


def check_once(shop, expected):
    """Asks the server, not Bellman."""
    found = collections.Counter(shop.account.texts())
    wanted = collections.Counter(expected)
    doubled = {text for text, times in found.items() if times > 1}
    assert not doubled, f"doubled: {doubled}"
    assert found == wanted, f"lost: {wanted - found}, unexpected: {found - wanted}"
    assert set(shop.states()) == {"published"}, shop.states()


def failpoint_test(name):
    def run():
        with Shop() as shop:
            expected = add_posts(shop, "Fail")
            agent = shop.start("agent", "--until-idle", env={"BELLMAN_FAILPOINT": name})
            out, err = agent.communicate(timeout=60)
            assert was_killed(agent), (agent.returncode, out, err)
            settle(shop)
            check_once(shop, expected)
    return run


# Failpoints that publishing to Bluesky passes; those of a refresh have tests of their own.
def is_passed(name):
    return name.split("-")[0] in ("publish", "readback") or name == "bluesky-drafted"


def lost_answer_test(fault):
    def run():
        with Shop() as shop:
            expected = add_posts(shop, "Lost")
            faults = {"left": 3}

            def lose(method, path):
                if path.endswith("applyWrites") and faults["left"] > 0:
                    faults["left"] -= 1
                    return fault
                return None

            shop.pds.proxy.fault = lose
            settle(shop)
            assert faults["left"] == 0
            check_once(shop, expected)
    return run


class Storm:
    """Cuts connections and kills the agent while one of its requests is at the server."""

    def __init__(self, shop, chance):
        self.shop = shop
        self.chance = chance
        self.agent = None
        self.lock = threading.Lock()
        self.killed = collections.Counter()
        self.cut = collections.Counter()
        shop.pds.proxy.fault = self.fault
        shop.pds.proxy.on_answer = self.on_answer
        self.kill_after = set()

    def start_agent(self):
        with self.lock:
            self.agent = self.shop.start("agent", "--until-idle")
        return self.agent

    def kill(self, what):
        with self.lock:
            if self.agent is None or self.agent.poll() is not None:
                return
            self.agent.kill()
            self.agent.wait()
            self.killed[what] += 1

    def fault(self, method, path):
        call = path.split(".")[-1]
        draw = self.chance.random()
        if call not in ("applyWrites", "uploadBlob", "getRecord"):
            return None
        may_kill = sum(self.killed.values()) < KILLS
        if draw < 0.12 and may_kill:
            self.kill(f"{call}, before the server had it")
            return "cut-before"
        if draw < 0.24 and may_kill:
            self.kill_after.add(threading.get_ident())
            return None
        if draw < 0.30:
            self.cut[f"{call}, before the server had it"] += 1
            return "cut-before"
        if draw < 0.36:
            self.cut[f"{call}, after the server did it"] += 1
            return "cut-after"
        return None

    def on_answer(self, method, path, status):
        if threading.get_ident() in self.kill_after:
            self.kill_after.discard(threading.get_ident())
            self.kill(f"{path.split('.')[-1]}, after the server did it")


def test_storm():
    started = time.monotonic()
    chance = random.Random(SEED)
    with Shop() as shop:
        expected = []
        for number in range(POSTS):
            expected.append(f"Post {number}")
            words = ["--text", expected[-1]]
            if number % 5 == 0:
                words += ["--media", PICTURE, "--alt", "A loaf"]
            if number % 7 == 0:
                expected.append(f"Post {number}, second part")
                words += ["--part", expected[-1]]
            shop.run("post", "add", "--account", shop.id, *words, "--now")
        storm = Storm(shop, chance)
        settle(shop, storm.start_agent)
        shop.pds.proxy.fault = lambda method, path: None
        shop.pds.proxy.on_answer = lambda method, path, status: None
        check_once(shop, expected)
        records = shop.account.records()
    print(f"# {POSTS} targets ({len(records)} records): {POSTS} published, 0 doubled, 0 lost, as the server lists them; "
          f"seed {SEED}, {time.monotonic() - started:.0f} s")
    for name, counter in (("killed", storm.killed), ("cut", storm.cut)):
        print(f"# {sum(counter.values())} times {name} with a request under way:")
        for what, times in sorted(counter.items()):
            print(f"#   {times:4} {what}")
    assert sum(storm.killed.values()) >= KILLS, storm.killed


if __name__ == "__main__":
    tap.main([(f"failpoint {name}", failpoint_test(name)) for name in failpoints() if is_passed(name)]
             + [("answers lost before acceptance", lost_answer_test("cut-before")),
                ("answers lost after acceptance", lost_answer_test("cut-after")),
                ("answers of 500", lost_answer_test((500, '{"error":"InternalServerError"}'))),
                ("cut and killed", test_storm)])
