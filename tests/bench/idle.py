#!/usr/bin/python3
"""What the agent costs while nothing is due.

usage: idle.py [SECONDS]   how long it is watched (120)

Prints the voluntary context switches and the processor time of all its threads, per minute,
beside a reference of the same run: a program that only sleeps.
"""

import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))

from workspace import Workspace  # noqa: E402

SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 120


def measure(pid):
    """Voluntary context switches and clock ticks of all threads."""
    switches = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("voluntary_ctxt_switches"):
                    switches += int(line.split()[1])
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return switches, int(fields[11]) + int(fields[12])


def main():
    with Workspace() as work:
        account = work.add_website()
        work.run("post", "add", "--account", account, "--text", "Not yet", "--in", "9d")
        agent = work.start("agent")
        sleeper = subprocess.Popen(["sleep", "100000"])
        time.sleep(5)
        before = [measure(agent.pid), measure(sleeper.pid)]
        time.sleep(SECONDS)
        after = [measure(agent.pid), measure(sleeper.pid)]
        ticks = os.sysconf("SC_CLK_TCK")
        for name, (a, b) in zip(("agent", "reference: sleep"), zip(before, after)):
            print(f"{name:20} {(b[0] - a[0]) * 60 / SECONDS:6.2f} voluntary switches a minute, "
                  f"{1000 * (b[1] - a[1]) / ticks * 60 / SECONDS:6.1f} ms of processor a minute")
        threads = len(os.listdir(f"/proc/{agent.pid}/task"))
        print(f"{threads} threads, watched for {SECONDS} s, one post planned 9 days ahead")
        sleeper.kill()
        sleeper.wait()
        agent.send_signal(signal.SIGTERM)
        agent.communicate()


if __name__ == "__main__":
    main()
