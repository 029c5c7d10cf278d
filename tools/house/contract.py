"""What the code serves and reads is what the documents say: routes and environment variables."""
import re

from . import cpp

OPENAPI = "api/openapi.yaml"
READMES = ("README.md", "README.vi.md")

_METHODS = "get|put|post|delete|options|head|patch|trace"
_TABLE_ROW = re.compile(rf'[{{:\s]({_METHODS})_?\s*,\s*"(/[^"]*)"', re.I)
_ONE_STRING = re.compile(rf'"({_METHODS.upper()}) (/[^"]*)"')

_COMPARED = re.compile(r'request\.path == "(/(?!dev)[^"]+)"')  # Answered before the tables: a GET.


def _same(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


def served_routes(tree):
    """(method, path) -> (file, line) of each row of a route table; /dev is the sandbox's own."""
    routes = {}
    for path, text in tree.under("src/transport", "src/app", ending=".cpp"):
        for pattern in (_TABLE_ROW, _ONE_STRING):
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                if not match.group(2).startswith("/dev"):
                    routes[match.group(1).upper(), _same(match.group(2))] = (path, line)
        for match in _COMPARED.finditer(text):
            routes["GET", match.group(1)] = (path, text.count("\n", 0, match.start()) + 1)
    return routes


def described_routes(tree):
    """(method, path) -> line in api/openapi.yaml."""
    routes, inside, current = {}, False, None
    for number, line in enumerate(tree.files.get(OPENAPI, "").split("\n"), 1):
        if re.match(r"\S", line) and not line.startswith("#"):
            inside = line.startswith("paths:")
        path = re.match(r"""  ["']?(/[^"':]*(?:\{[^}]*\}[^"':]*)*)["']?:""", line)
        method = re.match(rf"    ({_METHODS}):", line)
        if inside and path:
            current = path.group(1)
        elif inside and method and current and not current.startswith("/dev"):
            routes[method.group(1).upper(), _same(current)] = number
    return routes


def routes_described(tree):
    """Every route served is in api/openapi.yaml, and the reverse."""
    served, described = served_routes(tree), described_routes(tree)
    for route in sorted(set(served) - set(described)):
        yield *served[route], f"{' '.join(route)} is not in {OPENAPI}"
    for route in sorted(set(described) - set(served)):
        yield OPENAPI, described[route], f"{' '.join(route)} is served by no route table"


_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|STORE|BLOBS|IDENTITY|PAINTERS|MAIL|QUEUE")


def variables_read(tree):
    """Name -> (file, line): literals shaped like a variable, in the configuration or at getenv."""
    found = {}
    for path, text in tree.cpp("src"):
        if path.startswith(("src/base/failpoint.", "src/base/mutant.")):
            continue  # In test builds only.
        configuration = re.match(
            r"src/(app/(?:\w+_)?config\w*|app/kept_secrets|adapters/system/\w*env\w*)\.[ch]pp", path
        )
        lines = text.split("\n")
        for line, value in cpp.literals(text):
            if _NAME.fullmatch(value) and (configuration or "env" in lines[line - 1].lower()):
                found.setdefault(value, (path, line))
    return found


def _documented(tree, readme):
    """Name -> line of the configuration table of a README."""
    table = {}
    for number, line in enumerate(tree.files.get(readme, "").split("\n"), 1):
        first_cell = line.split("|")[1] if line.startswith("|") else ""
        for cell in re.findall(r"`([A-Z][A-Z0-9_]+)`", first_cell):
            if _NAME.fullmatch(cell):
                table[cell] = number
    return table


def variables_documented(tree):
    """Every environment variable read is in both READMEs' configuration tables, and the reverse."""
    read = variables_read(tree)
    for readme in READMES:
        table = _documented(tree, readme)
        for name in sorted(set(read) - set(table)):
            yield *read[name], f"{name} is not in {readme}'s configuration table"
        for name in sorted(set(table) - set(read)):
            yield readme, table[name], f"{name} is read by nothing in src"
