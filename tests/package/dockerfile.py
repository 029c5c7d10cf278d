"""What a Dockerfile says, as far as ours uses the language."""
import fnmatch
import json
import re


class Dockerfile:
    """The last stage, and which instructions are in it."""

    def __init__(self, text):
        text = re.sub(r"^\s*#.*\n", "", text, flags=re.M)
        lines = re.sub(r"\\\n", " ", text).splitlines()
        self.instructions = [line.split(None, 1) for line in lines if line.strip()]
        last = max(i for i, (word, _) in enumerate(self.instructions) if word == "FROM")
        self.base = self.instructions[last][1]
        self.stage = self.instructions[last + 1:]

    def one(self, name, default=""):
        return next((rest for word, rest in reversed(self.stage) if word == name), default)

    def words(self, name):
        """The list behind ENTRYPOINT, CMD, VOLUME or HEALTHCHECK ... CMD."""
        found = re.search(r"\[.*\]", self.one(name))
        return json.loads(found.group()) if found else []

    def environment(self):
        return dict(pair.split("=", 1) for word, rest in self.stage if word == "ENV"
                    for pair in rest.split())

    def copies(self):
        """(from where, to where, owner) of each COPY."""
        for word, rest in self.stage:
            if word == "COPY":
                *flags, source, target = rest.split()
                owner = [flag.split("=")[1] for flag in flags if flag.startswith("--chown=")]
                yield source, target, owner[0] if owner else "0:0"


def ignored(path, patterns):
    """Whether .dockerignore keeps a path (of files and folders below the context) out."""
    parts = path.split("/")
    above = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
    for pattern in patterns:
        anywhere = pattern.removeprefix("**/")
        if any(fnmatch.fnmatchcase(one, pattern) or
               anywhere != pattern and fnmatch.fnmatchcase(one.split("/")[-1], anywhere)
               for one in above):
            return True
    return False
