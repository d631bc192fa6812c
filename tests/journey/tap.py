"""Runs test functions and reports them as TAP, which meson reads."""

import concurrent.futures
import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; the message says why."""


def note(text):
    """Tells something beside the results; whole lines, as tests may run side by side."""
    sys.stdout.write("".join(f"# {line}\n" for line in text.splitlines()))


def run(number, name, function):
    """Runs one test. Returns the line that tells its result, and whether it passed."""
    try:
        function()
        return f"ok {number} {name}", True
    except Skip as reason:
        return f"ok {number} {name} # SKIP {reason}", True
    except Exception:
        note(traceback.format_exc())
        return f"not ok {number} {name}", False


def main(tests, at_once=1):
    """Runs (name, function) pairs, some at the same time where they mostly wait; exits 1 where one failed."""
    print(f"1..{len(tests)}", flush=True)
    all_passed = True
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        cases = [(number, name, function) for number, (name, function) in enumerate(tests, 1)]
        for line, passed in pool.map(run, *zip(*cases)):
            print(line, flush=True)
            all_passed = all_passed and passed
    sys.exit(0 if all_passed else 1)
