"""Starts what a systemd unit describes, in another root, without systemd."""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

READY_WITHIN_SECONDS = 30


class UnitFile:
    """Settings of a unit, in order; a setting may be given several times."""

    def __init__(self, path):
        text = re.sub(r"\\\n", " ", pathlib.Path(path).read_text())
        self.settings = re.findall(r"^(\w+)=(.*)$", text, re.M)

    def all(self, name):
        return [value for key, value in self.settings if key == name]

    def one(self, name):
        return self.all(name)[-1]


def environment_file(path):
    """The variables of an EnvironmentFile."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return dict(line.split("=", 1) for line in lines if line and line[0] not in "#;")


class Service:
    """One run of the unit's ExecStart in `root`: user, environment and folder as systemd has it."""

    def __init__(self, root, unit, through=()):
        self.root, self.unit, self.through = root, unit, through
        self.words = []

    def environment(self):
        user = self.unit.one("User")
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "USER": user, "LOGNAME": user}
        variables |= dict(pair.split("=", 1) for pair in self.unit.all("Environment"))
        for named in self.unit.all("EnvironmentFile"):
            path = self.root / named.lstrip("-/")
            if path.exists() or not named.startswith("-"):
                variables |= environment_file(path)
        seconds = int(self.unit.one("WatchdogSec"))
        return variables | {"NOTIFY_SOCKET": "/run/notify",
                            "WATCHDOG_USEC": str(seconds * 1_000_000)}

    def __enter__(self):
        path = self.root / "run" / "notify"
        path.unlink(missing_ok=True)
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(str(path))
        path.chmod(0o777)
        self.ear.settimeout(0.2)
        who = f"--userspec={self.unit.one('User')}:{self.unit.one('Group')}"
        self.log = open(self.root / "run" / "log", "ab")
        self.process = subprocess.Popen(
            [*self.through, shutil.which("chroot"), who, self.root,
             *self.unit.one("ExecStart").split()],
            env=self.environment(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            preexec_fn=lambda: os.umask(int(self.unit.one("UMask"), 8)))
        self.hear("READY=1")
        return self

    def hear(self, word):
        """True once the service has said the word; False when it ended, or stays silent."""
        limit = time.monotonic() + READY_WITHIN_SECONDS
        while word not in self.words and time.monotonic() < limit:
            ended = self.process.poll() is not None
            with contextlib.suppress(TimeoutError):
                self.words += self.ear.recv(4096).decode().split("\n")
                continue
            if ended:
                break
        return word in self.words

    def stop(self):
        """Tells it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(int(self.unit.one("TimeoutStopSec")))

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.ear.close()
        self.log.close()
