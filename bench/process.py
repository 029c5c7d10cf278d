"""A server under test: starting it, and what the kernel says it used."""
import os
import socket
import subprocess
import time
from pathlib import Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One process on 127.0.0.1, on the CPU given; its output goes to a file. Ended by `stop`."""

    def __init__(self, command, port, log, cpu=None, environment=None):
        self.port = port
        self.log = Path(log)
        pin = (lambda: os.sched_setaffinity(0, {cpu})) if cpu is not None else None
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, preexec_fn=pin,
                env={"PATH": os.environ["PATH"], **(environment or {})})

    def wait_until_open(self, seconds=10.0):
        """Returns as soon as the port takes a connection."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.0005)
        raise SystemExit(f"bench: the server did not start; the end of its output:\n{self.tail()}")

    def cpu_ns(self):
        """CPU time of all its threads. A thread that has ended is no longer counted."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total

    def rss_mib(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def machine_busy_ns():
    """CPU time that all processes of the machine have used so far."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
