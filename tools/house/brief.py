"""docs/brief-map.md says where each part of the deployment report is: what it names is there."""
import re

MAP = "docs/brief-map.md"

_STATES = ("built", "changed", "planned", "left out")
_CELLS = 5
# Who names a folder of this repository names a place; `x` alone may be a setting or a name.
_CODE = re.compile(r"`([^`]+)`")
_SUITE = re.compile(r"`\./test ([a-z]+)`")


def _rows(tree):
    for number, line in enumerate(tree.files.get(MAP, "").split("\n"), 1):
        if line.startswith("| ") and not line.startswith(("| ---", "| The report |")):
            yield number, [cell.strip() for cell in line.strip().strip("|").split(" |")]


def _exists(tree, place):
    return place in tree.files or any(name.startswith(place + "/") for name in tree.files)


def brief_map_true(tree):
    """docs/brief-map.md: a state for each row; what is built names places and suites that exist."""
    suites = set(re.findall(r"^suite_(\w+)\(\)", tree.files.get("tools/suites.sh", ""), re.M))
    rows = list(_rows(tree))
    if not rows:
        yield MAP, 1, "has no rows"
    for number, cells in rows:
        if len(cells) != _CELLS:
            yield MAP, number, f"{len(cells)} cells; {_CELLS} expected"
            continue
        said, state, where, see, _ = cells
        if not said:
            yield MAP, number, "does not say what the report says"
        if state not in _STATES:
            yield MAP, number, f"the state is one of {', '.join(_STATES)}, not {state!r}"
        for suite in _SUITE.findall(see):
            if suite not in suites:
                yield MAP, number, f"./test has no suite {suite}"
        places = _CODE.findall(where)
        if state in ("built", "changed", "planned") and not places:
            yield MAP, number, "does not say where"
        if state == "planned":
            continue
        for place in places:
            if not _exists(tree, place):
                yield MAP, number, f"{place} does not exist"
