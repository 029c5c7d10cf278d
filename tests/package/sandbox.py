"""What the sandbox of a systemd unit allows, against what the program was seen to do."""
import os
import re
import subprocess

from unit_file import UnitFile

EXPOSURE_MAX = 2.0


def calls_of(group):
    """The system calls of a group of systemd's; groups may hold groups."""
    if not group.startswith("@"):
        return {group}
    lines = subprocess.run(["systemd-analyze", "syscall-filter", group], check=True,
                           capture_output=True, text=True).stdout.splitlines()[1:]
    words = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return set().union(*(calls_of(word) for word in words))


def check_sandbox(verdicts, unit_path, log):
    """The calls that the program made are among those that its unit allows."""
    unit = UnitFile(unit_path)
    allowed = set()
    for words in unit.all("SystemCallFilter"):
        names = set()
        for group in words.lstrip("~").split():
            names |= calls_of(group)
        allowed = allowed - names if words.startswith("~") else allowed | names
    text = log.read_text(errors="replace")
    own = text[text.index('execve("/usr/bin/imagify"'):]
    made = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", own, re.M)) - {"execve"}
    verdicts.check(len(made) > 30, f"{len(made)} kinds of system calls were seen")
    verdicts.check(made <= allowed, f"all are in SystemCallFilter {sorted(made - allowed) or ''}")
    verdicts.check(not made <= allowed - calls_of("@network-io"),
                   "planted: a filter without the network's calls: seen")
    mapped = re.findall(r"m(?:map|protect)\(.*PROT_WRITE\|PROT_EXEC", own)
    verdicts.check(not mapped, "no memory is both written and run")
    families = set(re.findall(r" socket\((AF_\w+)", own))
    verdicts.check(families and families <= set(unit.one("RestrictAddressFamilies").split()),
                   f"sockets are of allowed families {sorted(families)}")
    verdicts.check(not allowed & {"ptrace", "mount", "setuid", "reboot"},
                   "what it never needs is not allowed")


def check_exposure(verdicts, unit):
    told = subprocess.run(["systemd-analyze", "security", "--offline=true", unit],
                          capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stdout
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    verdicts.check(level and float(level.group(1)) <= EXPOSURE_MAX,
                   f"systemd-analyze security: {level and level.group(1)}, at most {EXPOSURE_MAX}")
