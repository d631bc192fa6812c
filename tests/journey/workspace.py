"""A data folder of its own with bellmanctl to work on it, for the journeys."""

import collections
import json
import os
import shutil
import signal
import subprocess
import sqlite3
import tempfile
import time

PROGRAM = os.environ["BELLMANCTL"]
SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support")


class Failed(Exception):
    """bellmanctl ended with another exit code than expected."""


class Workspace:
    def __init__(self, **environment):
        self.root = tempfile.mkdtemp(prefix="bellman journey ")
        self.data = os.path.join(self.root, "data")
        self.env = dict(
            os.environ,
            HOME=self.root,
            XDG_DATA_HOME=os.path.join(self.root, "share"),
            # libsecret's own file, as inside a Flatpak: no bus is needed.
            SECRET_BACKEND="file",
            SECRET_FILE_TEST_PATH=os.path.join(self.root, "keyring"),
            SECRET_FILE_TEST_PASSWORD="only for this test",
            # Leaks of libraries can be told from ours only by whole stacks.
            ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0",
            LSAN_OPTIONS=f"print_suppressions=0:suppressions='{SUPPORT}/lsan.supp'",
            LC_ALL="C.UTF-8",
            TZ="UTC",
            **environment,
        )
        self.env.pop("BELLMAN_FAILPOINT", None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def run(self, *arguments, code=0, stdin=None, env=None):
        """Runs a command to its end and returns what it printed."""
        done = subprocess.run(
            [PROGRAM, "--data", self.data, *arguments],
            env=dict(self.env, **(env or {})),
            input=stdin,
            stdin=None if stdin is not None else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if code is not None and done.returncode != code:
            raise Failed(f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self, *arguments, env=None, stdin=False):
        """Starts a command that goes on beside the test; with stdin the test types into it."""
        return subprocess.Popen(
            [PROGRAM, "--data", self.data, *arguments],
            env=dict(self.env, **(env or {})),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def json(self, *arguments, **options):
        """The JSON documents that a command prints."""
        out = self.run(*arguments, "--json", **options).stdout
        return [json.loads(line) for line in out.splitlines()]

    def add_website(self, name="site"):
        folder = os.path.join(self.root, name)
        os.makedirs(folder, exist_ok=True)
        return self.run("account", "add", "website", "--dir", folder, "--name", name).stdout.split()[-1]

    def feed(self, name="site"):
        """The items of a website's JSON Feed."""
        path = os.path.join(self.root, name, "feed.json")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return json.load(file)["items"]

    def database(self):
        return sqlite3.connect(f"file:{self.data}/bellman.db?mode=ro", uri=True)

    def states(self):
        """How many targets are in which state."""
        counts = collections.Counter()
        for post in self.json("post", "list"):
            counts.update(target["state"] for target in post["targets"])
        return counts

    def publish(self, attempts=20):
        """Runs the agent until all is settled; a settled target may still be looked up later."""
        for _ in range(attempts):
            done = self.run("agent", "--until-idle", code=None)
            if done.returncode == 0:
                return
        raise Failed(f"the agent does not finish: {done.stdout}{done.stderr}")


def wait_for(condition, seconds=30):
    """Waits until condition() is true; fails after a while that no machine needs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def was_killed(process):
    return process.returncode == -signal.SIGKILL
