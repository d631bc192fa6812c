#!/usr/bin/python3
"""How late posts leave: scheduled ahead, by the agent's process and by another one.

usage: on-time.py [AHEAD] [POSTS]   seconds ahead (30), posts (5)

Prints for each the time between the planned moment and the start of the attempt, beside a
reference of the same run: how late a bare sleep to an absolute time wakes up on this machine.
"""

import datetime
import os
import signal
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))

from workspace import Workspace, wait_for  # noqa: E402

AHEAD = int(sys.argv[1]) if len(sys.argv) > 1 else 30
POSTS = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def lateness(work):
    late = []
    for post in work.json("post", "list"):
        [target] = work.json("post", "show", str(post["id"]))[0]["targets"]
        late.append(1000 * (instant(target["attempts"][0]["startedAt"]) - instant(target["dueAt"])))
    return late


def show(what, values):
    print(f"{what:45} median {statistics.median(values):7.1f} ms   max {max(values):7.1f} ms   n {len(values)}")


def main():
    with Workspace() as work:
        account = work.add_website()
        for number in range(POSTS):
            work.run("post", "add", "--account", account, "--text", f"Before {number}", "--in", f"{AHEAD + 2 * number}s")
        agent = work.start("agent")
        wait_for(lambda: len(work.feed()) == POSTS, AHEAD + 4 * POSTS + 60)
        show(f"scheduled {AHEAD} s ahead, before the agent began", lateness(work))
        before = len(work.json("post", "list"))
        for number in range(POSTS):
            work.run("post", "add", "--account", account, "--text", f"Beside {number}", "--in", f"{AHEAD + 2 * number}s")
        wait_for(lambda: len(work.feed()) == 2 * POSTS, AHEAD + 4 * POSTS + 60)
        show(f"scheduled {AHEAD} s ahead, by another process", lateness(work)[before:])
        agent.send_signal(signal.SIGTERM)
        agent.communicate()
    reference = []
    for _ in range(2 * POSTS):
        planned = time.time() + 0.5
        while time.time() < planned:
            time.sleep(max(0, planned - time.time()))
        reference.append(1000 * (time.time() - planned))
    show("reference: a bare sleep", reference)


if __name__ == "__main__":
    main()
