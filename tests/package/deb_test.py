#!/usr/bin/env python3
"""The Debian package in a bare Debian: installed, served, upgraded, removed, purged.

There is no systemd in a folder: the test starts what the unit says, as the user it says, and holds
the calls of the program against what the unit's sandbox would allow. Needs root.
"""
import argparse
import filecmp
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools")]

import deb  # noqa: E402
from bare_system import bookworm  # noqa: E402
from customer import Customer  # noqa: E402
from sandbox import check_exposure, check_sandbox  # noqa: E402
from unit_file import Service, UnitFile, environment_file  # noqa: E402

UNIT = "lib/systemd/system/imagify.service"
# What dpkg itself remembers, and logs of installing.
OF_DPKG = re.compile(r"(var/(lib/dpkg|cache|log)|run)(/|$)|etc/(passwd|group|shadow|gshadow)-$")


class Verdicts:
    def __init__(self):
        self.good, self.bad = [], []

    def check(self, good, what):
        (self.good if good else self.bad).append(what)


def inside(root, *words):
    return subprocess.run(["chroot", root, *words], capture_output=True, text=True,
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
                               "DEBIAN_FRONTEND": "noninteractive"})


def install(root, package):
    shutil.copy(package, root / "tmp" / "it.deb")
    done = inside(root, "dpkg", "--install", "/tmp/it.deb")
    (root / "tmp" / "it.deb").unlink()
    if done.returncode:
        print(done.stderr[-1500:], file=sys.stderr)
    return done.returncode == 0


def files(root):
    """Every file and folder that is not dpkg's own memory, with what users there are."""
    found = {str(path.relative_to(root)) for path in root.rglob("*")}
    users = {line.split(":")[0] for name in ("passwd", "group")
             for line in (root / "etc" / name).read_text().splitlines()}
    return {name for name in found if not OF_DPKG.match(name)} | {f"user {one}" for one in users}


def facts(path):
    about = path.stat()
    return stat.S_IMODE(about.st_mode), about.st_uid, about.st_gid


def check_installed(verdicts, root):
    passwd = (root / "etc/passwd").read_text()
    user = re.search(r"^imagify:[^:]*:(\d+):(\d+):.*:(/usr/sbin/nologin|/bin/false)$", passwd, re.M)
    verdicts.check(user, "a user of its own that cannot log in")
    uid, gid = map(int, user.groups()[:2]) if user else (-1, -1)
    for name in ("imagify.env", "secrets.env"):
        verdicts.check(facts(root / "etc/imagify" / name) == (0o640, 0, gid),
                       f"{name}: root writes, the service reads, nobody else")
    verdicts.check(facts(root / "var/lib/imagify") == (0o700, uid, gid), "the data folder is its")
    secrets = environment_file(root / "etc/imagify/secrets.env")
    verdicts.check(all(len(secrets.get(name, "")) == 64 for name in
                       ("JWT_SECRET", "METRICS_TOKEN")) and len(set(secrets.values())) == 2,
                   "two secrets of 48 bytes were made")
    version = inside(root, "imagify", "version").stdout
    verdicts.check(version == f"imagify {deb.version_of_sources()}\n", f"it is {version.strip()}")
    wanted = root / "etc/systemd/system/multi-user.target.wants/imagify.service"
    verdicts.check(wanted.is_symlink(), "it starts with the machine")


def check_first_run(verdicts, root, unit, through):
    """Yields who signed up and the picture's address."""
    customer, picture = Customer(), "/nothing"
    with Service(root, unit, through) as service:
        verdicts.check(service.hear("READY=1"), "it tells systemd that it is ready")
        healthy = inside(root, "imagify", "health")
        verdicts.check(healthy.returncode == 0, "imagify health agrees")
        verdicts.check(customer.call("GET", "/")[0] == 200, "the web app is in it")
        verdicts.check(customer.sign_up() == 201, "a customer signs up")
        status, picture = customer.paint()
        verdicts.check(status == 200, "and gets a picture")
        verdicts.check(service.stop() == 0 and service.hear("STOPPING=1"),
                       "it says that it stops, and ends well")
    return customer, picture


def check_second_run(verdicts, root, unit, customer, picture):
    with Service(root, unit) as service:
        verdicts.check(service.hear("READY=1"), "the new version is ready")
        status, body = customer.call("GET", "/user/credits")
        verdicts.check(status == 200 and json.loads(body).get("credits") == 4,
                       "the customer's session and credits are there")
        status, body = customer.call("GET", picture)
        verdicts.check(status == 200 and len(body) > 1000, "the picture is there")
        books = inside(root, "imagify-service", "verify")
        verdicts.check(books.returncode == 0, f"the books balance ({books.stdout.strip()})")
        service.stop()


def scenario(bare, folder, old, new, through=()):
    """The life of a package. Yields the verdicts."""
    verdicts, root = Verdicts(), pathlib.Path(folder) / "root"
    subprocess.run(["cp", "-a", bare, root], check=True)
    before = files(root)
    verdicts.check(install(root, old), "it is installed")
    check_installed(verdicts, root)
    unit = UnitFile(root / UNIT)
    customer, picture = check_first_run(verdicts, root, unit, through)
    settings = root / "etc/imagify/imagify.env"
    settings.write_text(settings.read_text() + "SELLER_NAME=Ours\n")
    kept = [path.read_text() for path in sorted(settings.parent.iterdir())]
    verdicts.check(install(root, new), "it is upgraded")
    verdicts.check([path.read_text() for path in sorted(settings.parent.iterdir())] == kept,
                   "settings and secrets are as they were")
    check_second_run(verdicts, root, unit, customer, picture)
    verdicts.check(inside(root, "dpkg", "--remove", "imagify").returncode == 0, "it is removed")
    verdicts.check((root / "var/lib/imagify/imagify.db").exists() and settings.exists(),
                   "removing keeps data and settings")
    verdicts.check(inside(root, "dpkg", "--purge", "imagify").returncode == 0, "it is purged")
    left = files(root) ^ before
    verdicts.check(not left, f"nothing is left {sorted(left)[:6] or ''}")
    shutil.rmtree(root)
    return verdicts


PLANTED = (
    # What is wrong, in which script, for what, and which verdict must say so.
    ("the data outlives a purge", "postrm", "rm -rf /var/lib/imagify", "rm -rf",
     "nothing is left .*var/lib/imagify"),
    ("the user outlives a purge", "postrm", "userdel imagify", "true",
     "nothing is left .*user imagify"),
    ("an upgrade makes new secrets", "postinst", "! -e /etc/imagify/secrets.env", "! -e /nowhere",
     "settings and secrets"),
    ("everybody reads the secrets", "postinst", 'chmod 0640 "$made"', 'chmod 0644 "$made"',
     "secrets.env: root writes"),
    ("sessions end with an upgrade", "postinst", "! -e /etc/imagify/secrets.env", "! -e /nowhere",
     "the customer's session"),
)


def broken(package, folder, name):
    """The package with everything planted in its maintainer's scripts."""
    unpacked = pathlib.Path(folder) / "unpacked"
    subprocess.run(["dpkg-deb", "--raw-extract", package, unpacked], check=True)
    scripts = {script: (unpacked / "DEBIAN" / script).read_text() for _, script, *_ in PLANTED}
    for _, script, good, bad, _ in PLANTED:
        assert good in scripts[script] or bad in scripts[script], f"{script} has no {good}"
        scripts[script] = scripts[script].replace(good, bad)
    for script, text in scripts.items():
        (unpacked / "DEBIAN" / script).write_text(text)
    made = pathlib.Path(folder) / f"{name}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", unpacked, made],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(unpacked)
    return made


def check_package(verdicts, program, package, folder):
    copy = shutil.copy(program, pathlib.Path(folder) / "elsewhere")
    os.utime(copy, (0, 0))
    previous = os.umask(0o077)
    again = deb.pack(pathlib.Path(copy), pathlib.Path(folder) / "again", deb.version_of_sources())
    os.umask(previous)
    verdicts.check(filecmp.cmp(package, again, shallow=False),
                   "packed elsewhere, at another time, with another umask: the same bytes")
    lintian = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", package],
                             capture_output=True, text=True)
    verdicts.check(lintian.returncode == 0, f"lintian has nothing to say {lintian.stdout[:500]}")


def run(program):
    verdicts = Verdicts()
    bare = bookworm()
    with tempfile.TemporaryDirectory(prefix="deb-test-") as folder:
        os.chmod(folder, 0o755)
        places = pathlib.Path(folder)
        package = deb.pack(program, places, deb.version_of_sources())
        check_package(verdicts, program, package, folder)
        newer = deb.pack(program, places, deb.version_of_sources() + "+1")
        log = places / "calls"
        strace = ("strace", "-D", "-f", "-qq", "-o", log)
        life = scenario(bare, folder, package, newer, strace)
        verdicts.good += life.good
        verdicts.bad += life.bad
        check_sandbox(verdicts, ROOT / "ops/systemd/imagify.service", log)
        check_exposure(verdicts, ROOT / "ops/systemd/imagify.service")
        missed = scenario(bare, folder, broken(package, folder, "old"),
                          broken(newer, folder, "new")).bad
        for wrong, *_, seen in PLANTED:
            verdicts.check(any(re.match(seen, what) for what in missed), f"planted: {wrong}: seen")
    return verdicts


def main():
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: tests/package/deb_test.py (as root, after ./run build)")
    reader.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "imagify")
    reader.add_argument("--deep", action="store_true", help="as without it: there is no more")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = reader.parse_args()
    if os.geteuid() != 0:
        sys.exit("deb: 0 passed, 1 failed: it needs root for a root folder of its own")
    if not arguments.inside:
        bookworm()  # While there is a network.
        os.execvp("unshare", ["unshare", "-n", sys.executable, __file__, "--inside", "--program",
                              str(arguments.program)])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    verdicts = run(arguments.program)
    for what in verdicts.good:
        print(f"ok     {what}")
    for what in verdicts.bad:
        print(f"FAILED {what}")
    print(f"deb: {len(verdicts.good)} passed, {len(verdicts.bad)} failed")
    sys.exit(1 if verdicts.bad else 0)


if __name__ == "__main__":
    main()
