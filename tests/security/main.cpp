#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>

#include "base/log.hpp"
#include "security/corpus.hpp"

namespace imagify::testing {
namespace {

struct Row {
    std::string_view corpus;
    CorpusReport report;
    double seconds;
};

int run(const CorpusPlan& plan, const std::string& only) {
    set_log_level(LogLevel::Error);
    Verdicts verdicts;
    std::vector<Row> rows;
    for (const auto& corpus : corpora()) {
        if (!only.empty() && only != corpus.name) continue;
        fmt::print(stderr, "{}: {}\n", corpus.name, corpus.what);
        const auto start = std::chrono::steady_clock::now();
        auto report = corpus.play(plan, verdicts);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        verdicts.expect(
            report.cases > 0 && report.findings == 0,
            fmt::format("{}: {} findings in {} cases", corpus.name, report.findings, report.cases));
        rows.push_back({corpus.name, std::move(report), took.count()});
    }
    fmt::print("\n{:<14} | {:>8} | {:>8} | {:>6} | notes\n", "corpus", "cases", "findings", "s");
    for (const auto& row : rows) {
        fmt::print("{:<14} | {:>8} | {:>8} | {:>6.1f} | {}\n", row.corpus, row.report.cases,
                   row.report.findings, row.seconds, row.report.notes);
    }
    fmt::print("seed {}\n", plan.seed);
    return verdicts.close("security");
}

std::string corpus_names() {
    std::string names;
    for (const auto& corpus : corpora()) {
        names += fmt::format("\n  {:<14} {}", corpus.name, corpus.what);
    }
    return names;
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    using namespace imagify::testing;
    std::signal(SIGPIPE, SIG_IGN);
    CorpusPlan plan;
    std::string only;
    bool deep = false;
    bool smoke = false;
    std::vector<std::string> names;
    for (const auto& corpus : corpora()) names.emplace_back(corpus.name);
    CLI::App program("Shows the product what an attacker would, and looks for what gives way.");
    program.add_option("--only", only, "One corpus, by its name")->check(CLI::IsMember(names));
    program.add_option("--seed", plan.seed, "Of all random choices, default 1");
    program.add_flag("--deep", deep, "Much more of the same");
    program.add_flag("--smoke", smoke, "A moment of each")->excludes("--deep");
    program.footer("Corpora:" + corpus_names() +
                   "\n\nExamples:\n  imagify_security\n  imagify_security --only desync\n"
                   "  imagify_security --deep --seed 7\n\nExit code 0: nothing failed.");
    CLI11_PARSE(program, argc, argv);
    if (deep) plan.extent = Extent::Deep;
    if (smoke) plan.extent = Extent::Smoke;
    return run(plan, only);
}
