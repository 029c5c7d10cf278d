"""A small internet on the loopback of a network of its own: names, and servers behind TLS."""
import http.server
import pathlib
import socket
import ssl
import struct
import subprocess
import threading
import zlib


def png():
    """A picture of 64 x 64 grey points."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\x80" * 3 * 64 for _ in range(64))
    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


class NameServer:
    """DNS over UDP on 127.0.0.1:53. Knows `names`; counts what it was asked."""

    def __init__(self, names):
        self.names, self.asked = names, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            question, client = self.socket.recvfrom(4096)
            labels, at = [], 12
            while question[at]:
                labels.append(question[at + 1:at + 1 + question[at]].decode())
                at += question[at] + 1
            name, kind = ".".join(labels), struct.unpack(">H", question[at + 1:at + 3])[0]
            self.asked.append(name)
            known = name in self.names
            answers = 1 if known and kind == 1 else 0
            flags = 0x8180 if known else 0x8183
            reply = question[:2] + struct.pack(">HHHHH", flags, 1, answers, 0, 0)
            reply += question[12:at + 5]
            if answers:
                reply += struct.pack(">HHHIH", 0xC00C, 1, 1, 60, 4)
                reply += socket.inet_aton(self.names[name])
            self.socket.sendto(reply, client)


class Authority:
    """A certificate authority of its own, in `folder`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.certificate = self.folder / "authority.pem"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                      "-nodes", "-days", "2", "-subj", "/CN=Test Authority",
                      "-keyout", self.folder / "authority.key", "-out", self.certificate)

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def context_for(self, host):
        """A server's TLS with a certificate for `host`."""
        key, request, made = (self.folder / f"{host}.{end}" for end in ("key", "csr", "pem"))
        names = self.folder / f"{host}.names"
        names.write_text(f"subjectAltName=DNS:{host}\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                      "-subj", f"/CN={host}", "-keyout", key, "-out", request)
        self._openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey",
                      self.folder / "authority.key", "-CAcreateserial", "-days", "2",
                      "-extfile", names, "-out", made)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
        return context


class PaintingServer:
    """Speaks like ClipDrop behind TLS; counts the requests that reached it."""

    def __init__(self, context):
        self.requests = 0
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                server.requests += 1
                body = png()
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # Who does not trust us ends the handshake.

        listener = Server(("127.0.0.1", 0), Handler)
        listener.socket = context.wrap_socket(listener.socket, server_side=True)
        self.port = listener.server_address[1]
        threading.Thread(target=listener.serve_forever, daemon=True).start()
