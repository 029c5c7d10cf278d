"""What is watched exists: metrics, counted events, and a section of the runbook for each alarm."""
import re

CATALOGUE = "src/app/metric_catalogue.hpp"
METRICS = "docs/metrics.md"
RUNBOOK = "docs/runbook.md"

_ENTRY = re.compile(
    r'\{"(\w+)",\s*MetricKind::(\w+),\s*"(\w+)",\s*MetricPlace::(\w+),\s*((?:"[^"\n]*"\s*)+)\}'
)
_PLACES = {"Both": "both", "Scrape": "/metrics", "CloudWatch": "CloudWatch"}
_NAME = re.compile(r"\b(?:imagify|process)_[a-z][a-z0-9_]*")
_PARTS = re.compile(r"_(bucket|sum|count)$")
_SERIES = re.compile(r"""event=~?\\?["']([\w.|]+)""")
_COUNTED = re.compile(r"""countedEvents\(['"]([\w.]+)""")
_LINK = re.compile(r"docs/runbook\.md#([\w-]+)")
_WATCHERS = (".yml", ".yaml", ".json", ".ts", ".md")


def _line(text, at):
    return text.count("\n", 0, at) + 1


def catalogue(tree):
    """Name -> (kind, unit, place, help), as docs/metrics.md writes them."""
    return {
        name: (kind.lower(), unit, _PLACES[place], "".join(re.findall(r'"([^"]*)"', words)))
        for name, kind, unit, place, words in _ENTRY.findall(tree.files.get(CATALOGUE, ""))
    }


def counted_events(tree):
    """The events that imagify_events_total counts, with their lines."""
    text = tree.files.get(CATALOGUE, "")
    start = text.find("kCountedEvents[]")
    if start < 0:
        return {}
    body = text[start : text.index("};", start)]
    found = re.finditer(r'"([\w.]+)"', body)
    return {match.group(1): _line(text, start + match.start()) for match in found}


def metrics_documented(tree):
    """Every metric of the catalogue is told by src/app and is a row of docs/metrics.md."""
    known = catalogue(tree)
    told = "".join(text for path, text in tree.cpp("src") if path != CATALOGUE)
    page = tree.files.get(METRICS, "")
    rows = {}
    for match in re.finditer(r"^\| `(\w+)` \| (.*) \|$", page, re.M):
        cells = tuple(match.group(2).split(" | "))
        if len(cells) == 4:
            rows[match.group(1)] = cells
            if known.get(match.group(1)) != cells:
                where = _line(page, match.start())
                yield METRICS, where, f"{match.group(1)} is not as in {CATALOGUE}"
    for name in known:
        if f'"{name}"' not in told:
            yield CATALOGUE, 1, f"{name} is told by nothing in src"
        if name not in rows:
            yield CATALOGUE, 1, f"{name} is not in {METRICS}"
    for event, line in counted_events(tree).items():
        if f'"{event}"' not in told:
            yield CATALOGUE, line, f"{event} is logged by nothing in src"
        if f"`{event}`" not in page:
            yield CATALOGUE, line, f"{event} is not in {METRICS}"


def _watchers(tree):
    found = tree.under("ops", "infra/lib", ending=_WATCHERS)
    return found + [(path, tree.files[path]) for path in (RUNBOOK,) if path in tree.files]


def watched_exist(tree):
    """Alerts, dashboards and the runbook name metrics and events that are emitted."""
    known, events = catalogue(tree), counted_events(tree)
    for path, text in _watchers(tree):
        for match in _NAME.finditer(text):
            name = match.group()
            if name not in known and _PARTS.sub("", name) not in known:
                yield path, _line(text, match.start()), f"{name} is emitted by nothing"
        for pattern in (_SERIES, _COUNTED):
            for match in pattern.finditer(text):
                for event in match.group(1).split("|"):
                    if event not in events:
                        yield path, _line(text, match.start()), f"{event} is no counted event"


def _sections(tree):
    page = tree.files.get(RUNBOOK, "")
    titles = re.finditer(r"^## (.+)$", page, re.M)
    return {
        re.sub(r"[^\w -]", "", match.group(1)).strip().lower().replace(" ", "-"): match
        for match in titles
    }


def alarms_have_runbooks(tree):
    """Every alert has a section of the runbook, with Meaning, Look and Do; none is left over."""
    sections, linked = _sections(tree), set()
    for path, text in tree.under("ops", "infra/lib", ending=_WATCHERS):
        for match in _LINK.finditer(text):
            linked.add(match.group(1))
            if match.group(1) not in sections:
                yield path, _line(text, match.start()), f"{RUNBOOK} has no #{match.group(1)}"
        for match in re.finditer(r"- alert: (\w+)((?:\n(?! *- alert:).*)*)", text):
            if not _LINK.search(match.group(2)):
                yield path, _line(text, match.start()), f"{match.group(1)} links no runbook"
    page = tree.files.get(RUNBOOK, "")
    for name, match in sections.items():
        body = page[match.end() :].split("\n## ", 1)[0]
        where = _line(page, match.start())
        # Sections that no alarm links are about something else, and are marked as such.
        if name not in linked and "No alarm." not in body:
            yield RUNBOOK, where, f"no alarm links #{name}"
        for word in ("**Meaning.**", "**Look.**", "**Do.**"):
            if word not in body:
                yield RUNBOOK, where, f"#{name} has no {word}"
