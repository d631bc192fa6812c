"""The fake Mastodon server, driven from outside, and accounts on it."""

import json
import os
import re
import sqlite3
import subprocess
import time
import urllib.request

from workspace import kill, was_killed

PROGRAM = os.environ["FAKE_MASTODON"]


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen([PROGRAM, "--port", "0", *options], stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())["url"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()

    def control(self, name, body=None, method=None):
        """Asks the fake's own control interface, which no fault and no rate limit touches."""
        request = urllib.request.Request(f"{self.url}/_control/{name}",
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.strip() else None

    def token(self, scopes="read write", account="alice"):
        answer = self.control("token", {"scopes": scopes, "account": account})
        return answer.get("access_token") or answer["token"]

    def fault(self, kind, route="*", **more):
        self.control("faults", dict(kind=kind, route=route, **more))

    def clear_faults(self):
        self.control("faults", method="DELETE")

    def switch(self, **values):
        """Limits and switches; an underscore in a switch's name stands for a dash."""
        self.control("config", {name.replace("_", "-") if isinstance(value, bool) else name: value
                                for name, value in values.items()})

    def state(self):
        return self.control("state")

    def statuses(self, everything=False):
        """What is out, oldest first."""
        found = self.state()["statuses"]
        return found if everything else [status for status in found if not status.get("deleted")]

    def texts(self):
        return [status["text"] for status in self.statuses()]

    def requests(self, route):
        return [request for request in self.control("requests")
                if f"{request['method']} {request['path']}".startswith(route)]


def add_account(work, server, *options, token=None, life=None):
    """Signs in with a token; returns the account's id."""
    out = work.run("account", "add", "mastodon", "--server", server.url, "--token-stdin", *options,
                   stdin=token or server.token())
    account = out.stdout.split()[-1]
    if life:
        # A test waits less for a lost request than a real server needs.
        set_setting(work, account, "request-life", life)
    return account


def set_setting(work, account, name, value):
    """Settings of an account that nothing in the program sets, such as how long a lost request is waited for."""
    database = sqlite3.connect(os.path.join(work.data, "bellman.db"), timeout=30)
    with database:
        database.execute("INSERT OR REPLACE INTO account_setting (account_id, name, value) VALUES (?, ?, ?)",
                         (int(account), name, str(value)))
    database.close()


def facts(work, account):
    database = work.database()
    rows = dict(database.execute("SELECT name, value FROM account_fact WHERE account_id = ?", (int(account),)))
    database.close()
    return rows


def attempts(work):
    database = work.database()
    try:
        return database.execute("SELECT count(*) FROM attempt").fetchone()[0]
    finally:
        database.close()


def classify(work):
    """What the kill hit, from what is on record; nothing where no request was in flight."""
    database = work.database()
    attempt = database.execute("SELECT kind, outcome FROM attempt ORDER BY id DESC LIMIT 1").fetchone()
    database.close()
    return f"{attempt[0]} in flight" if attempt and attempt[1] == "open" else None


def kill_in_flight(work, chance, delay, steps):
    """Runs the agent for some attempts, then kills it within delay ms. Returns what was hit."""
    before = attempts(work)
    agent = work.start("agent", "--until-idle")
    end = time.monotonic() + 20
    while agent.poll() is None and attempts(work) < before + steps and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, delay / 1000))
    kill(agent)
    return classify(work) if was_killed(agent) else None


class Browser:
    """Follows the page that bellmanctl prints, up to the redirect, without following that."""

    class _Stop(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    def __init__(self):
        self.opener = urllib.request.build_opener(self._Stop)

    def get(self, url):
        try:
            with self.opener.open(url, timeout=20) as answer:
                return answer.status, answer.headers.get("Location"), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Location"), error.read().decode()

    def find_page(self, process):
        """The address that bellmanctl shows on stderr."""
        for line in process.stderr:
            found = re.match(r"https?://\S+", line)
            if found:
                return found.group(0)
        raise AssertionError("no page was shown")
