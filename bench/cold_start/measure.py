#!/usr/bin/env python3
"""From the start of a process to its first answered event: ours against a Node handler."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

from runtime_api import RuntimeApi, http_event

HERE = pathlib.Path(__file__).resolve().parent
SECRET = "measured-only-measured-only-measured-only"
GOALS = {"ms": 10.0, "ratio": 12.0, "mib": 16.0, "bytes": 6_000_000}


def status_of(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_ms(pid):
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e6


class Contender:
    """A program that is started again and again."""

    def __init__(self, name, command, environment):
        self.name, self.command = name, command
        self.environment = {"PATH": os.environ["PATH"], **environment}
        self.ms, self.cpu, self.mib = [], [], []

    def start(self, api):
        return subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**self.environment, "AWS_LAMBDA_RUNTIME_API": api.address})

    def measure(self, event):
        with RuntimeApi() as api:
            api.put(event)
            began = time.perf_counter()
            process = self.start(api)
            kind, body, at = api.posted(1)[0]
            self.cpu.append(cpu_ms(process.pid))
            self.mib.append(status_of(process.pid, "VmHWM"))
            process.terminate()
            process.wait()
        answer = json.loads(body)
        if kind != "response" or answer["statusCode"] != 200:
            raise SystemExit(f"{self.name} answered {kind} {body[:300]!r}")
        self.ms.append((at - began) * 1000)


def bundle():
    """The handler as one file, made when it is missing or older than its source."""
    out = HERE / "out" / "index.cjs"
    if out.exists() and out.stat().st_mtime > (HERE / "handler.mjs").stat().st_mtime:
        return out
    for command in (["npm", "ci"], ["npm", "run", "build"]):
        print(f"cold_start: {' '.join(command)}", file=sys.stderr)
        subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return out


def sign_up(ours):
    """Makes an account in the store and yields its token."""
    person = {"email": "an@example.vn", "password": "a long pass phrase"}
    with RuntimeApi() as api:
        process = ours.start(api)
        kind, answer = api.invoke(http_event("POST", "/auth/register", json.dumps(person)))
        process.terminate()
        process.wait()
    if kind != "response" or answer["statusCode"] != 201:
        raise SystemExit(f"nobody could sign up: {answer}")
    return json.loads(answer["body"])["token"]


def shared_tables(root):
    """New tables in a DynamoDB Local behind a gate that verifies signatures: what both are told."""
    endpoint = os.environ.get("IMAGIFY_TEST_DYNAMODB")
    if endpoint is None:
        lab = root / "tools" / "aws" / "lab.mjs"
        os.execvp("node", ["node", lab, "run", "--only", "dynamodb", *sys.argv])
    told = {"STORE": "dynamodb", "DYNAMODB_ENDPOINT": endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
            "BLOBS": "s3", "IMAGES_BUCKET": "never-asked"}
    for name in ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        told[name] = os.environ[name]
    subprocess.run([root / "build" / "imagify", "tables", "create"], check=True,
                   stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], **told})
    return told


def row(contender):
    def spread(values, digits):
        ordered = sorted(values)
        low, high = ordered[len(ordered) // 10], ordered[len(ordered) * 9 // 10]
        middle = statistics.median(ordered)
        return f"{middle:.{digits}f} ({low:.{digits}f}..{high:.{digits}f})"

    return (f"| {contender.name} | {spread(contender.ms, 1)} | {spread(contender.cpu, 1)} | "
            f"{spread(contender.mib, 1)} |")


def judge(ours, node, package):
    ratio = statistics.median(node.ms) / statistics.median(ours.ms)
    seen = {"ms": statistics.median(ours.ms), "ratio": ratio, "mib": max(ours.mib),
            "bytes": package.stat().st_size}
    rules = [("first answer", "ms", seen["ms"] <= GOALS["ms"]),
             ("times faster", "ratio", seen["ratio"] >= GOALS["ratio"]),
             ("peak memory, MiB", "mib", seen["mib"] <= GOALS["mib"]),
             ("package, bytes", "bytes", seen["bytes"] <= GOALS["bytes"])]
    for label, key, good in rules:
        verdict = "ok" if good else "MISSED"
        print(f"{label}: {seen[key]:,.1f} (goal {GOALS[key]:,.0f}) {verdict}")
    missed = sum(not good for _, _, good in rules)
    print(f"cold_start: {len(rules) - missed} passed, {missed} failed")
    return missed == 0


def main():
    reader = argparse.ArgumentParser(
        description=__doc__, epilog="example: bench/cold_start/measure.py --store dynamodb "
        "(after ./run package and, for DynamoDB Local, ./test aws)")
    root = HERE.parent.parent
    reader.add_argument("--package", type=pathlib.Path,
                        default=root / "dist" / "imagify-lambda-x86_64.zip")
    reader.add_argument("--runs", type=int, default=30)
    reader.add_argument("--store", choices=["sqlite", "dynamodb"], default="sqlite",
                        help="sqlite: the other one has no store and answers with a constant; "
                        "dynamodb: both read the account there")
    arguments = reader.parse_args()
    if not arguments.package.exists():
        raise SystemExit(f"{arguments.package} is missing: ./run package makes it")
    told = shared_tables(root) if arguments.store == "dynamodb" else {}
    # In memory: a function's store is not its disk, and other programs' disk waits are not ours.
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cold-start-", dir=shm))
    try:
        with zipfile.ZipFile(arguments.package) as archive:
            archive.extract("bootstrap", folder)
        (folder / "bootstrap").chmod(0o755)
        ours = Contender("imagify", [folder / "bootstrap"],
                         {"JWT_SECRET": SECRET, "IMAGIFY_DATA": str(folder / "data"),
                          "IMAGIFY_ROUTES": "auth", **told})
        node = Contender("Node", ["node", bundle()], {"JWT_SECRET": SECRET, **told})
        token = sign_up(ours)
        event = http_event("GET", "/user/credits", headers={"authorization": f"Bearer {token}"})
        for number in range(arguments.runs):
            print(f"\rcold_start: {number + 1} of {arguments.runs}", end="", file=sys.stderr)
            ours.measure(event)
            node.measure(event)
        print(file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    print("| | first answer, ms: median (p10..p90) | CPU, ms | peak memory, MiB |")
    print("|---|---|---|---|")
    print(row(ours) + "\n" + row(node))
    sys.exit(0 if judge(ours, node, arguments.package) else 1)


if __name__ == "__main__":
    main()
