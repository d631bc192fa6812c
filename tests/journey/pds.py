"""A real Bluesky server (PDS) for the journeys, with accounts, and a browser that signs in."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import proxy
import tap

SERVERS = os.path.join(os.environ["BELLMAN_SOURCE"], "tests", "servers", "bluesky")
POSTS = "app.bsky.feed.post"
PASSWORD = "only for this test"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_modules():
    """The folder of the installed server; skips the test where there is none."""
    done = subprocess.run([os.path.join(SERVERS, "install.sh"), "--present"], capture_output=True, text=True)
    if done.returncode == 77:
        raise tap.Skip(done.stderr.strip())
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout.strip()


class Refused(Exception):
    """The server answered with an error; its JSON is in .body."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


class Account:
    def __init__(self, pds, handle, answer):
        self.pds = pds
        self.handle = handle
        self.did = answer["did"]
        self.token = answer["accessJwt"]

    def app_password(self):
        return self.pds.call("com.atproto.server.createAppPassword", {"name": os.urandom(6).hex()}, token=self.token)["password"]

    def records(self):
        """All posts of the account, oldest first: [(record key, value)]."""
        found, cursor = [], None
        while True:
            parameters = {"repo": self.did, "collection": POSTS, "limit": 100}
            if cursor:
                parameters["cursor"] = cursor
            page = self.pds.call("com.atproto.repo.listRecords", parameters=parameters)
            found += [(record["uri"].split("/")[-1], record["value"], record["cid"]) for record in page["records"]]
            cursor = page.get("cursor")
            if not page["records"] or not cursor:
                return sorted(found, key=lambda record: record[0])

    def texts(self):
        return [value["text"] for _, value, _ in self.records()]


class Pds:
    """Starts the server, with a proxy in front of it; ends both with the context.

    Programs reach it by .url, which leads through the proxy; the test itself asks the server
    directly, so that what it counts is not what it disturbs.
    """

    def __init__(self, **environment):
        self.modules = find_modules()
        self.folder = tempfile.mkdtemp(prefix="bellman-pds-")
        self.listen_port, self.plc_port = free_port(), free_port()
        self.proxy = proxy.Proxy(self.listen_port)
        self.port = self.proxy.port
        self.url = f"http://localhost:{self.port}"
        self.environment = environment
        self.n_accounts = 0
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.proxy.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        self.process = subprocess.Popen(
            [os.path.join(self.modules, "bin", "node"), os.path.join(SERVERS, "start.mjs"), self.modules, str(self.port), str(self.plc_port), self.folder,
             str(self.listen_port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ, **self.environment))
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the server does not start")
        self.plc = json.loads(line)["plc"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)

    def call(self, method, body=None, parameters=None, token=None):
        url = f"http://127.0.0.1:{self.listen_port}/xrpc/{method}"
        if parameters:
            url += "?" + urllib.parse.urlencode(parameters)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(url, data=json.dumps(body).encode() if body is not None else None, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read() or b"{}")) from None

    def create_account(self):
        self.n_accounts += 1
        handle = f"shop{self.n_accounts}.test"
        answer = self.call("com.atproto.server.createAccount",
                           {"email": f"shop{self.n_accounts}@example.test", "handle": handle, "password": PASSWORD})
        return Account(self, handle, answer)


class Browser:
    """What a browser does on the server's pages, so that signing in runs unattended."""

    def __init__(self, origin):
        self.origin = urllib.parse.urlsplit(origin)
        self.cookies = {}

    def request(self, method, url, headers, body=None):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        all_headers = dict(headers, Host=parts.netloc, **({"Cookie": cookie} if cookie else {}))
        connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, all_headers)
        answer = connection.getresponse()
        text = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";")[0]
                self.cookies[pair.split("=", 1)[0]] = pair.split("=", 1)[1]
        connection.close()
        return answer, text

    def navigate(self, url, site, **headers):
        return self.request("GET", url, {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
                                         "Sec-Fetch-Site": site, "Accept": "text/html", **headers})

    def call_page(self, page, path, body, **headers):
        origin = f"{self.origin.scheme}://{self.origin.netloc}"
        answer, text = self.request(
            "POST", f"{origin}/@atproto/oauth-provider/~api{path}",
            {"Content-Type": "application/json", "Sec-Fetch-Mode": "same-origin", "Sec-Fetch-Site": "same-origin",
             "Sec-Fetch-Dest": "empty", "Origin": origin, "Referer": page,
             "X-CSRF-Token": self.cookies.get("csrf-token", ""), **headers}, json.dumps(body))
        assert answer.status == 200, (path, answer.status, text)
        return json.loads(text)

    def agree(self, page, account):
        """Signs in on the page and agrees; returns where the page sends the browser."""
        answer, _ = self.navigate(page, "none")
        assert answer.status == 200, answer.status
        signed_in = self.call_page(page, "/sign-in", {"locale": "en", "username": account.handle, "password": PASSWORD,
                                                      "remember": False})
        bearer = {"Authorization": f"Bearer {signed_in['ephemeralToken']}"} if signed_in.get("ephemeralToken") else {}
        consent = self.call_page(page, "/consent", {"sub": account.did, "scope": "atproto transition:generic"}, **bearer)
        answer, _ = self.navigate(consent["url"], "same-origin", Referer=page)
        assert answer.status in (302, 303), answer.status
        return answer.getheader("Location")
