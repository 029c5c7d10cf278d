"""What the documents promise is what the code and its tests have."""
import csv
import io
import re

ASVS = "security/asvs.csv"
SECURITY = "SECURITY.md"

_COLUMNS = ["id", "level", "chapter", "applies", "where", "shown_by", "note"]
_APPLIES = ("yes", "no", "later")
# OWASP ASVS 5.0.0.
_REQUIREMENTS = {"1": 70, "2": 183}
# How a note says why a row that applies has no test.
_EXCEPTION = re.compile(r"(No test|Not met): \S")
_RESERVATION = re.compile(r"Partly: \S")


def _rows(tree):
    """Pairs (line, row) below the header; a row that is not whole is a list shorter or longer."""
    reader = csv.reader(io.StringIO(tree.files.get(ASVS, "")), strict=True)
    rows = []
    for row in reader:
        rows.append((reader.line_num, row))
    return rows


def _whole_rows(tree):
    for line, row in _rows(tree)[1:]:
        if len(row) == len(_COLUMNS):
            yield line, dict(zip(_COLUMNS, row))


def asvs_complete(tree):
    """security/asvs.csv has each requirement of ASVS 5.0, levels 1 and 2, once."""
    rows = _rows(tree)
    if not rows or rows[0][1] != _COLUMNS:
        yield ASVS, 1, "the columns are " + ",".join(_COLUMNS)
        return
    seen, levels = set(), dict.fromkeys(_REQUIREMENTS, 0)
    for line, row in rows[1:]:
        if len(row) != len(_COLUMNS):
            yield ASVS, line, f"{len(row)} columns; {len(_COLUMNS)} expected"
            continue
        name, level, applies = row[0], row[1], row[3]
        if not re.fullmatch(r"V([1-9]|1[0-7])(\.[1-9]\d?){2}", name):
            yield ASVS, line, f"{name} is no id, such as V6.2.1"
        if name in seen:
            yield ASVS, line, f"{name} is there twice"
        if level not in levels:
            yield ASVS, line, f"{name}: level {level} is not 1 or 2"
            continue
        if applies not in _APPLIES:
            yield ASVS, line, f"{name}: applies is one of {', '.join(_APPLIES)}"
        seen.add(name)
        levels[level] += 1
    for level, count in levels.items():
        if count != _REQUIREMENTS[level]:
            yield ASVS, 1, f"level {level} has {count} rows, not {_REQUIREMENTS[level]}"


def _parts(cell):
    return [part for part in cell.split("; ") if part]


class _Proofs:
    """Everything that a row may name as its proof."""

    def __init__(self, tree):
        self._cpp = tree.under("tests", ending=".cpp")
        declared = re.compile(r"^(?:TEST|TEST_F|TEST_P|RC_GTEST_\w*PROP)\((\w+),\s*(\w+)", re.M)
        self._tests = {
            f"{suite}.{name}" for _, text in self._cpp for suite, name in declared.findall(text)
        }
        self._suites = set(
            re.findall(r"^suite_(\w+)\(\)", tree.files.get("tools/suites.sh", ""), re.M)
        )
        self._rules = {
            name
            for _, text in tree.under("tools/house", ending=".py")
            for name in re.findall(r"^def ([a-z]\w*)\(tree\):", text, re.M)
        }
        self._titles = {
            "e2e": self._titles_of(tree.under("web/tests/e2e", ending=".ts")),
            "web": self._titles_of(tree.under("web/tests/unit", ending=(".ts", ".tsx"))),
        }

    @staticmethod
    def _titles_of(files):
        # A title may end in what it runs with: `a walk (${locale})`.
        titles = re.compile(r"""\b(?:test|it)\(\s*(['"`])(.*?)(?<!\\)\1""", re.S)
        return {
            title.split("${")[0].rstrip(" (:,").replace("\\", "")
            for _, text in files
            for _, title in titles.findall(text)
        }

    def has(self, proof):
        kind, colon, part = proof.partition(":")
        if kind in self._titles and colon:
            return part.strip() in self._titles[kind]
        if kind == "tidy" and colon:
            return part in self._rules
        if kind in self._suites:
            return not colon or self._has_part(kind, part)
        return proof in self._tests

    def _has_part(self, suite, part):
        # A corpus or a target: the first text of a row of the suite's table.
        return any(
            path.startswith(f"tests/{suite}/") and f'{{"{part}",' in text
            for path, text in self._cpp
        )


def _exists(tree, path):
    return path in tree.files or any(name.startswith(path + "/") for name in tree.files)


def asvs_shown(tree):
    """A requirement that applies names code and a test that exist, or says why it has no test."""
    proofs = _Proofs(tree)
    for line, row in _whole_rows(tree):
        name, places, shown = row["id"], _parts(row["where"]), _parts(row["shown_by"])
        if not row["note"].strip():
            yield ASVS, line, f"{name} has no word on what it is about"
        if row["applies"] != "yes":
            if places or shown:
                yield ASVS, line, f"{name} does not apply, yet names code or tests"
            continue
        if not places:
            yield ASVS, line, f"{name} does not say where"
        if not shown and not _EXCEPTION.search(row["note"]):
            yield ASVS, line, f'{name} has neither a test nor "No test: ..." or "Not met: ..."'
        if shown and _EXCEPTION.search(row["note"]):
            yield ASVS, line, f"{name} has a test and says that it has none"
        for path in places:
            if not _exists(tree, path):
                yield ASVS, line, f"{name}: {path} does not exist"
        for proof in shown:
            if not proofs.has(proof):
                yield ASVS, line, f"{name}: no test is called {proof}"


def asvs_figures(tree):
    """One line on how many requirements apply, and how many of them a test shows."""
    rows = [row for _, row in _whole_rows(tree)]
    count = {word: sum(row["applies"] == word for row in rows) for word in _APPLIES}
    applying = [row for row in rows if row["applies"] == "yes"]
    shown = [row for row in applying if row["shown_by"]]
    unmet = sum("Not met: " in row["note"] for row in applying)
    partly = sum(bool(_RESERVATION.search(row["note"])) for row in shown)
    return (
        f"asvs: {len(rows)} requirements; {count['yes']} apply: {len(shown)} shown by tests"
        f" ({partly} of them in part), {len(applying) - len(shown) - unmet} without a test,"
        f" {unmet} not met; {count['later']} later, {count['no']} do not apply"
    )


_LIMIT = re.compile(
    r'\.name\s*=\s*"([a-z-]+)",\s*\.quota\s*=\s*([\d\']+),'
    r"\s*\.window\s*=\s*std::chrono::(hour|minute|second)s\((\d+)\)"
)
_LIMIT_ROW = re.compile(r"\| `([a-z-]+)` \| ([\d,]+ in \d+ (?:hour|minute|second)s?) \|")


def limits_documented(tree):
    """Every limit on uses is in SECURITY.md's table with its numbers, and the reverse."""
    limits = []
    for path, text in tree.cpp("src"):
        for match in _LIMIT.finditer(text):
            name, quota, unit, window = match.groups()
            plural = "" if window == "1" else "s"
            words = f"{int(quota.replace(chr(39), '')):,} in {window} {unit}{plural}"
            limits.append((name, words, path, text.count("\n", 0, match.start()) + 1))
    table = {}
    for number, line in enumerate(tree.files.get(SECURITY, "").split("\n"), 1):
        if row := _LIMIT_ROW.match(line):
            table[row.group(1)] = (row.group(2), number)
    for name, words, path, line in sorted(limits):
        if table.get(name, ("",))[0] != words:
            yield path, line, f"`{name}`, {words}, is not in {SECURITY}'s table of limits"
    for name, (_, number) in sorted(table.items()):
        if name not in {limit[0] for limit in limits}:
            yield SECURITY, number, f"`{name}` is no limit of the program"
