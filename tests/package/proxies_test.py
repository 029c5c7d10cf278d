#!/usr/bin/env python3
"""The examples for nginx and Caddy, as they are, in front of a server in production mode.

Both run on the loopback of a network of its own, with a certificate of an authority of its own.
Then the lines that matter are broken one by one, and the test must notice. Needs root.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from bare_system import bookworm
from network import Authority

ROOT = pathlib.Path(__file__).resolve().parents[2]
NGINX = ROOT / "ops" / "nginx" / "imagify.conf"
CADDY = ROOT / "ops" / "caddy" / "Caddyfile"
HOST = "pictures.example"
CUSTOMER, METRICS_TOKEN = "127.0.0.2", "m" * 40
PATIENCE_SECONDS = 15
# Long enough for an event that is not held back; only what is broken on purpose waits for it.
HELD_BACK_SECONDS = 2
PRODUCTION = {
    "IMAGIFY_MODE": "production", "IMAGIFY_PUBLIC_URL": f"https://{HOST}",
    "TRUSTED_PROXIES": "127.0.0.1", "JWT_SECRET": "j" * 40, "METRICS_TOKEN": METRICS_TOKEN,
    "PAINTERS": "demo", "SIGNUP_GIFT": "registration", "VNPAY_TMN_CODE": "TESTTMN1",
    "VNPAY_HASH_SECRET": "TESTONLYINVENTEDSECRETKEY0000001",
    "VNPAY_URL": "https://127.0.0.1:1/pay", "VNPAY_API_URL": "https://127.0.0.1:1/api",
    "SMTP_URL": "smtp://127.0.0.1:1", "MAIL_FROM": "Imagify <no-reply@pictures.example>",
}


def until(true, what):
    limit = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > limit:
            raise TimeoutError(what)
        time.sleep(0.02)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def running(words, port, folder, **settings):
    with open(folder / f"log-{port}", "wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **settings)
        try:
            until(lambda: listens(port) or process.poll() is not None, words[0])
            if process.poll() is not None:
                sys.exit(f"it does not start: {(folder / f'log-{port}').read_text()[-1000:]}")
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)
            until(lambda: not listens(port), f"the end of {words[0]}")


class Browser:
    """A customer's, at an address of the customer's own; believes only the test's authority."""

    def __init__(self, authority):
        self.context = ssl.create_default_context(cafile=authority)
        self.headers = {"Content-Type": "application/json", "Origin": f"https://{HOST}"}

    def connect(self, timeout=PATIENCE_SECONDS):
        connection = http.client.HTTPSConnection(HOST, timeout=timeout)
        plain = socket.create_connection(("127.0.0.1", 443), timeout, (CUSTOMER, 0))
        connection.sock = self.context.wrap_socket(plain, server_hostname=HOST)
        return connection

    def ask(self, method, path, body=None, headers=()):
        with contextlib.closing(self.connect()) as connection:
            connection.request(method, path, body, {**self.headers, **dict(headers)})
            answer = connection.getresponse()
            return answer, answer.read()

    def sign_up(self, name):
        person = {"email": f"{name}@example.vn", "password": "a long pass phrase"}
        answer, body = self.ask("POST", "/auth/register", json.dumps(person))
        with contextlib.suppress(ValueError):
            self.headers["Authorization"] = f"Bearer {json.loads(body).get('token')}"
        return answer

    def watch_a_picture(self, patience):
        """True when the picture's event comes while the stream is open."""
        with contextlib.closing(self.connect(patience)) as stream:
            stream.request("GET", "/image/events", headers=self.headers)
            try:
                answer = stream.getresponse()
                self.ask("POST", "/image/generate-image", json.dumps({"prompt": "a cat"}))
                return any(line.startswith(b"event: image") for line in answer)
            except TimeoutError:
                return False


def noticed_address(browser, log):
    """Whom the server takes for the caller when he says that he is somebody else."""
    def notices():
        return [line for line in log.read_text().splitlines() if '"payment.notice"' in line]

    before = len(notices())
    browser.ask("GET", "/payment/vnpay-ipn?vnp_TxnRef=1", None,
                {"X-Forwarded-For": "203.0.113.7"})
    until(lambda: len(notices()) > before, "payment.notice in the log")
    return json.loads(notices()[-1])["client"]


def verdicts_on(browser, log, name, patience):
    """Name of a check -> whether it is as it should be."""
    found = {}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", 80)) as plain:
        plain.request("GET", "/billing", headers={"Host": HOST})
        answer = plain.getresponse()
        found["http leads to https"] = answer.status in (301, 308) and answer.headers[
            "Location"] == f"https://{HOST}/billing"
    answer, page = browser.ask("GET", "/")
    found["the web app, with HSTS"] = (answer.status == 200 and b"<html" in page and
                                       "Strict-Transport-Security" in answer.headers)
    answer = browser.sign_up(name)
    cookie, *attributes = answer.headers.get("Set-Cookie", "").split("; ")
    found["a session's cookie is for TLS only"] = answer.status == 201 and "Secure" in attributes
    answer, _ = browser.ask("POST", "/auth/logout", None,
                            {"Cookie": cookie, "Authorization": "", "Origin": "https://evil.test"})
    found["another site's request is refused"] = answer.status == 403
    found["the customer's address arrives, not what he says"] = (
        noticed_address(browser, log) == CUSTOMER)
    found["live progress comes while it happens"] = browser.watch_a_picture(patience)
    answer, body = browser.ask("POST", "/auth/login", "x" * 100_000)
    found["100 kB are refused by the server, with a reason"] = (
        answer.status == 413 and body.startswith(b"{"))
    answer, _ = browser.ask("POST", "/auth/login", "x" * 1_500_000)
    found["1.5 MB are refused"] = answer.status == 413
    answer, _ = browser.ask("GET", "/metrics", None, {"Authorization": f"Bearer {METRICS_TOKEN}"})
    found["metrics are not for the world"] = answer.status == 404
    return found


class Proxy:
    """A program of the bare system; its files are in a folder there."""

    def __init__(self, system, folder):
        self.system, self.folder = system, folder
        self.certificate, self.key = (self.inside(f"{HOST}.{end}") for end in ("pem", "key"))

    def inside(self, name):
        """A file of the folder, as the proxy sees it."""
        return "/" + str((self.folder / name).relative_to(self.system))

    def run(self, *words):
        return subprocess.run(self.rooted(words), capture_output=True,
                              env={**os.environ, "HOME": "/tmp"}).returncode == 0

    def rooted(self, words):
        return ["chroot", self.system, *words]


class Nginx(Proxy):
    name, example = "nginx", NGINX
    # What is broken, how, and which check must notice.
    planted = (
        ("proxy_set_header X-Forwarded-Proto $scheme;", "", "a session's cookie is for TLS only"),
        ("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", "",
         "the customer's address arrives, not what he says"),
        ("proxy_buffering off;", "", "live progress comes while it happens"),
        ("location = /metrics {", "location = /elsewhere {", "metrics are not for the world"),
    )

    def write(self, text):
        text = text.replace("/etc/ssl/pictures.example.crt", self.certificate)
        text = text.replace("/etc/ssl/pictures.example.key", self.key)
        (self.folder / "imagify.conf").write_text(text)
        (self.folder / "nginx.conf").write_text(
            f"user root; daemon off; pid {self.inside('pid')}; error_log stderr;\n"
            f"events {{}}\nhttp {{ access_log off; include {self.inside('imagify.conf')}; }}\n")

    def words(self):
        return self.rooted(["nginx", "-c", self.inside("nginx.conf")])

    def accepts(self):
        return self.run("nginx", "-c", self.inside("nginx.conf"), "-t", "-q")


class Caddy(Proxy):
    name, example = "caddy", CADDY
    planted = (("flush_interval -1", "header_up -X-Forwarded-Proto",
                "a session's cookie is for TLS only"),
               ("respond /metrics 404", "", "metrics are not for the world"))

    def write(self, text):
        own = f"{HOST} {{\n\ttls {self.certificate} {self.key}"
        text = text.replace(f"{HOST} {{", own).replace("grace_period 10s", "grace_period 200ms")
        (self.folder / "Caddyfile").write_text(text)

    def words(self):
        return self.rooted(["caddy", "run", "--adapter", "caddyfile", "--config",
                            self.inside("Caddyfile")])

    def accepts(self):
        (self.folder / "example").write_text(self.example.read_text())
        return self.run("caddy", "validate", "--adapter", "caddyfile", "--config",
                        self.inside("example"))


def play(proxy, browser, folder, name, text, patience=PATIENCE_SECONDS):
    proxy.write(text)
    with running(proxy.words(), 443, folder, env={**os.environ, "HOME": "/tmp"}):
        return verdicts_on(browser, folder / "log-8080", name, patience)


def judge(proxy, authority, folder):
    """Yields (whether it is good, what)."""
    text = proxy.example.read_text()
    proxy.write(text)
    yield proxy.accepts(), f"{proxy.name}: it accepts {proxy.example.relative_to(ROOT)}"
    customer = Browser(authority)
    for what, good in play(proxy, customer, folder, f"{proxy.name}-an", text).items():
        yield good, f"{proxy.name}: {what}"
    for number, (line, instead, noticed) in enumerate(proxy.planted):
        assert line in text, f"{proxy.example} has no {line}"
        found = play(proxy, Browser(authority), folder, f"{proxy.name}-{number}",
                     text.replace(line, instead), HELD_BACK_SECONDS)
        yield not found[noticed], f"{proxy.name}: planted: without '{line}': seen"


def run(program):
    good = bad = 0
    system = bookworm()
    with tempfile.TemporaryDirectory(prefix="proxies-", dir=system / "tmp") as place:
        folder = pathlib.Path(place)
        authority = Authority(folder)
        authority.context_for(HOST)
        server = {**PRODUCTION, "IMAGIFY_DATA": str(folder / "data"),
                  "IMAGIFY_LISTEN": "127.0.0.1:8080"}
        for kind in (Nginx, Caddy):
            proxy = kind(system, folder)
            # Each with accounts of its own: the limits on signing up are by network.
            with running([program, "serve"], 8080, folder, env={
                    **server, "IMAGIFY_DATA": str(folder / kind.name)}):
                for fine, what in judge(proxy, authority.certificate, folder):
                    good, bad = good + bool(fine), bad + (not fine)
                    print(f"{'ok    ' if fine else 'FAILED'} {what}", flush=True)
    print(f"proxies: {good} passed, {bad} failed")
    return bad


def main():
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: tests/package/proxies_test.py (as root, after ./run build)")
    reader.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "imagify")
    reader.add_argument("--deep", action="store_true", help="as without it: there is no more")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = reader.parse_args()
    if os.geteuid() != 0:
        sys.exit("proxies: 0 passed, 1 failed: it needs root for a network of its own")
    if not arguments.inside:
        bookworm()  # While there is a network.
        os.execvp("unshare", ["unshare", "-n", sys.executable, __file__, "--inside", "--program",
                              str(arguments.program)])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    sys.exit(1 if run(arguments.program) else 0)


if __name__ == "__main__":
    main()
