"""Counts what meson's logs say about the tests, and closes with one line.

usage: count-tests.py LOG.json…   one JSON object a line: name, result, stdout

A program that speaks TAP counts as many tests as it reports, any other as one.
"""

import collections
import json
import re
import sys

SUBTEST = re.compile(r"^(not )?ok\b(.*)$", re.MULTILINE)


def count(entry):
    """Returns passed, failed, skipped."""
    passed = failed = skipped = 0
    for bad, rest in SUBTEST.findall(entry.get("stdout") or ""):
        if "# SKIP" in rest.upper():
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    result = entry["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        return (passed, failed, skipped) if passed + failed + skipped else (1, 0, 0)
    if result == "SKIP":
        return 0, failed, max(skipped, 1)
    # A program that crashed may have reported only what went well before.
    return passed, max(failed, 1), skipped


def main():
    totals = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                counts = count(entry)
                totals = [total + more for total, more in zip(totals, counts)]
                if counts[1]:
                    print(f"failed: {entry['name']}")
                reasons = collections.Counter(re.findall(r"# SKIP (.*)", entry.get("stdout") or ""))
                for reason, times in reasons.items():
                    print(f"skipped: {entry['name']} ({times}): {reason}")
    print("{} passed, {} failed, {} skipped".format(*totals))
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    sys.exit(main())
