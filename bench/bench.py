#!/usr/bin/env python3
"""Measures Imagify on this machine: CPU per request, syncs per payment notice, start-up, memory.

    bench/bench.py --server build/imagify --tools build/release/bench

Everything runs on 127.0.0.1 in a temporary folder and ends by itself within a minute. README.md
beside this file says how to read the figures.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import load
import product
from process import Server, free_port

SERVER_CPU = 0


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder, self.running = options, Path(folder), []

    def imagify(self, data, cpu=None, more=None):
        port = free_port()
        command = [self.options.server, "serve", "--listen", f"127.0.0.1:{port}",
                   "--data", str(self.folder / data)]
        return self.start(command, port, data, cpu, {**product.ENVIRONMENT, **(more or {})})

    def tool(self, name):
        port = free_port()
        return self.start([str(Path(self.options.tools) / name), str(port)], port, name, SERVER_CPU)

    def start(self, command, port, name, cpu, environment=None):
        server = Server(command, port, self.folder / f"{name}.log", cpu, environment)
        self.running.append(server)
        server.wait_until_open()
        return server

    def stop_all(self):
        for server in self.running:
            if server.process.poll() is None:
                server.stop()

    def cpu_per_request(self):
        subjects = [
            load.Subject("bare Beast, fixed answer", self.tool("bare_server"), "/user/credits"),
            load.Subject("our server, fixed answer", self.tool("fixed_server"), "/user/credits")]
        if self.options.server:
            # One I/O thread on one core, as the tools have it.
            server = self.imagify("cpu", SERVER_CPU, {"IO_THREADS": "1"})
            account = product.Account(server.port, "cpu")
            subjects.append(load.Subject("imagify, GET /user/credits", server, "/user/credits",
                                         [f"Authorization: Bearer {account.token}"]))
        load.measure(subjects, self.options.connections, self.options.rounds, self.options.seconds)
        load.report(subjects, self.options.connections)
        self.stop_all()

    def payment_notices(self):
        server = self.imagify("ipn")
        account = product.Account(server.port, "ipn")
        print(f"\nPayment notices, {self.options.notices} at once")
        for attempt in range(self.options.rounds):
            targets = []
            for i in range(self.options.notices):
                notice = product.paid_notice(account.order("basic"), attempt * 10_000 + i + 1)
                targets.append("/payment/vnpay-ipn?" + notice)
            traced = attempt == self.options.rounds - 1 and shutil.which("strace")
            self.one_storm(server, targets, traced)
        _, credits = account.call("GET", "/user/credits")
        expected = 100 * self.options.notices * self.options.rounds
        print(f"  credits afterwards: {credits['credits']} (sign-up gift + {expected} bought)")
        self.stop_all()

    def one_storm(self, server, targets, traced):
        name = "imagify_store_commits_total"
        trace = SyncTrace(server, self.folder) if traced else None
        commits = product.metric(server.port, name)
        answers, took_ms = product.all_at_once(server.port, targets)
        commits = product.metric(server.port, name) - commits
        confirmed = sum('"00"' in answer for answer in answers)
        line = (f"  {confirmed} of {len(targets)} confirmed in {took_ms:.0f} ms, "
                f"{commits:.0f} commits: {len(targets) / max(commits, 1):.1f} notices per commit")
        if trace:
            line += f"; strace saw {trace.end()} fsync and fdatasync calls"
        print(line)
        if confirmed != len(targets):
            raise SystemExit(f"bench: not every notice was confirmed, e.g. {answers[:3]}")

    def start_up(self):
        ready = {"first start": [], "later starts": []}
        memory = []
        for attempt in range(self.options.starts):
            for kind, samples in ready.items():
                begun = time.monotonic()
                server = self.imagify(f"start-{attempt}")
                [answer], _ = product.all_at_once(server.port, ["/readyz"])
                if '"ok"' not in answer:
                    raise SystemExit(f"bench: /readyz said {answer or 'nothing'} ({kind})")
                samples.append((time.monotonic() - begun) * 1000)
                if kind == "later starts" and attempt < 3:
                    time.sleep(0.3)  # Whatever the start left to do.
                    memory.append(server.rss_mib())
                server.stop()
        print(f"\nFrom spawn to the answer of /readyz, {self.options.starts} times each")
        for kind, samples in ready.items():
            print(f"  {kind:13} {statistics.median(samples):6.1f} ms median "
                  f"({min(samples):.1f}..{max(samples):.1f})")
        print(f"  idle memory   {statistics.median(memory):6.1f} MiB resident")


class SyncTrace:
    """Counts the syncs of a server while it lives, by strace."""

    def __init__(self, server, folder):
        self.output = folder / "strace.txt"
        self.process = subprocess.Popen(
            ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(self.output),
             "-p", str(server.process.pid)], stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def end(self):
        time.sleep(0.2)
        self.process.terminate()
        self.process.wait()
        text = self.output.read_text() if self.output.is_file() else ""
        return len(re.findall(r"\bf(?:data)?sync\(", text))


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", help="the release program; without it only the tools run")
    parser.add_argument("--tools", required=True, help="folder of bare_server and fixed_server")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=1, help="of each round and server")
    parser.add_argument("--notices", type=int, default=64)
    parser.add_argument("--starts", type=int, default=20)
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    if not shutil.which("wrk"):
        raise SystemExit("bench: wrk is missing; on Debian: apt-get install wrk")
    if (os.cpu_count() or 1) < 2:
        raise SystemExit("bench: needs two cores, one for the server and one for the load")
    with tempfile.TemporaryDirectory(prefix="imagify-bench-") as folder:
        bench = Bench(options, folder)
        try:
            bench.cpu_per_request()
            if options.server:
                bench.payment_notices()
                bench.start_up()
        finally:
            bench.stop_all()


if __name__ == "__main__":
    main(sys.argv[1:])
