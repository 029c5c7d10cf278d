"""CPU time per request under keep-alive load, measured in turns."""
import os
import re
import resource
import statistics
import subprocess
import time

from process import machine_busy_ns

WRK_CPU = 1


def run_wrk(url, connections, seconds, headers):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "5s"]
    for header in headers:
        command += ["-H", header]
    answer = subprocess.run(command + [url], capture_output=True, text=True, check=True,
                            preexec_fn=lambda: os.sched_setaffinity(0, {WRK_CPU})).stdout
    requests = int(re.search(r"(\d+) requests in", answer)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", answer)
    latency = re.search(r"99%\s+([\d.]+)(us|ms|s)", answer)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}[latency[2]]
    return requests, float(latency[1]) * scale, bad[0] if bad else ""


def children_ns():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int((used.ru_utime + used.ru_stime) * 1e9)


class Subject:
    """A server that is measured: its name, where, and the samples so far."""

    def __init__(self, name, server, path, headers=()):
        self.name, self.server, self.headers = name, server, headers
        self.url = f"http://127.0.0.1:{server.port}{path}"
        self.cpu_us, self.rates, self.p99_ms, self.foreign = [], [], [], []

    def sample(self, connections, seconds):
        busy, wrk, own, begun = (machine_busy_ns(), children_ns(), self.server.cpu_ns(),
                                 time.monotonic_ns())
        requests, p99_ms, bad = run_wrk(self.url, connections, seconds, self.headers)
        wall = time.monotonic_ns() - begun
        own = self.server.cpu_ns() - own
        foreign = machine_busy_ns() - busy - own - (children_ns() - wrk)
        if bad or requests == 0:
            raise SystemExit(f"bench: {self.name}: {bad or 'no answers'}\n{self.server.tail()}")
        self.cpu_us.append(own / requests / 1000)
        self.rates.append(requests / wall * 1e9)
        self.p99_ms.append(p99_ms)
        self.foreign.append(max(0.0, foreign / wall))


def measure(subjects, connections, rounds, seconds):
    """Takes the servers in turns, so that a slow minute of the machine hits all of them."""
    for subject in subjects:
        run_wrk(subject.url, connections, 1, subject.headers)  # Warm caches are the normal case.
    for _ in range(rounds):
        for subject in subjects:
            subject.sample(connections, seconds)


def report(subjects, connections):
    print(f"\nCPU time of the server per request, {connections} keep-alive connections, one core")
    print(f"  {'server':34} {'us/request':>10}  {'min..max':>13}  {'x bare':>6} "
          f"{'requests/s':>10} {'p99 ms':>7} {'other':>6}")
    base = statistics.median(subjects[0].cpu_us)
    for subject in subjects:
        cpu = statistics.median(subject.cpu_us)
        spread = f"{min(subject.cpu_us):.1f}..{max(subject.cpu_us):.1f}"
        print(f"  {subject.name:34} {cpu:10.1f}  {spread:>13}  {cpu / base:6.2f} "
              f"{statistics.median(subject.rates):10.0f} {statistics.median(subject.p99_ms):7.2f} "
              f"{statistics.median(subject.foreign):6.2f}")
    if max(max(subject.foreign) for subject in subjects) > 0.2:
        print("  The machine was shared (other > 0.2 cores): trust the ratios, not the rates.")
