#!/usr/bin/env python3
"""The container without Docker: a root folder that holds only what the Dockerfile copies.

Its program is started as the Dockerfile says: user, environment, command, a read-only root with one
volume. The build stage is not run (that needs Docker and its registry); instead, what .dockerignore
lets through is configured, and all files of the build have to be there. Needs root.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from customer import Customer
from dockerfile import Dockerfile, ignored

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20


def fill(root, dockerfile):
    """Makes the image's files."""
    for source, target, owner in dockerfile.copies():
        place = root / target.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if source == "/empty":
            place.mkdir(mode=0o700)
        else:
            ours = source.startswith("/src/")
            shutil.copy(ROOT / source.removeprefix("/src/") if ours else source, place)
        os.chown(place, *map(int, owner.split(":")))


class Container:
    """One `docker run`."""

    def __init__(self, root, dockerfile, **variables):
        self.root, self.dockerfile = root, dockerfile
        self.environment = {**dockerfile.environment(), **variables}

    def words(self, command):
        user = self.dockerfile.one("USER", "0:0")
        return ["setpriv", "--no-new-privs", shutil.which("chroot"), f"--userspec={user}",
                "--groups=", self.root, *command]

    def run(self, command, **more):
        return subprocess.run(self.words(command), env=self.environment, capture_output=True,
                              text=True, timeout=PATIENCE_SECONDS, **more)

    def healthy(self):
        return self.run(self.dockerfile.words("HEALTHCHECK")).returncode == 0

    def __enter__(self):
        command = self.dockerfile.words("ENTRYPOINT") + self.dockerfile.words("CMD")
        self.process = subprocess.Popen(self.words(command), env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        limit = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < limit and not self.healthy():
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def mounted(root, dockerfile):
    """Mounts the root read-only, its volumes writable; undone with the mount namespace."""
    subprocess.run(["mount", "--bind", root, root], check=True)
    for volume in dockerfile.words("VOLUME"):
        place = root / volume.lstrip("/")
        subprocess.run(["mount", "--bind", place, place], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", root, root], check=True)


def verdicts_on(text, folder):
    """Check -> whether it is as it should be."""
    dockerfile, root = Dockerfile(text), folder / "root"
    root.mkdir()
    fill(root, dockerfile)
    files = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    found = {
        "it is made from nothing": dockerfile.base == "scratch",
        "it holds the program and the authorities, and no shell": files == [
            "etc/ssl/certs/ca-certificates.crt", "usr/bin/imagify"],
        "it does not run as root": dockerfile.one("USER").split(":")[0] not in ("", "0", "root"),
        "the port is the one it listens on": dockerfile.environment()["IMAGIFY_LISTEN"].endswith(
            ":" + dockerfile.one("EXPOSE")),
    }
    mounted(root, dockerfile)
    refusal = Container(root, dockerfile)
    answer = refusal.run(dockerfile.words("ENTRYPOINT") + dockerfile.words("CMD"))
    found["without settings it refuses, and says which"] = (
        answer.returncode == 2 and "VNPAY_HASH_SECRET" in answer.stderr)
    found["nobody there: not healthy"] = not refusal.healthy()
    customer = Customer()
    with Container(root, dockerfile, IMAGIFY_MODE="development") as container:
        found["healthy"] = container.healthy()
        found["a customer signs up"] = customer.sign_up() == 201
        status, picture = customer.paint()
        found["and gets a picture"] = status == 200 and customer.call("GET", picture)[0] == 200
        found["the volume is the container's user's"] = all(
            f"{path.stat().st_uid}:{path.stat().st_gid}" == dockerfile.one("USER")
            for path in (root / "data").rglob("*")) and (root / "data/imagify.db").exists()
        container.process.terminate()
        found["it ends when it is told to"] = container.process.wait(PATIENCE_SECONDS) == 0
    with Container(root, dockerfile, IMAGIFY_MODE="development"):
        found["a new container on the volume knows its customers"] = (
            customer.call("GET", picture)[0] == 200)
    return found


PLANTED = (
    ("USER 10001:10001\n", "", "it does not run as root"),
    ("--chown=10001:10001 ", "", "healthy"),
    ("COPY --from=build /src/build/imagify /usr/bin/imagify\n",
     "COPY --from=build /bin/sh /bin/sh\nCOPY --from=build /src/build/imagify /usr/bin/imagify\n",
     "it holds the program and the authorities, and no shell"),
    ('"health"', '"version"', "nobody there: not healthy"),
    ("IMAGIFY_MODE=production", "IMAGIFY_MODE=none", "without settings it refuses, and says which"),
)


def check_context(folder):
    """Yields (good, what): the build's files are in the context, secrets and data are not."""
    patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines()
                if line and not line.startswith("#")]
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
                            check=True, capture_output=True, text=True).stdout.splitlines()
    sent = [path for path in listed if not ignored(path, patterns) and (ROOT / path).is_file()]
    for path in sent:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    shutil.copytree(ROOT / "web" / "dist", folder / "web" / "dist")  # ./run build makes it there.
    configured = subprocess.run(["cmake", "--preset", "release"], cwd=folder, capture_output=True,
                                text=True)
    planned = subprocess.run(["ninja", "-C", "build/release", "-n", "shipped"], cwd=folder,
                             capture_output=True, text=True)
    yield (configured.returncode == 0 and planned.returncode == 0,
           f"the context of {len(sent)} files has all that the build reads "
           f"{(configured.stderr or planned.stdout)[-300:] if planned.returncode else ''}")
    for path in (".env", "ops/.env", "imagify.env", "data/imagify.db", "build/imagify",
                 "web/node_modules/x/y.js", ".git/config"):
        yield ignored(path, patterns), f"{path} stays out of the context"
    yield not ignored("src/app/main.cpp", patterns), "and the sources do not"


def run():
    good = bad = 0

    def check(fine, what):
        nonlocal good, bad
        good, bad = good + bool(fine), bad + (not fine)
        print(f"{'ok    ' if fine else 'FAILED'} {what}", flush=True)

    text = (ROOT / "Dockerfile").read_text()
    with tempfile.TemporaryDirectory(prefix="context-") as place:
        for fine, what in check_context(pathlib.Path(place)):
            check(fine, what)
    for line, instead, noticed in ((None, None, None), *PLANTED):
        place = pathlib.Path(tempfile.mkdtemp(prefix="container-"))
        place.chmod(0o755)
        try:
            found = verdicts_on(text.replace(line, instead) if line else text, place)
        finally:
            for mount in ("root/data", "root"):
                subprocess.run(["umount", "-q", place / mount], stderr=subprocess.DEVNULL)
            shutil.rmtree(place)
        if line:
            assert line in text, f"the Dockerfile has no {line}"
            check(not found[noticed], f"planted: without {line.split(chr(10))[0]}: seen")
        else:
            for what, fine in found.items():
                check(fine, what)
    print(f"container: {good} passed, {bad} failed")
    return bad


def main():
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: tests/package/container_test.py (as root, after ./run build)")
    reader.add_argument("--deep", action="store_true", help="as without it: there is no more")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = reader.parse_args()
    if os.geteuid() != 0:
        sys.exit("container: 0 passed, 1 failed: it needs root for a root folder of its own")
    if not arguments.inside:
        os.execvp("unshare", ["unshare", "-n", "-m", "--propagation", "private", sys.executable,
                              __file__, "--inside"])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    sys.exit(1 if run() else 0)


if __name__ == "__main__":
    main()
