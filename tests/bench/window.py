#!/usr/bin/python3
"""What it takes to open the window: time and memory, with 0, 10 000 and 100 000 posts.

usage, inside tests/ui/ui-session.sh: window.py [RUNS [POSTS…]]

BELLMAN, BELLMAN_EMPTY and BELLMAN_FIRST_FRAME name the program, the empty AdwApplicationWindow
that is the reference, and the module that tells both programs' first frames. The runs take
turns, so that a busy machine is as busy for all; the figures are medians.

    first frame   from the start of the process to the end of its first painted frame
    plan shown    the same for the first frame that has posts in it
    … processor   of that, what the main thread used: on a busy machine the better measure
    memory        resident set (RSS) four seconds after the start, shared libraries included
    of it dirty   what belongs to the process alone and was written: what closing it would free
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from plan_data import fill  # noqa: E402

SETTLED = 4  # seconds


def read_memory(pids):
    """Resident and private dirty MB of these processes together."""
    sums = {"Rss": 0, "Private_Dirty": 0}
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
            for line in lines:
                name, _, value = line.partition(":")
                if name in sums:
                    sums[name] += int(value.split()[0]) / 1024
    return sums["Rss"], sums["Private_Dirty"]


def wait_for_events(path, wanted, process):
    """By event that the module of first frames told: ms of the clock and of the processor."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with open(path, encoding="ascii") as report:
            lines = [line.split() for line in report if line.endswith("\n")]
        events = {name: (int(at) / 1000, int(used) / 1000) for name, at, used in lines}
        if wanted in events:
            return events
        time.sleep(0.005)
    raise RuntimeError(f"No «{wanted}» of {process.args[0]}")


def measure(arguments, content=None):
    """First frame and content by the clock, by the processor, and resident and dirty memory."""
    with tempfile.NamedTemporaryFile() as report:
        surroundings = dict(os.environ, LD_PRELOAD=os.environ["BELLMAN_FIRST_FRAME"],
                            BELLMAN_FRAME_REPORT=report.name)
        if content:
            surroundings["BELLMAN_FRAME_CONTENT"] = content
        started = time.monotonic()
        process = subprocess.Popen(arguments, env=surroundings, stderr=subprocess.DEVNULL)
        events = wait_for_events(report.name, "content" if content else "frame", process)
        time.sleep(max(0, started + SETTLED - time.monotonic()))
        memory = read_memory([process.pid])
        process.terminate()
        process.wait()
    frame, shown = events["frame"], events.get("content", events["frame"])
    return frame[0] - started * 1000, shown[0] - started * 1000, frame[1], shown[1], *memory


def list_children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid] + [other for child in found for other in list_children(int(child))]


def measure_chromium(program):
    """The same of a blank window of Chromium: until it is visible, and of all its processes."""
    with tempfile.TemporaryDirectory() as profile:
        started = time.monotonic()
        process = subprocess.Popen(
            [program, "--no-sandbox", "--no-first-run", f"--user-data-dir={profile}",
             "--app=about:blank"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while not subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "chromium"],
                                 capture_output=True).stdout:
            if time.monotonic() > started + 60:
                raise RuntimeError("No window of Chromium")
            time.sleep(0.005)
        frame = (time.monotonic() - started) * 1000
        time.sleep(max(0, started + SETTLED - time.monotonic()))
        memory = read_memory(list_children(process.pid))
        process.terminate()
        process.wait()
    return frame, *memory


FIGURES = (("first frame", "ms"), ("plan shown", "ms"), ("first frame, processor", "ms"),
           ("plan shown, processor", "ms"), ("memory", "MB"), ("of it dirty", "MB"))


def compare(title, figures, ours, reference):
    for index, (what, unit) in enumerate(figures):
        a, b = (statistics.median(run[index] for run in runs) for runs in (ours, reference))
        print(f"{title:22} {what:22} {a:6.0f} {unit}   reference {b:6.0f} {unit}   {a / b:5.2f} times",
              flush=True)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    counts = [int(count) for count in sys.argv[2:]] or [0, 10000, 100000]
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as root:
        ours, empty, blank = {count: [] for count in counts}, [], []
        for count in counts:
            fill(os.path.join(root, str(count)), count)
        for _ in range(runs):
            empty.append(measure([os.environ["BELLMAN_EMPTY"]]))
            for count in counts:
                ours[count].append(measure(
                    [os.environ["BELLMAN"], "--data", os.path.join(root, str(count))],
                    "BmnChip" if count > 0 else "BmnWelcomePage"))
            if chromium:
                blank.append(measure_chromium(chromium))
    print(f"Medians of {runs} runs in turn; the reference is an empty AdwApplicationWindow.")
    for count in counts:
        compare(f"{count} posts", FIGURES, ours[count], empty)
    if chromium:
        compare("Chromium, about:blank", (FIGURES[0], *FIGURES[4:]), blank,
                [(run[0], *run[4:]) for run in empty])
    else:
        print("Skipped: a blank window of Chromium, because chromium is not installed.")


if __name__ == "__main__":
    main()
