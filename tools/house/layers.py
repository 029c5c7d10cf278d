"""Who may include whom: the table of ARCHITECTURE.md."""
import re

from . import cpp

_INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
_CORE = ("base", "domain", "ports")
_SHARED_ADAPTERS = (
    "adapters/aws",
    "adapters/http_client",
    "adapters/mime",
    "adapters/picture",
    "adapters/system",
)

# Room -> rooms it may include besides itself. "adapters" speaks for each one; app sees everything.
MAY_INCLUDE = {
    "base": (),
    "domain": ("base",),
    "ports": ("base", "domain"),
    "usecases": _CORE,
    "adapters": _CORE + _SHARED_ADAPTERS,
    "transport/http": _CORE + ("usecases",),
    "transport/beast": _CORE + ("usecases", "transport/http"),
    "transport/lambda": _CORE + ("usecases", "transport/http") + _SHARED_ADAPTERS,
    "sandbox": _CORE + (
        "usecases",
        "transport/http",
        "adapters/outbox_folder",
        "adapters/vnpay",
    ),
    "app": None,
}

# Room -> include paths that its purpose forbids, with the reason.
FORBIDDEN = {
    "domain": (
        r"boost/|sqlite3|openssl/|fstream|iostream|coroutine|thread$|base/(task|worker|log)\.hpp",
        "rules do no I/O and never wait",
    ),
    "ports": (r"boost/(beast|json|url)|sqlite3|openssl/", "a port names no technology"),
    "usecases": (
        r"boost/(beast|json|url|asio/ip|asio/ssl)|sqlite3|openssl/",
        "a use case talks to ports only",
    ),
    "transport/http": (
        r"boost/(asio\.hpp|asio/ip|asio/ssl|beast\.hpp|beast/(core|ssl|websocket))|sqlite3",
        "no sockets here: one API suite runs without them",
    ),
}


def room_of(path):
    """The room of a path below src/: "adapters/vnpay/signature.hpp" -> "adapters/vnpay"."""
    parts = path.split("/")
    return "/".join(parts[: 2 if parts[0] in ("adapters", "transport") else 1])


def _allowed(room, other):
    key = "adapters" if room.startswith("adapters/") else room
    if room == other:
        return True
    if key not in MAY_INCLUDE:
        return False
    return MAY_INCLUDE[key] is None or other in MAY_INCLUDE[key]


def include_edges(tree):
    """A room includes only rooms below it, by paths that start at src/."""
    rooms = {room_of(path[4:]) for path, _ in tree.cpp("src") if path.count("/") > 1}
    for path, text in tree.cpp("src"):
        room = room_of(path[4:])
        for match in _INCLUDE.finditer(text):
            if match.group(1) == "<":
                continue
            other = room_of(match.group(2))
            line = text.count("\n", 0, match.start(2)) + 1
            if other not in rooms:
                yield path, line, f'"{match.group(2)}" does not start at src/'
            elif not _allowed(room, other):
                yield path, line, f"{room} must not include {other}"


def forbidden_includes(tree):
    """A room stays away from technology that is not its business."""
    for path, text in tree.cpp("src"):
        pattern, reason = FORBIDDEN.get(room_of(path[4:]), (None, None))
        for match in _INCLUDE.finditer(text) if pattern else ():
            if re.match(pattern, match.group(2)):
                yield path, text.count("\n", 0, match.start(2)) + 1, f"<{match.group(2)}>: {reason}"


def beast_headers(tree):
    """Beast stays out of headers, but for the two rooms made of it: it doubles build time."""
    for path, text in tree.headers():
        if room_of(path[4:]) in ("transport/beast", "adapters/http_client"):
            continue
        for match in re.finditer(r"#include <boost/beast", text):
            yield path, text.count("\n", 0, match.start()) + 1, "a header includes Beast"


def gateway_words(tree):
    """Only the VNPAY adapter and its simulator know what a vnp_ field is."""
    for path, text in tree.cpp("src"):
        if path.startswith(("src/adapters/vnpay/", "src/sandbox/")):
            continue
        for line, value in cpp.literals(text):
            if "vnp_" in value:
                yield path, line, "a vnp_ field outside adapters/vnpay"
