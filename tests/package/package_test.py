#!/usr/bin/env python3
"""The file for AWS Lambda where it will run: alone, and beside another system's libraries.

The program of the package is started in an empty folder as its root, and in an older Debian whose
name service loads libraries (hosts: files myhostname dns). Events come from a stand-in for Lambda;
names, TLS servers and authorities are its own, in a network of its own. Needs root.
"""
import argparse
import contextlib
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "cold_start")]

from bare_system import bare_system  # noqa: E402
from network import Authority, NameServer, PaintingServer  # noqa: E402
from runtime_api import RuntimeApi, http_event  # noqa: E402

HOST = "painter.imagify.test"
BUNDLE = "etc/pki/tls/certs/ca-bundle.crt"
PACKAGE_MAX_BYTES = 6_000_000
# Machine of the package -> its program, and what runs it here.
MACHINES = {
    "x86_64": (ROOT / "build" / "bootstrap", None),
    "arm64": (ROOT / "build" / "arm64" / "bootstrap", "qemu-aarch64-static"),
}

passed = failed = 0


def check(good, what):
    """One verdict. The program's exit code follows them all."""
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok    ' if good else 'FAILED'} {what}", flush=True)


def older_debian():
    """The folder of a Debian 11 with libnss-myhostname."""
    return bare_system("bullseye", ["libnss-myhostname"],
                       "usr/lib/x86_64-linux-gnu/libnss_myhostname.so.2")


@contextlib.contextmanager
def started(root, settings):
    """The program with `root` as its root, and its Lambda."""
    folder = tempfile.mkdtemp(prefix="data-", dir=root / "tmp")
    with RuntimeApi(limit_seconds=25) as api, tempfile.TemporaryFile() as log:
        environment = {"AWS_LAMBDA_RUNTIME_API": api.address, "JWT_SECRET": "p" * 40,
                       "IMAGIFY_DATA": "/" + os.path.relpath(folder, root), **settings}
        through = ["/emulator"] if (root / "emulator").exists() else []
        process = subprocess.Popen([shutil.which("chroot"), root, *through, "/bootstrap"],
                                   env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield api, process
        except TimeoutError:
            log.seek(0)
            print(log.read().decode(errors="replace")[-1500:], file=sys.stderr)
            process.kill()
        finally:
            process.terminate()
            check(process.wait(5) == 0, "it ends when it is told to")
    shutil.rmtree(folder)


class Customer:
    def __init__(self, api):
        self.api, self.headers = api, {}

    def call(self, method, path, body=None):
        event = http_event(method, path, json.dumps(body) if body else "", self.headers)
        kind, answer = self.api.invoke(event)
        if kind != "response":
            return 0, answer
        is_json = answer["headers"].get("content-type", "").endswith("json")
        return answer["statusCode"], json.loads(answer["body"]) if is_json else answer

    def sign_up(self):
        person = {"email": "an@example.vn", "password": "a long pass phrase"}
        status, answer = self.call("POST", "/auth/register", person)
        self.headers = {"authorization": f"Bearer {answer.get('token')}"}
        return status

    def paint(self):
        return self.call("POST", "/image/generate-image", {"prompt": "a cat"})

    def credits(self):
        return self.call("GET", "/user/credits")[1].get("credits")


def prepare(root, bootstrap, files):
    (root / "tmp").mkdir(exist_ok=True)
    shutil.copy(bootstrap, root / "bootstrap")
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).unlink(missing_ok=True)
        (root / name).write_text(content)


def test_alone(root, name):
    with started(root, {"PAINTERS": "demo"}) as (api, _):
        customer = Customer(api)
        check(customer.call("GET", "/plans")[0] == 200, f"{name}: an event in, an answer out")
        check(customer.sign_up() == 201, f"{name}: an account, with its password hashed and stored")
        status, image = customer.paint()
        check(status == 200, f"{name}: a picture painted, inspected and stored")
        status, file = customer.call("GET", image.get("imageUrl", "/"))
        check(status == 200 and file["isBase64Encoded"], f"{name}: its bytes in an answer")
        kind, error = api.invoke({"what": "is this"})
        check(kind == "error" and error["errorType"] == "event.unknown",
              f"{name}: an event of nobody is reported")


def test_network(root, name, names, painter, wrong):
    for host, server, good in ((HOST, painter, True), (HOST, wrong, False),
                               ("absent.imagify.test", painter, False)):
        before, asked = server.requests, len(names.asked)
        settings = {"PAINTERS": "clipdrop", "CLIPDROP_API": "key",
                    "CLIPDROP_URL": f"https://{host}:{server.port}"}
        with started(root, settings) as (api, process):
            customer = Customer(api)
            customer.sign_up()
            status, answer = customer.paint()
            reached = server.requests - before
            case = f"{name}: {'verified' if good else 'refused'} {host}"
            case += " with another's certificate" if server is wrong else ""
            if good:
                check(status == 200 and reached == 1, f"{case} ({status}, reached {reached})")
            else:
                check(status == 503 and reached == 0 and customer.credits() == 5,
                      f"{case} ({status}, reached {reached})")
            check(process.poll() is None, f"{case}: it lives on")
        check(len(names.asked) > asked, f"{case}: its name was looked up with us")


def test_trap(root, folder):
    """Without this the tests of the older Debian could not fail."""
    unwary = root / "unwary"
    source = pathlib.Path(__file__).with_name("unwary.c")
    subprocess.run(["clang-19", "-static", "-w", "-o", unwary, source], check=True, cwd=folder,
                   stderr=subprocess.DEVNULL)
    died = subprocess.run([shutil.which("chroot"), root, "/unwary", HOST],
                          stderr=subprocess.DEVNULL)
    unwary.unlink()
    check(died.returncode < 0, f"older Debian: an unwary program dies ({died.returncode})")


def test_package(package, program):
    check(package.stat().st_size <= PACKAGE_MAX_BYTES, f"{package.stat().st_size:,} bytes")
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
        check([entry.filename for entry in entries] == ["bootstrap"], "one file, bootstrap")
        check(entries[0].external_attr >> 16 == 0o100755, "that may be run")
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(program, folder)
        os.utime(copy, (0, 0))
        subprocess.run([ROOT / "tools" / "package.py", copy, "--into", folder], check=True,
                       stdout=subprocess.DEVNULL)
        check(filecmp.cmp(package, pathlib.Path(folder) / package.name, shallow=False),
              "packed elsewhere and at another time it has the same bytes")
    content = program.read_bytes()
    check(str(ROOT).encode() not in content, "nothing in it names the folder it was built in")


def run(package, program, emulator):
    test_package(package, program)
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        folder = pathlib.Path(folder)
        with zipfile.ZipFile(package) as archive:
            archive.extract("bootstrap", folder)
        (folder / "bootstrap").chmod(0o755)
        authority = Authority(folder)
        names = NameServer({HOST: "127.0.0.1"})
        painter = PaintingServer(authority.context_for(HOST))
        wrong = PaintingServer(authority.context_for("other.imagify.test"))
        network = {"etc/resolv.conf": "nameserver 127.0.0.1\n",
                   BUNDLE: authority.certificate.read_text()}
        empty = folder / "empty"
        empty.mkdir()
        if emulator:
            shutil.copy(shutil.which(emulator), empty / "emulator")
        prepare(empty, folder / "bootstrap", {})
        test_alone(empty, "empty root")
        prepare(empty, folder / "bootstrap", network)
        test_network(empty, "empty root", names, painter, wrong)
        if emulator:
            return  # An older Debian of this machine has nothing that the program could load.
        older = older_debian()
        prepare(older, folder / "bootstrap",
                {**network, "etc/nsswitch.conf": "hosts: files myhostname dns\n"})
        test_trap(older, folder)
        test_alone(older, "older Debian")
        test_network(older, "older Debian", names, painter, wrong)


def main():
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: tests/package/package_test.py (as root, after ./run package)")
    reader.add_argument("--machine", choices=MACHINES, default="x86_64",
                        help="of the package; arm64 runs under qemu, in an empty root only")
    reader.add_argument("--deep", action="store_true", help="as without it: there is no more")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = reader.parse_args()
    if os.geteuid() != 0:
        print("package: 0 passed, 1 failed: it needs root for a root folder of its own")
        sys.exit(1)
    if not arguments.inside:
        if arguments.machine == "x86_64":
            older_debian()  # While there is a network.
        os.execvp("unshare", ["unshare", "-n", sys.executable, __file__, "--inside", "--machine",
                              arguments.machine])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    run(ROOT / "dist" / f"imagify-lambda-{arguments.machine}.zip", *MACHINES[arguments.machine])
    print(f"package: {passed} passed, {failed} failed")
    sys.exit(0 if failed == 0 else 1)


if __name__ == "__main__":
    main()
