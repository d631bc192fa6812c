#!/usr/bin/python3
"""How long an import takes and how much memory, beside bare inserts of the same rows.

usage: import.py [POSTS [KIND…]]   how many posts (100000), and which exports (all)
       import.py --bytes N KIND    one export of at least so many bytes

BELLMAN_IMPORT_BENCH names the program that is measured. The exports are generated as
tests/history/exports.py says, with texts of 8 to 17 words.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "history"))

import exports  # noqa: E402

PROGRAM = os.environ.get("BELLMAN_IMPORT_BENCH", os.path.join(HERE, "..", "..", "_build", "tests", "bench", "import-bench"))


def measure(kind, path, folder):
    out = subprocess.run([PROGRAM, path, folder], capture_output=True, text=True, check=True).stdout
    figures = {name: float(value) for name, value in (line.split() for line in out.splitlines())}
    bare = figures["bare_batches_seconds"]
    print(f"{kind:13} {os.path.getsize(path) / 1e6:7.1f} MB {figures['posts']:9.0f} posts "
          f"{figures['import_seconds']:7.2f} s {figures['peak_memory_kib'] / 1024:6.1f} MiB, "
          f"main loop held up {figures['main_loop_held_up_ms']:.1f} ms at most, "
          f"longest batch {figures['longest_batch_ms']:.1f} ms | bare inserts {bare:.2f} s by batches, "
          f"{figures['bare_one_transaction_seconds']:.2f} s at once: {bare / figures['import_seconds']:.2f} of their speed"
          f" | of processors {figures['import_processor_seconds']:.2f} and "
          f"{figures['bare_batches_processor_seconds']:.2f} s",
          flush=True)


def main(arguments):
    with tempfile.TemporaryDirectory(prefix="bellman import ") as root:
        path = os.path.join(root, "export")
        if arguments[:1] == ["--bytes"]:
            kind, size = arguments[2], int(arguments[1])
            exports.write_export(kind, path, 2000)
            exports.write_export(kind, path, size * 2000 // os.path.getsize(path) + 1000)
            measure(kind, path, os.path.join(root, kind))
            return
        count = int(arguments[0]) if arguments else 100000
        for kind in arguments[1:] or exports.KINDS:
            exports.write_export(kind, path, count)
            measure(kind, path, os.path.join(root, kind))


if __name__ == "__main__":
    main(sys.argv[1:])
