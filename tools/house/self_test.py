"""Plants defects in a small clean house and expects their rules to see them."""
from .tree import Tree

_LIMIT = 'LimitRule a{{.name = "{}", .quota = {}, .window = std::chrono::{}}};\n'
_PROVED = "BuyTest.CostsACredit; security; security:desync; tidy:file_length; web: is a field"
# As many rows as ASVS has: the first is shown in every way there is.
_REQUIREMENTS = (
    f'V1.1.1,1,c,yes,src/base; README.md,"{_PROVED}; e2e: a walk: up, down",x\n'
    + "".join(f"V2.{n // 99 + 1}.{n % 99 + 1},1,c,no,,,none\n" for n in range(69))
    + "".join(f"V3.{n // 99 + 1}.{n % 99 + 1},2,c,later,,,issue 5\n" for n in range(183))
)

_METRIC = '{{"{}", MetricKind::Gauge, "Count", MetricPlace::Both, "Help."}};\n'
_CATALOGUE = (
    "#pragma once\n" + _METRIC.format("imagify_pictures")
    + 'inline constexpr const char* kCountedEvents[] = {"order.lost"};\n'
)
_ALERT = """  - alert: OrdersLost
    expr: increase(imagify_pictures{event="order.lost"}[5m]) > 0
    annotations: {runbook_url: docs/runbook.md#orders-lost}
"""
_SECTION = "## {}\n\n**Meaning.** a **Look.** b **Do.** c\n"

_CLEAN = {
    "src/base/result.hpp": "#pragma once\n/// A value or why there is none.\nclass Result {};\n",
    "src/base/result.cpp": '#include "base/result.hpp"\nint f() { return 1; }\n',
    "src/base/CMakeLists.txt": "imagify_layer(base SOURCES result.cpp)\n",
    "src/domain/money.hpp": '#pragma once\n#include "base/result.hpp"\n/// Sum.\nint add(int);\n',
    "src/usecases/buy.cpp": '#include "domain/money.hpp"\n',
    "src/usecases/CMakeLists.txt": "imagify_layer(usecases SOURCES buy.cpp log_in.cpp)\n",
    "src/transport/http/routes.cpp": 'Route r[] = {{Method::Get, "/user/credits", credits}};\n',
    "src/transport/http/CMakeLists.txt": "imagify_layer(http SOURCES routes.cpp)\n",
    "src/app/config.cpp": 'auto data = read("IMAGIFY_DATA");\n',
    "src/app/CMakeLists.txt": "add_executable(imagify config.cpp values.cpp)\n",
    "api/openapi.yaml": "paths:\n  /user/credits:\n    get:\n      summary: x\ncomponents: {}\n",
    "README.md": "| name | what |\n| --- | --- |\n| `IMAGIFY_DATA` | where |\n",
    "README.vi.md": "| name | what |\n| --- | --- |\n| `IMAGIFY_DATA` | where |\n",
    "SECURITY.md": "| `login` | 60 in 5 minutes | network |\n",
    "src/usecases/log_in.cpp": _LIMIT.format("login", "60", "minutes(5)"),
    "tests/unit/buy_test.cpp": "TEST_F(BuyTest, CostsACredit) {}\n",
    "tests/CMakeLists.txt": "imagify_test(all SOURCES unit/buy_test.cpp security/corpora.cpp)\n",
    "tests/security/corpora.cpp": 'Corpus a[] = {{"desync", "x", play}};\n',
    "tools/suites.sh": "suite_security() { proof security; }\n",
    "tools/house/rules.py": "def file_length(tree):\n",
    "web/tests/e2e/walk.spec.ts": "  test(`a walk: up, down (${locale})`, async () => {});\n",
    "web/tests/unit/ui.test.tsx": "it('is a field', () => {});\n",
    "docs/brief-map.md": "| The report |\n| --- |\n"
    "| S3 | built | `src/base` | `./test security` | |\n",
    "src/app/metric_catalogue.hpp": _CATALOGUE,
    "src/app/values.cpp": '#include "app/metric_catalogue.hpp"\n'
    'auto a = {"imagify_pictures", "order.lost"};\n',
    "docs/metrics.md": "| `imagify_pictures` | gauge | Count | both | Help. |\n\n`order.lost`\n",
    "ops/prometheus/alerts.yml": _ALERT,
    "docs/runbook.md": _SECTION.format("Orders lost"),
    "security/asvs.csv": "id,level,chapter,applies,where,shown_by,note\n" + _REQUIREMENTS,
}


def _rows(findings):
    return [("security/asvs.csv", row + "\n", words) for row, words in findings.items()]


# Rule -> (file, text to append, words of the finding): each of these breaks that rule.
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
    "limits_documented": [
        ("src/usecases/buy.cpp", _LIMIT.format("pay", "30", "hours(1)"), "30 in 1 hour"),
        ("src/usecases/buy.cpp", _LIMIT.format("login", "61", "minutes(5)"), "61 in 5 minutes"),
        ("SECURITY.md", "| `ghost` | 1 in 1 hour | person |\n", "no limit of the program"),
    ],
    "asvs_complete": _rows({
        "V4.1.1,1,c,no,,,none": "71 rows, not 70",
        "V4.1.1,2,c,no,,,none": "184 rows, not 183",
        "V1.1.1,1,c,no,,,none": "there twice",
        "V18.1.1,1,c,no,,,none": "is no id",
        "V4.1.1,3,c,no,,,none": "not 1 or 2",
        "V4.1.1,2,c,perhaps,,,none": "is one of",
        "V4.1.1,2,c,no,,none": "6 columns",
    }),
    "asvs_shown": _rows({
        "V4.1.1,2,c,no,,,": "no word",
        "V4.1.1,2,c,no,README.md,,none": "does not apply",
        "V4.1.1,2,c,later,,security,issue 5": "does not apply",
        "V4.1.1,2,c,yes,,security,x": "where",
        "V4.1.1,2,c,yes,README.md,,x. Partly: y": "neither a test",
        "V4.1.1,2,c,yes,README.md,security,Not met: y": "says that it has",
        "V4.1.1,2,c,yes,src/ghost.cpp,security,x": "does not exist",
    })
    + _rows({
        f"V4.1.1,2,c,yes,README.md,{proof},x": "no test is called"
        for proof in (
            "BuyTest.CostsTwo",
            "buying",
            "security:ghosts",
            "tidy:ghosts",
            "e2e: a walk",
            "web: is a button",
            "e2e: is a field",
        )
    }),
    "brief_map_true": [
        ("docs/brief-map.md", f"| {row} |\n", words)
        for row, words in {
            "S3 | built | `src/ghost` | | ": "src/ghost does not exist",
            "S3 | changed | `infra/ghost.ts` | | ": "infra/ghost.ts does not exist",
            "S3 | perhaps | `src/base` | | ": "the state is one of",
            "S3 | built |  | | ": "does not say where",
            "S3 | planned |  | | ": "does not say where",
            "S3 | built | `src/base` | `./test ghosts` | ": "no suite ghosts",
            "S3 | built | `src/base` | ": "cells",
        }.items()
    ],
    "metrics_documented": [
        ("src/app/metric_catalogue.hpp", _METRIC.format("imagify_ghosts"), "told by nothing"),
        ("docs/metrics.md", "| `imagify_ghosts` | gauge | Count | both | Help. |\n", "not as in"),
        ("docs/metrics.md", "| `imagify_pictures` | counter | Count | both | Help. |\n", "not as"),
    ],
    "watched_exist": [
        ("ops/prometheus/alerts.yml", "x: imagify_ghosts > 1\n", "imagify_ghosts"),
        ("ops/grafana/imagify.json", '"expr": "rate(imagify_ghosts_bucket[5m])"\n', "by nothing"),
        ("ops/grafana/imagify.json", r'"{event=\"order.gone\"}"', "order.gone"),
        ("infra/lib/monitoring-stack.ts", "metric('imagify_ghosts');\n", "imagify_ghosts"),
        ("infra/lib/monitoring-stack.ts", "countedEvents('order.gone');\n", "order.gone"),
        ("docs/runbook.md", "`imagify_ghosts`\n", "imagify_ghosts"),
    ],
    "alarms_have_runbooks": [
        ("ops/prometheus/alerts.yml", "  - alert: Mute\n    expr: 1\n", "links no runbook"),
        ("ops/prometheus/alerts.yml", "x: docs/runbook.md#nowhere\n", "has no #nowhere"),
        ("infra/lib/monitoring-stack.ts", "x(`docs/runbook.md#nowhere`);\n", "has no #nowhere"),
        ("docs/runbook.md", _SECTION.format("Nobody asks"), "no alarm links"),
        ("docs/runbook.md", "## Half\n\n**Meaning.** a **Look.** b No alarm.\n", "Do."),
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
    ("SECURITY.md", "| `Secure` | cookies |\n"),
    ("docs/brief-map.md", "| WAF | planned | `infra/ghost.ts` | | |\n"),
    ("docs/runbook.md", _SECTION.format("Drill") + "No alarm.\n"),
    ("ops/grafana/imagify.json", '"expr": "imagify_pictures_sum"\n'),
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
    expect(list(rules["asvs_complete"](Tree({}))), "asvs_complete does not miss its file")
    for name in rules:
        expect(name in _PLANTED, f"{name}: no defect shows that it can fail")
    for name, defects in _PLANTED.items():
        for path, text, *words in defects:
            seen = _seen({name: rules[name]}, _with(path, text))[name]
            told = any(all(word in what for word in words) for _, _, what in seen)
            expect(told, f"{name} does not see {text[:60]!r} in {path}")
    return met, broken


def _with(path, text):
    files = dict(_CLEAN)
    files[path] = files.get(path, "") + text
    files["src/app/main.cpp"] = '#include "base/result.hpp"\n#include "domain/money.hpp"\n'
    files["src/app/CMakeLists.txt"] += "target_sources(imagify PRIVATE main.cpp)\n"
    return Tree(files)
