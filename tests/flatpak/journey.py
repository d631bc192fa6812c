#!/usr/bin/python3
"""usage: dbus-run-session -- journey.py HOME FAKE_MASTODON

The main job inside the sandbox of the installed Flatpak: two accounts, a post for each at its time, read
back; the token in the sandbox's own keyring file and nowhere else; nothing of the user's home in sight."""

import json
import os
import subprocess
import sys
import threading
import urllib.request

from gi.repository import GLib

from secret_portal import SecretPortal

APP = "io.github.bellman_app.Bellman"
HOME, FAKE = sys.argv[1:3]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    print(f"{'ok' if condition else 'not ok'} {checks} {what}", flush=True)
    if not condition:
        sys.exit(1)


def sandboxed(*command, stdin="", code=0):
    """Runs a command inside; returns what it printed."""
    done = subprocess.run(["flatpak", "run", "--user", f"--command={command[0]}", APP, *command[1:]],
                          input=stdin, capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, HOME=HOME, XDG_DATA_HOME=f"{HOME}/.local/share"))
    if code is not None and done.returncode != code:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def bellmanctl(*arguments, stdin=""):
    return sandboxed("bellmanctl", *arguments, stdin=stdin)


def control(url, name, body=None):
    request = urllib.request.Request(f"{url}/_control/{name}", headers={"Content-Type": "application/json"},
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def files_with(folder, word):
    """The files below the folder that hold the word."""
    return [path for root, _, names in os.walk(folder) for path in (os.path.join(root, name) for name in names)
            if os.path.isfile(path) and word.encode() in open(path, "rb").read()]


def journey(url, portal):
    token = control(url, "token", {"scopes": "read write", "account": "alice"})["access_token"]
    private = f"{HOME}/.var/app/{APP}"
    secret_of_home = f"{HOME}/not-for-bellman"
    with open(secret_of_home, "w", encoding="utf-8") as file:
        file.write("private")
    check(not sandboxed("sh", "-c", f"cat '{secret_of_home}' 2>/dev/null", code=None), "the user's home cannot be read")

    site = bellmanctl("account", "add", "website", "--dir", f"{private}/data/site", "--name", "Site").split()[-1]
    check(site, "a website account is added")
    network = bellmanctl("account", "add", "mastodon", "--server", url, "--token-stdin", stdin=token).split()[-1]
    check(portal.asked > 0, "the key of the keyring file came through the portal")
    check(os.path.exists(f"{private}/data/keyrings/default.keyring"), "the keyring file is the sandbox's own")
    check(not files_with(private, token), "the token is in no file as it is")

    bellmanctl("post", "add", "--account", site, "--account", network, "--text", "From inside the sandbox", "--in", "2s")
    bellmanctl("agent", "--until-idle")
    states = [target["state"] for line in bellmanctl("post", "list", "--json").splitlines()
              for target in json.loads(line)["targets"]]
    check(states == ["published", "published"], f"both are published, {states}")
    with open(f"{private}/data/site/feed.json", encoding="utf-8") as feed:
        items = json.load(feed)["items"]
    check(len(items) == 1, "once in the feed")
    texts = [status["text"] for status in control(url, "state")["statuses"]]
    check(texts == ["From inside the sandbox"], f"once on the server, {texts}")
    check("works" in bellmanctl("account", "check", network), "the token is read back by the next program")


def main():
    server = subprocess.Popen([FAKE, "--port", "0"], stdout=subprocess.PIPE, text=True)
    loop = GLib.MainLoop()
    portal = SecretPortal()
    threading.Thread(target=loop.run, daemon=True).start()
    try:
        journey(json.loads(server.stdout.readline())["url"], portal)
        print(f"1..{checks}")
    finally:
        loop.quit()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
