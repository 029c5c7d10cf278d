"""Stands for Lambda: hands one process its events over the Runtime API, one after the other."""
import http.server
import json
import socket
import threading
import time
import uuid


def http_event(method, path, body="", headers=None, query=""):
    """An event of an API Gateway HTTP API (payload format 2.0)."""
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "127.0.0.1", "content-type": "application/json", **(headers or {})},
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "203.0.113.9"},
            "requestId": str(uuid.uuid4()),
            "stage": "$default",
        },
        "body": body,
        "isBase64Encoded": False,
    }


class RuntimeApi:
    """The server of one process. Use it as a context manager."""

    def __init__(self, limit_seconds=30):
        self.limit_seconds = limit_seconds
        self._events = []
        self._posted = []
        self._wake = threading.Condition()
        self._closed = False
        api = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def do_GET(self):
                event = api._take()
                if event is None:
                    self.close_connection = True
                    return
                deadline = int((time.time() + api.limit_seconds) * 1000)
                self._send(200, json.dumps(event).encode(), {
                    "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
                    "Lambda-Runtime-Deadline-Ms": str(deadline),
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:local:0:function:it",
                    "Content-Type": "application/json",
                })

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                at = time.perf_counter()
                self._send(202, b'{"status":"OK"}', {})
                api._note(self.path, body, at)

            def _send(self, status, body, headers):
                lines = [f"HTTP/1.1 {status} OK", f"Content-Length: {len(body)}"]
                lines += [f"{name}: {value}" for name, value in headers.items()]
                self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # A process that ended in the middle of its question.

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _take(self):
        with self._wake:
            self._wake.wait_for(lambda: self._events or self._closed)
            return None if self._closed else self._events.pop(0)

    def _note(self, path, body, at):
        with self._wake:
            self._posted.append((path.rsplit("/", 1)[1], body, at))
            self._wake.notify_all()

    def put(self, event):
        """Hands an event over without waiting for its answer."""
        with self._wake:
            self._events.append(event)
            self._wake.notify_all()

    def posted(self, count, timeout=20):
        """The first `count` posts: (last part of the path, body, perf_counter when it came)."""
        with self._wake:
            if not self._wake.wait_for(lambda: len(self._posted) >= count, timeout):
                raise TimeoutError(f"{len(self._posted)} of {count} posts came")
            return self._posted[:count]

    def invoke(self, event, timeout=20):
        """The next post after this event: ("response" or "error", the JSON in it)."""
        with self._wake:
            before = len(self._posted)
        self.put(event)
        kind, body, _ = self.posted(before + 1, timeout)[before]
        return kind, json.loads(body)
