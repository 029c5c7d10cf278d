"""Sizes, leftovers, dead files and comments."""
import os
import re

from . import cpp
from .layers import room_of

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_COLUMNS = 100

_PROGRAMS = (".cpp", ".hpp", ".cmake", "CMakeLists.txt", ".py", ".sh", ".ts", ".tsx", ".mjs")
_SCRIPTS = ("run", "test", ".ci/run")
_OWN_CHECKER = ("tools/tidy", "tools/house/")


def _sources(tree):
    """Everything written by hand that is a program."""
    found = [
        (path, text)
        for path, text in tree.files.items()
        if path.endswith(_PROGRAMS)
        or path in _SCRIPTS
        or (path.startswith("tools/") and "." not in os.path.basename(path))
    ]
    return [(path, text) for path, text in found if not path.endswith("schema.d.ts")]


def file_length(tree):
    """A file has at most 400 lines."""
    for path, text in _sources(tree):
        count = text.count("\n")
        if count > MAX_FILE_LINES:
            yield path, MAX_FILE_LINES + 1, f"{count} lines; at most {MAX_FILE_LINES}"


def function_length(tree):
    """A C++ function has at most 60 lines."""
    for path, text in tree.cpp():
        for first, last, header in cpp.functions(text):
            if last - first + 1 > MAX_FUNCTION_LINES:
                count = last - first + 1
                yield path, first, f"{count} lines, {MAX_FUNCTION_LINES} allowed: {header[:50]}"


def line_width(tree):
    """A line of C++, CMake or a script has at most 100 columns."""
    for path, text in _sources(tree):
        if path.startswith("web/") or path.startswith("infra/"):
            continue  # Formatted by their own tools.
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > MAX_COLUMNS:
                yield path, number, f"{len(line)} columns; at most {MAX_COLUMNS}"


def leftovers(tree):
    """No note to self is left in the code: do it, or file it."""
    for path, text in _sources(tree):
        if path.startswith(_OWN_CHECKER):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                yield path, number, "a note to self"


def machine_words(tree):
    """No path of somebody's machine and no package server in what is shipped."""
    pattern = re.compile(
        r"""(?<![\w./$}~-])/(work|home|root)/\w|"resolved":\s*"http|\bregistry\s*=\s*http"""
    )
    for path, text in tree.files.items():
        if path.startswith(_OWN_CHECKER):
            continue
        for match in pattern.finditer(text):
            yield path, text.count("\n", 0, match.start()) + 1, f"names a machine: {match.group(0)}"


def dead_sources(tree):
    """Every .cpp is named in a CMakeLists.txt."""
    lists = {os.path.dirname(p): t for p, t in tree.files.items() if p.endswith("/CMakeLists.txt")}
    lists["cmake"] = "".join(t for p, t in tree.under("cmake", ending=".cmake"))
    for path, _ in tree.under("src", "tests", "bench", "cmake", ending=".cpp"):
        whole = "${PROJECT_SOURCE_DIR}/" + path
        if not any(
            whole in text or _names(text, os.path.relpath(path, folder))
            for folder, text in lists.items()
        ):
            yield path, 1, "in no CMakeLists.txt"


def _names(text, name):
    return re.search(r"(?<![\w./])" + re.escape(name) + r"(?![\w.])", text) is not None


def dead_headers(tree):
    """Every header is included by somebody other than its own .cpp."""
    included = {}
    for path, text in tree.cpp():
        for name in re.findall(r'#include "([^"]+)"', text):
            included.setdefault(name, set()).add(path)
    for path, _ in tree.under("src", "tests", ending=".hpp"):
        name = path.split("/", 1)[1]
        if not included.get(name, set()) - {path, path[:-3] + "cpp"}:
            yield path, 1, "included by nobody"


def documented_headers(tree):
    """Classes, free functions and port methods that other rooms use say what they promise, ///."""
    used = {
        "src/" + name
        for path, text in tree.cpp("src")
        for name in re.findall(r'#include "([^"]+)"', text)
        if room_of(name) != room_of(path[4:])
    }
    for path, text in tree.headers():
        if path not in used and room_of(path[4:]) not in ("base", "domain", "ports", "usecases"):
            continue
        for line in cpp.undocumented(text):
            yield path, line, "no /// above: " + text.split("\n")[line - 1].strip()[:60]


def guarded_headers(tree):
    """A header starts with #pragma once."""
    for path, text in tree.under("src", "tests", ending=".hpp"):
        if "#pragma once" not in text:
            yield path, 1, "no #pragma once"
