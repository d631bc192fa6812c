"""Data folders with a plan in them, for what is measured with it."""

import os
import sqlite3
import subprocess
import time

DAY = 86400 * 1000000


def fill(folder, n_posts):
    """A data folder with so many posts, five a day around today, made by the program itself.

    Without any there is no account either: the folder of somebody who has just begun."""
    if n_posts == 0:
        os.makedirs(folder)
        return
    control = os.path.join(os.path.dirname(os.environ["BELLMAN"]), "..", "cli", "bellmanctl")
    subprocess.run([control, "--data", folder, "sample", "create", "--dir", folder + "/site"],
                   check=True, stdout=subprocess.DEVNULL)
    start = int(time.time()) * 1000000 - n_posts // 10 * DAY
    with sqlite3.connect(folder + "/bellman.db") as db:
        for i in range(n_posts):
            due = start + i * DAY // 5
            post = db.execute("INSERT INTO post (sensitive, visibility, revision, created_at, "
                              "modified_at) VALUES (0, 'default', 1, 1, 1)").lastrowid
            db.execute("INSERT INTO part (post_id, position, text) VALUES (?, 0, ?)",
                       (post, f"Post number {i} of the bakery, with some words to read"))
            state = "published" if due < time.time() * 1e6 else "scheduled"
            db.execute("INSERT INTO target (post_id, account_id, state, due_at, next_try_at, "
                       "revision, tries, published_at) VALUES (?, 1, ?, ?, ?, 1, 0, ?)",
                       (post, state, due, 0 if state == "published" else due,
                        due if state == "published" else 0))
