"""A bare Debian in a folder, made once by debootstrap while there is a network."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def _mirror():
    """The Debian server that this machine uses."""
    sources = "".join(
        path.read_text() for path in [pathlib.Path("/etc/apt/sources.list"),
                                      *pathlib.Path("/etc/apt/sources.list.d").glob("*")]
        if path.is_file())
    found = re.search(r"https?://\S+/debian/?(?=\s)", sources + " ")
    return [found.group()] if found else []


def bare_system(suite, packages, proof):
    """The folder of a minimal `suite` with `packages`; the file `proof` shows that it is whole."""
    folder = ROOT / "build" / "package" / suite
    if not (folder / proof).exists():
        print(f"package: making a bare Debian ({suite}), once", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={','.join(packages)}",
                        suite, folder, *_mirror()], check=True, stdout=subprocess.DEVNULL)
    assert (folder / proof).exists(), f"without {proof} the test would prove nothing"
    return folder


def bookworm():
    """A Debian 12 with what the package depends on, and with the proxies of the examples."""
    folder = bare_system("bookworm", ["adduser", "ca-certificates", "caddy", "nginx-light",
                                      "init-system-helpers"], "usr/bin/caddy")
    (folder / "etc" / "hosts").write_text("127.0.0.1 localhost\n")
    return folder
