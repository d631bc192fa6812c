"""An HTTP proxy in front of a test's server that loses what it is told to lose."""

import http.client
import http.server
import threading


class Proxy:
    """Passes requests on, one connection each.

    .fault is called with (method, path) of each request and says what becomes of it:
      None            it passes
      "cut-before"    the connection ends, and the server never hears of it
      "cut-after"     the server answers, and the connection ends instead of the answer
      (status, body)  this answer, and the server never hears of it
      function        the server gets what it makes of the request's body
    .on_answer is called with (method, path, status) before an answer goes back.
    """

    def __init__(self, upstream):
        self.fault = lambda method, path: None
        self.on_answer = lambda method, path, status: None
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_any(self):
                self.close_connection = True
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = self.path.split("?")[0]
                fault = proxy.fault(self.command, path)
                if fault == "cut-before":
                    return
                if isinstance(fault, tuple):
                    self.reply(fault[0], [("Content-Type", "application/json")], fault[1].encode())
                    return
                status, headers, answer = self.forward(fault(body) if callable(fault) else body)
                proxy.on_answer(self.command, path, status)
                if fault != "cut-after":
                    self.reply(status, headers, answer)

            def forward(self, body):
                connection = http.client.HTTPConnection("127.0.0.1", upstream, timeout=60)
                headers = {name: value for name, value in self.headers.items()
                           if name.lower() not in ("connection", "content-length")}
                connection.request(self.command, self.path, body or None, headers)
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                return answer.status, answer.getheaders(), content

            def reply(self, status, headers, content):
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in ("connection", "transfer-encoding", "content-length", "keep-alive"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = handle_any

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            # A program that was killed does not wait for its answer.
            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
