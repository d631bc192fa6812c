#!/usr/bin/python3
"""What the agent costs while nothing is due.

usage: idle.py [SECONDS]   how long it is watched (120)

Prints the voluntary context switches and the processor time of all its threads, per minute,
beside a reference of the same run: a program that only sleeps. Switches are counted by thread;
of one that ended meanwhile they are not known any more, and that is said.
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
    """Voluntary context switches by thread, and clock ticks of the whole process."""
    switches = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/status", encoding="utf-8") as status:
                for line in status:
                    if line.startswith("voluntary_ctxt_switches"):
                        switches[thread] = int(line.split()[1])
        except (FileNotFoundError, ProcessLookupError):
            pass  # it ended just now
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return switches, int(fields[11]) + int(fields[12])


def show(name, before, after):
    """One line: what the threads that are still there did meanwhile."""
    switches = sum(count - before[0].get(thread, 0) for thread, count in after[0].items())
    milliseconds = 1000 * (after[1] - before[1]) / os.sysconf("SC_CLK_TCK")
    ended, begun = len(before[0].keys() - after[0].keys()), len(after[0].keys() - before[0].keys())
    print(f"{name:20} {switches * 60 / SECONDS:6.2f} voluntary switches a minute, "
          f"{milliseconds * 60 / SECONDS:6.1f} ms of processor a minute, "
          f"{len(after[0])} threads ({ended} ended and {begun} began meanwhile)")


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
        for name, one, other in zip(("agent", "reference: sleep"), before, after):
            show(name, one, other)
        print(f"watched for {SECONDS} s, one post planned 9 days ahead")
        sleeper.kill()
        sleeper.wait()
        agent.send_signal(signal.SIGTERM)
        agent.communicate()


if __name__ == "__main__":
    main()
