#!/usr/bin/env python3
"""Makes the file that AWS Lambda takes: a zip with one program named bootstrap.

The same program gives the same bytes, whenever and wherever it is packed.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
import zlib

LIMIT_BYTES = 6 * 1000 * 1000
# Zip knows no time before 1980 and no time zone.
NEVER = (2000, 1, 1)
MACHINES = {62: "x86_64", 183: "arm64"}


def machine_of(program):
    """The machine of a static ELF program; ends the process where it is none."""
    head = program.read_bytes()[:64]
    if head[:4] != b"\x7fELF":
        sys.exit(f"{program} is no program")
    machine = MACHINES.get(int.from_bytes(head[18:20], "little"))
    if machine is None:
        sys.exit(f"{program} is for a machine that Lambda does not have")
    layout = subprocess.run(
        ["readelf", "-lSW", program], check=True, capture_output=True, text=True
    ).stdout
    if "INTERP" in layout:
        sys.exit(f"{program} is not static: it would need libraries that Lambda does not have")
    if ".debug_info" in layout:
        sys.exit(f"{program} has debug information in it: pack the stripped one, build/bootstrap")
    return machine


def deflated(program):
    """The bytes, deflated as small as libdeflate can: 3 % smaller than zlib's best."""
    if shutil.which("libdeflate-gzip") is None:
        sys.exit("libdeflate-gzip is missing: apt-get install libdeflate-tools")
    with program.open("rb") as content:
        packed = subprocess.run(
            ["libdeflate-gzip", "-12", "-c"], stdin=content, check=True, capture_output=True
        ).stdout
    # RFC 1952: ten bytes in front of what was read from a pipe, eight behind it.
    if packed[:4] != b"\x1f\x8b\x08\x00":
        sys.exit("libdeflate-gzip wrote more of a head than was expected")
    return packed[10:-8]


def zipped(name, content, packed):
    """A zip archive of one file that may be run; `packed` is its deflated content."""
    year, month, day = NEVER
    about = struct.pack(
        "<HHHHHIIIHH", 20, 0, zipfile.ZIP_DEFLATED, 0, (year - 1980) << 9 | month << 5 | day,
        zlib.crc32(content), len(packed), len(content), len(name), 0)
    local = b"PK\x03\x04" + about + name + packed
    unix = 3 << 8 | 20
    entry = b"PK\x01\x02" + struct.pack("<H", unix) + about + struct.pack(
        "<HHHII", 0, 0, 0, (stat.S_IFREG | 0o755) << 16, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


def pack(program, archive):
    content = zipped(b"bootstrap", program.read_bytes(), deflated(program))
    if len(content) > LIMIT_BYTES:
        sys.exit(f"the package has {len(content):,} bytes; at most {LIMIT_BYTES:,} start fast")
    archive.parent.mkdir(parents=True, exist_ok=True)
    partial = archive.with_suffix(".partial")
    partial.write_bytes(content)
    with zipfile.ZipFile(partial) as check:
        if check.testzip() is not None or check.read("bootstrap") != program.read_bytes():
            sys.exit("the archive does not hold what was packed")
    os.replace(partial, archive)
    return len(content)


def main():
    reader = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="example: tools/package.py build/bootstrap --into dist",
    )
    reader.add_argument("program", type=pathlib.Path)
    reader.add_argument("--into", type=pathlib.Path, default=pathlib.Path("dist"))
    arguments = reader.parse_args()
    machine = machine_of(arguments.program)
    archive = arguments.into / f"imagify-lambda-{machine}.zip"
    size = pack(arguments.program, archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    print(f"{archive}  {size:,} bytes  sha256 {digest}")


if __name__ == "__main__":
    main()
