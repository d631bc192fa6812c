#!/usr/bin/python3
"""How long our code holds up frames: months switched and the list scrolled.

usage, inside tests/ui/ui-session.sh: frames.py [POSTS]   how many posts (10000)

BELLMAN and BELLMAN_FRAMES_BENCH name the program and what measures it.
"""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from plan_data import fill  # noqa: E402

with tempfile.TemporaryDirectory() as root:
    folder = os.path.join(root, "data")
    fill(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 10000)
    subprocess.run([os.environ["BELLMAN_FRAMES_BENCH"], folder], check=True)
