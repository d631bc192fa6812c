"""Runs test functions and reports them as TAP, which meson reads."""

import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; the message says why."""


def main(tests):
    """Runs (name, function) pairs; exits 1 where one failed."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} {name}")
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
