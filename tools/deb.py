#!/usr/bin/env python3
"""Makes the Debian package: the program, its systemd unit, settings, manual and examples.

The same program gives the same bytes, whenever and wherever it is packed.
"""
import argparse
import email.utils
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PARTS = ROOT / "ops" / "deb"
WEB = ROOT / "web"
ARCHITECTURES = {62: "amd64", 183: "arm64"}
# Their code is in the program; their terms go with it.
LIBRARIES = [
    "libargon2-dev", "libboost1.*-dev", "libc6-dev", "libcli11-dev", "libcrypt-dev",
    "libdeflate-dev", "libfmt-dev", "libhiredis-dev", "libjpeg*-turbo-dev", "liboath-dev",
    "libpng-dev", "libspdlog-dev", "libsqlite3-dev", "libssl-dev", "libstdc++-*-dev",
    "libwebp-dev", "zlib1g-dev",
]
NO_TIME = 946684800  # 2000-01-01, where no history says when.


def architecture_of(program):
    head = program.read_bytes()[:20]
    machine = ARCHITECTURES.get(int.from_bytes(head[18:20], "little"))
    if head[:4] != b"\x7fELF" or machine is None:
        sys.exit(f"{program} is no program for {' or '.join(ARCHITECTURES.values())}")
    return machine


def version_of_sources():
    found = re.search(r"project\(imagify VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())
    return found.group(1)


def time_of_sources():
    """When the sources were as they are: the same answer for everybody who has them."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    asked = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True,
                           text=True)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else NO_TIME


def commands(program):
    """Name -> help of each command, as the program itself tells it."""
    def told(*words):
        return subprocess.run([*program, *words, "--help"], check=True, capture_output=True,
                              text=True).stdout

    listing = told().split("Subcommands:", 1)[1].split("\n\n", 1)[0]
    names = re.findall(r"^  ([a-z-]+) ", listing, re.M)
    return {name: told(name) for name in names}


def roff(text):
    """Text as it stands, in a manual page."""
    lines = (line.replace("\\", "\\e").replace("-", "\\-") for line in text.rstrip().split("\n"))
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in lines)


def manual(told, version, day):
    sections = [
        f'.TH IMAGIFY 1 "{day}" "imagify {version}" "User commands"',
        ".SH NAME\nimagify \\- pictures by the credit, paid through VNPAY",
        ".SH SYNOPSIS\n.B imagify\n.I command\n.RI [ flags ]",
        ".SH DESCRIPTION\nOne program serves the web app and the API, does the background work and "
        "has the operators' commands. As a service it is run by systemd with the settings of\n"
        ".IR /etc/imagify/imagify.env ;\n"
        ".B imagify\\-service\n.I command\nruns any command with the same settings, as the same "
        "user.",
        ".SH COMMANDS",
        *(f".SS {roff(name)}\n.nf\n{roff(text)}\n.fi" for name, text in told.items()),
        ".SH FILES\n"
        ".TP\n.I /etc/imagify/imagify.env\nSettings.\n"
        ".TP\n.I /etc/imagify/secrets.env\nSecrets made at installation.\n"
        ".TP\n.I /var/lib/imagify\nAccounts, books and pictures: all that is worth keeping.",
        ".SH EXIT STATUS\n0 done, 1 found a problem, 2 usage.",
    ]
    return "\n".join(sections) + "\n"


def completion(names):
    return f"# Commands of imagify, for bash.\ncomplete -W '{' '.join(names)}' -o default imagify\n"


class Package:
    """The files of a package, in a folder."""

    def __init__(self, folder):
        self.folder = folder

    def put(self, path, content, mode=0o644):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        target.chmod(mode)

    def put_zipped(self, path, content):
        data = content if isinstance(content, bytes) else content.encode()
        self.put(path + ".gz", gzip.compress(data, 9, mtime=0))

    def finish(self, time):
        """Modes and times that do not depend on who packs, and when."""
        for path in [self.folder, *self.folder.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
            os.utime(path, (time, time))

    def kibibytes(self):
        return sum(-(-path.stat().st_size // 1024) for path in self.folder.rglob("*")
                   if path.is_file())


def maintainer():
    return (f"{os.environ.get('DEBFULLNAME', 'Imagify maintainers')} "
            f"<{os.environ.get('DEBEMAIL', 'maintainers@imagify.invalid')}>")


def history(version, time):
    """Debian's form of a change log. What changed for users is in CHANGELOG.md, beside it."""
    return (f"imagify ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n"
            f" -- {maintainer()}  {email.utils.formatdate(time)}\n")


def terms_of_web_app():
    """The terms of what may be in the web app: all its packages that are not only for building."""
    texts = []
    for place, facts in json.loads((WEB / "package-lock.json").read_text())["packages"].items():
        if not place or facts.get("dev") or facts.get("optional"):
            continue
        files = sorted(path for path in (WEB / place).glob("*")
                       if re.match(r"licen[cs]e|notice", path.name, re.I))
        told = [path.read_text().strip() for path in files]
        name = place.removeprefix("node_modules/")
        texts.append(f"{name} {facts['version']}: {facts.get('license', 'see below')}\n\n"
                     + "\n\n".join(told))
    return f"\n\n{'-' * 72}\n\n".join(texts) + "\n"


def put_documents(package, told, version, time):
    where = "usr/share/doc/imagify"
    day = subprocess.run(["date", "-u", "-d", f"@{time}", "+%Y-%m-%d"], check=True,
                         capture_output=True, text=True).stdout.strip()
    package.put_zipped("usr/share/man/man1/imagify.1", manual(told, version, day))
    page = (PARTS / "imagify-service.8").read_bytes()
    package.put_zipped("usr/share/man/man8/imagify-service.8", page)
    package.put("usr/share/bash-completion/completions/imagify", completion(told))
    package.put(f"{where}/copyright", (PARTS / "copyright").read_bytes())
    package.put_zipped(f"{where}/changelog", history(version, time))
    package.put_zipped(f"{where}/CHANGELOG.md", (ROOT / "CHANGELOG.md").read_bytes())
    package.put("usr/share/lintian/overrides/imagify", (PARTS / "lintian-overrides").read_bytes())
    for example in ("nginx/imagify.conf", "caddy/Caddyfile"):
        package.put(f"{where}/examples/{example}", (ROOT / "ops" / example).read_bytes())
    for pattern in LIBRARIES:
        terms = sorted(pathlib.Path("/usr/share/doc").glob(f"{pattern}/copyright"))
        if not terms:
            sys.exit(f"the terms of {pattern} are not in /usr/share/doc: build on Debian")
        for path in terms:
            package.put_zipped(f"{where}/libraries/{path.parent.name}", path.read_bytes())
    package.put_zipped(f"{where}/libraries/web-app", terms_of_web_app())


def put_control(package, version, architecture):
    control = (PARTS / "control").read_text()
    for name, value in (("VERSION", version), ("ARCHITECTURE", architecture),
                        ("MAINTAINER", maintainer()), ("KIBIBYTES", str(package.kibibytes()))):
        control = control.replace(f"@{name}@", value)
    sums = "".join(
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(package.folder)}\n"
        for path in sorted(package.folder.rglob("*"))
        if path.is_file() and "etc" not in path.relative_to(package.folder).parts)
    package.put("DEBIAN/control", control)
    package.put("DEBIAN/md5sums", sums)
    package.put("DEBIAN/conffiles", "/etc/imagify/imagify.env\n")
    for script in ("postinst", "prerm", "postrm"):
        package.put(f"DEBIAN/{script}", (PARTS / script).read_bytes(), 0o755)


def pack(program, into, version, through=()):
    """Writes the package and returns its path. `through` runs a program of another machine."""
    architecture, time = architecture_of(program), time_of_sources()
    told = commands([*through, program])
    with tempfile.TemporaryDirectory(prefix="deb-") as folder:
        package = Package(pathlib.Path(folder))
        package.put("usr/bin/imagify", program.read_bytes(), 0o755)
        package.put("usr/sbin/imagify-service", (PARTS / "imagify-service").read_bytes(), 0o755)
        package.put("lib/systemd/system/imagify.service",
                    (ROOT / "ops" / "systemd" / "imagify.service").read_bytes())
        package.put("etc/imagify/imagify.env", (PARTS / "imagify.env").read_bytes(), 0o640)
        put_documents(package, told, version, time)
        put_control(package, version, architecture)
        package.finish(time)
        into.mkdir(parents=True, exist_ok=True)
        made = into / f"imagify_{version}_{architecture}.deb"
        partial = made.with_suffix(".partial")
        # One thread: how many pieces xz makes depends on their number.
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1",
                        "--build", folder, partial], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "SOURCE_DATE_EPOCH": str(time)})
        os.replace(partial, made)
    return made


def main():
    reader = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="example: tools/deb.py build/imagify --into dist")
    reader.add_argument("program", type=pathlib.Path)
    reader.add_argument("--into", type=pathlib.Path, default=pathlib.Path("dist"))
    reader.add_argument("--version", default=version_of_sources(),
                        help="of the package; default: the sources'")
    reader.add_argument("--through", nargs=1, default=[],
                        help="what runs a program of another machine: its help is the manual")
    arguments = reader.parse_args()
    if shutil.which("dpkg-deb") is None:
        sys.exit("dpkg-deb is missing: Debian packages are made on Debian or Ubuntu")
    if not arguments.program.exists():
        sys.exit(f"{arguments.program} is not there: ./run build makes it")
    made = pack(arguments.program.resolve(), arguments.into, arguments.version,
                arguments.through)
    content = made.read_bytes()
    print(f"{made}  {len(content):,} bytes  sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
