#!/usr/bin/python3
"""First frame and memory of the window with 10 000 posts against an empty window.

usage, inside tests/ui/ui-session.sh, with BELLMAN and BELLMAN_EMPTY naming the programs:
window.py [RUNS]. The runs take turns, so that a busy machine is as busy for both."""
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time


def fill(folder):
    """A data folder with 10 000 posts, five a day around today, made by the program itself."""
    control = os.path.join(os.path.dirname(os.environ["BELLMAN"]), "..", "cli", "bellmanctl")
    subprocess.run([control, "--data", folder, "sample", "create", "--dir", folder + "/site"],
                   check=True, stdout=subprocess.DEVNULL)
    day = 86400 * 1000000
    start = int(time.time()) * 1000000 - 1000 * day
    with sqlite3.connect(folder + "/bellman.db") as db:
        for i in range(10000):
            due = start + i * day // 5
            post = db.execute("INSERT INTO post (sensitive, visibility, revision, created_at, "
                              "modified_at) VALUES (0, 'default', 1, 1, 1)").lastrowid
            db.execute("INSERT INTO part (post_id, position, text) VALUES (?, 0, ?)",
                       (post, f"Post number {i} of the bakery, with some words to read"))
            state = "published" if due < time.time() * 1e6 else "scheduled"
            db.execute("INSERT INTO target (post_id, account_id, state, due_at, next_try_at, "
                       "revision, tries, published_at) VALUES (?, 1, ?, ?, ?, 1, 0, ?)",
                       (post, state, due, 0 if state == "published" else due,
                        due if state == "published" else 0))


def measure(arguments):
    """Milliseconds until the window is mapped and painted, and resident MB after three seconds."""
    started = time.monotonic()
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
    while True:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                               capture_output=True, text=True).stdout.split()
        if found:
            break
        time.sleep(0.005)
    frame = (time.monotonic() - started) * 1000
    time.sleep(3)
    with open(f"/proc/{process.pid}/status") as status:
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024
    process.terminate()
    process.wait()
    return frame, memory


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    ours, empty = [], []
    with tempfile.TemporaryDirectory() as root:
        folder = os.path.join(root, "data")
        fill(folder)
        for _ in range(runs):
            empty.append(measure([os.environ["BELLMAN_EMPTY"]]))
            ours.append(measure([os.environ["BELLMAN"], "--data", folder]))
    for what, index, unit in ("window up", 0, "ms"), ("memory", 1, "MB"):
        a = statistics.median(run[index] for run in ours)
        b = statistics.median(run[index] for run in empty)
        print(f"{what}: {a:.0f} {unit}; an empty window {b:.0f} {unit}; {a / b:.2f} times")


main()
