"""Reads C++ as far as the rules need: without comments and literals, cut into its parts."""
import re

_TOKEN = re.compile(
    r'R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"'  # raw string
    r"|//[^\n]*|/\*.*?\*/"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
    re.S,
)


def mask(text):
    """The text with comments and the insides of literals blanked; every column stays in place."""

    def blank(match):
        token = match.group(0)
        filler = re.sub(r"[^\n]", " ", token)
        return filler if token.startswith("/") else '"' + filler[1:-1] + '"'

    return _TOKEN.sub(blank, text)


def literals(text):
    """The ordinary string literals, without quotes, as (line, value)."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group(0)
        if token.startswith('"'):
            found.append((text.count("\n", 0, match.start()) + 1, token[1:-1]))
    return found


_NOT_FUNCTION = re.compile(
    r"^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|try|catch|return)\b"
)
_FUNCTION_HEAD = re.compile(
    r"\)\s*(const|noexcept|override|final|mutable|&|->[^;{}=]*|requires[^;{}]*|:[^;]*)*\s*$", re.S
)


def functions(text):
    """Each outermost function body as (first line, last line, header)."""
    code = re.sub(r"(?m)^[ \t]*#.*$", "", mask(text))
    found, start, i = [], 0, 0
    while i < len(code):
        char = code[i]
        if char in ";}":
            start = i + 1
        elif char == "{":
            header = code[start:i]
            if _FUNCTION_HEAD.search(header) and not _NOT_FUNCTION.match(header):
                end = _closing(code, i)
                first = code.count("\n", 0, start + len(header) - len(header.lstrip())) + 1
                found.append((first, code.count("\n", 0, end) + 1, " ".join(header.split())))
                i = end
            start = i + 1
        i += 1
    return found


def _closing(code, opening):
    depth = 0
    for i in range(opening, len(code)):
        if code[i] == "{":
            depth += 1
        elif code[i] == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(code) - 1


_LABELS = re.compile(r"(\s*(public|private|protected)\s*:)+")
_SCOPE = re.compile(r"\b(namespace|class|struct)\b(?:\s+\[\[.*?\]\])?\s*([\w:]*)")


def undocumented(header):
    """Lines where a class, a free function or a pure virtual method has no /// above it.

    Declarations on adjoining lines are one group: the comment above the first speaks for all.
    """
    lines, found, scopes = header.split("\n"), [], []
    code = re.sub(r"(?m)^[ \t]*#.*$", "", mask(header))
    start, group_end, group_ok = 0, -1, False
    for i, char in enumerate(code):
        if char not in ";{}":
            continue
        if char == "}":
            if scopes:
                scopes.pop()
            start = i + 1
            continue
        label = _LABELS.match(code, start)
        start = label.end() if label else start
        declaration = code[start:i]
        first = code.count("\n", 0, start + len(declaration) - len(declaration.lstrip()))
        where = scopes[-1] if scopes else ("namespace", "")
        hidden = any(kind == "other" or name.startswith("detail") for kind, name in scopes)
        if declaration.strip() and not hidden:
            above = lines[first - 1].strip() if first else ""
            documented = above.startswith("///") or (group_ok and first <= group_end + 1)
            speaks = char == "{" and _on_one_line(code, i) and where[0] == "namespace"
            if _needs_comment(declaration, char, where) and not documented and not speaks:
                found.append(first + 1)
            group_end, group_ok = code.count("\n", 0, i), documented and char == ";"
            if char == "{" and _on_one_line(code, i):
                group_ok = documented
        if char == "{":
            scopes.append(_scope_of(declaration))
        start = i + 1
    return found


def _on_one_line(code, opening):
    """True for a body of one line: it says all by itself."""
    return "\n" not in code[opening:_closing(code, opening)]


def _scope_of(declaration):
    match = _SCOPE.search(declaration)
    if not match or re.search(r"\benum\b|\(", declaration[: match.start()]):
        return ("other", "")
    return ("namespace" if match.group(1) == "namespace" else "class", match.group(2))


_NO_FUNCTION = re.compile(
    r"(using|static_assert|extern|friend|(template\s*<.*>\s*)?struct|enum|union|namespace)\b"
    r"|(inline )?constexpr \w+ k[A-Z]",
    re.S,
)


def _needs_comment(declaration, ending, where):
    declaration = declaration.strip()
    if where[0] == "class":
        return bool(re.search(r"\)[^()]*=\s*0$", declaration))
    if re.match(r"(template\s*<.*>\s*)?class\b", declaration, re.S):
        return ending == "{"
    plain = re.sub(r"\[\[.*?\]\]", "", declaration)
    if _NO_FUNCTION.match(plain):
        return False
    return "(" in plain and "operator" not in plain and "=" not in plain.split("(")[0]
