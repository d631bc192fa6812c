#!/usr/bin/python3
"""How long our code holds up frames: months switched and the list scrolled; then months switched
while 100 000 posts are imported.

usage, inside tests/ui/ui-session.sh: frames.py [POSTS]   how many posts in the plan (10000)

BELLMAN and BELLMAN_FRAMES_BENCH name the program and what measures it.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "history")]

from exports import write_export  # noqa: E402
from plan_data import fill  # noqa: E402

with tempfile.TemporaryDirectory() as root:
    folder = os.path.join(root, "data")
    fill(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 10000)
    subprocess.run([os.environ["BELLMAN_FRAMES_BENCH"], folder], check=True)
    export = os.path.join(root, "outbox.json")
    write_export("mastodon", export, 100000)
    subprocess.run([os.environ["BELLMAN_FRAMES_BENCH"], folder, export], check=True)
