"""Plants one defect per rule in a small clean house and expects exactly that rule to see it."""
from .tree import Tree

_CLEAN = {
    "src/base/result.hpp": "#pragma once\n/// A value or why there is none.\nclass Result {};\n",
    "src/base/result.cpp": '#include "base/result.hpp"\nint f() { return 1; }\n',
    "src/base/CMakeLists.txt": "imagify_layer(base SOURCES result.cpp)\n",
    "src/domain/money.hpp": '#pragma once\n#include "base/result.hpp"\n/// Sum.\nint add(int);\n',
    "src/usecases/buy.cpp": '#include "domain/money.hpp"\n',
    "src/usecases/CMakeLists.txt": "imagify_layer(usecases USES domain SOURCES buy.cpp)\n",
    "src/transport/http/routes.cpp": 'Route r[] = {{Method::Get, "/user/credits", credits}};\n',
    "src/transport/http/CMakeLists.txt": "imagify_layer(http SOURCES routes.cpp)\n",
    "src/app/config.cpp": 'auto data = read("IMAGIFY_DATA");\n',
    "src/app/CMakeLists.txt": "add_executable(imagify config.cpp)\n",
    "api/openapi.yaml": "paths:\n  /user/credits:\n    get:\n      summary: x\ncomponents: {}\n",
    "README.md": "| name | what |\n| --- | --- |\n| `IMAGIFY_DATA` | where |\n",
    "README.vi.md": "| name | what |\n| --- | --- |\n| `IMAGIFY_DATA` | where |\n",
}

# Rule -> (file, text to append): each of these breaks that rule and no other.
_BODY = "void g() {\n" + "    h();\n" * 60 + "}\n"
_PLANTED = {
    "include_edges": [
        ("src/domain/money.hpp", '#include "usecases/buy.hpp"\n'),
        ("src/usecases/buy.cpp", '#include "transport/http/routes.hpp"\n'),
        ("src/usecases/buy.cpp", '#include "../base/result.hpp"\n'),
    ],
    "forbidden_includes": [
        ("src/domain/money.hpp", "#include <boost/json.hpp>\n"),
        ("src/usecases/buy.cpp", "#include <sqlite3.h>\n"),
        ("src/transport/http/routes.cpp", "#include <boost/asio/ip/tcp.hpp>\n"),
        ("src/transport/http/routes.cpp", "#include <boost/beast/core/tcp_stream.hpp>\n"),
    ],
    "beast_headers": [("src/base/result.hpp", "#include <boost/beast/http.hpp>\n")],
    "gateway_words": [("src/usecases/buy.cpp", 'auto a = query["vnp_Amount"];\n')],
    "file_length": [("src/usecases/buy.cpp", "int x;\n" * 400)],
    "function_length": [
        ("src/usecases/buy.cpp", _BODY),
        ("src/usecases/buy.cpp", _BODY.replace("void g()", "Task<int> Buy::run(Query q) const")),
        ("src/usecases/buy.cpp", _BODY.replace("void g()", "Buy::Buy(int a) : a_(a), b_(2)")),
        ("src/usecases/buy.cpp", "namespace n {\n" + _BODY + "}\n"),
    ],
    "line_width": [("src/usecases/buy.cpp", "// " + "x" * 100 + "\n")],
    "leftovers": [("src/usecases/buy.cpp", "// TODO later\n"), ("run", "# FIXME\n")],
    "machine_words": [
        ("docs/setup.md", "cd /home/somebody/imagify\n"),
        ("web/package-lock.json", '"resolved": "https://example.org/a.tgz"\n'),
    ],
    "dead_sources": [("src/base/forgotten.cpp", "int z;\n"), ("src/base/sult.cpp", "int z;\n")],
    "dead_headers": [("src/base/forgotten.hpp", "#pragma once\n")],
    "documented_headers": [
        ("src/base/result.hpp", "\nclass Mute {\n};\n"),
        ("src/base/result.hpp", "\nint silent(int a);\n"),
        (
            "src/base/result.hpp",
            "\n/// Port.\nclass P {\npublic:\n    virtual int f() = 0;\n};\n",
        ),
    ],
    "guarded_headers": [("src/base/once.hpp", "\n")],
    "routes_described": [
        ("src/transport/http/routes.cpp", 'Route s{Method::Post, "/user/{id}/x", f};\n'),
        ("src/transport/http/routes.cpp", 'Route t{Delete, "/user/me", f};\n'),
        ("api/openapi.yaml", "paths:\n  /image/{id}:\n    delete:\n      summary: y\n"),
    ],
    "variables_documented": [
        ("src/app/config.cpp", 'auto mode = read("IMAGIFY_MODE");\n'),
        ("src/base/result.cpp", 'auto mode = std::getenv("OTHER_NAME");\n'),
        ("README.md", "| `GHOST_NAME` | nothing reads it |\n"),
        ("README.vi.md", "| `GHOST_NAME` | nothing reads it |\n"),
    ],
}

# What looks like a defect and is none.
_HARMLESS = [
    ("src/usecases/buy.cpp", '// TODOS is a word; "/worker/x" no path\nauto s = "{{{";\n'),
    ("src/usecases/buy.cpp", "char c = '}';\n"),
    ("src/usecases/buy.cpp", "int a = 1'000'000;\nint b() { return 2; }\n"),
    ("src/base/result.hpp", "/// One.\nint one();\nint two();\nclass Forward;\n"),
    ("src/base/result.hpp", "struct Plain { int a; };\n\nconstexpr int kOne = one();\n"),
    ("src/transport/http/routes.cpp", 'Route dev{Method::Get, "/dev/mail", mail};\n'),
]


def _seen(rules, tree):
    return {name: list(rule(tree)) for name, rule in rules.items()}


def run(rules):
    """Returns the number of expectations met and a list of those that were not."""
    met, broken = 0, []

    def expect(truth, what):
        nonlocal met
        met += bool(truth)
        if not truth:
            broken.append(what)

    for path, text in [("README.md", "")] + _HARMLESS:
        seen = {n: f for n, f in _seen(rules, _with(path, text)).items() if f}
        expect(not seen, f"{path} + {text[:40]!r}: nothing is wrong, yet {seen}")
    for name in rules:
        expect(name in _PLANTED, f"{name}: no defect shows that it can fail")
    for name, defects in _PLANTED.items():
        for path, text in defects:
            seen = _seen({name: rules[name]}, _with(path, text))[name]
            expect(seen, f"{name} does not see {text[:60]!r} in {path}")
    return met, broken


def _with(path, text):
    files = dict(_CLEAN)
    files[path] = files.get(path, "") + text
    files["src/app/main.cpp"] = '#include "base/result.hpp"\n#include "domain/money.hpp"\n'
    files["src/app/CMakeLists.txt"] += "target_sources(imagify PRIVATE main.cpp)\n"
    return Tree(files)
