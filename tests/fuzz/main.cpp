#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "crash/failpoints.hpp"
#include "fuzz/campaign.hpp"
#include "support/verdicts.hpp"

/// libFuzzer as a library: one program holds every target.
extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv,
                                   int (*callback)(const std::uint8_t* data, std::size_t size));

namespace imagify::fuzz {
namespace {

struct Options {
    std::string target;
    std::vector<std::string> only;
    std::uint64_t seconds = 30;
    std::uint64_t seed = 1;
    unsigned jobs = 2;
    bool deep = false;
};

constexpr std::uint64_t kDeepExecutions = 20'000'000;
// More than enough: most faults show in the seeds.
constexpr std::uint64_t kPlantedExecutions = 50'000;
constexpr std::uint64_t kPlantedSeconds = 60;

const Target* current = nullptr;

const Target* find_target(std::string_view name) {
    const auto all = all_targets();
    const auto found = std::ranges::find(all, name, &Target::name);
    return found == all.end() ? nullptr : &*found;
}

int show(const std::uint8_t* data, std::size_t size) {
    current->run({reinterpret_cast<const char*>(data), size});
    return 0;
}

int run_target(const Options& options, std::vector<std::string> words) {
    current = find_target(options.target);
    if (current == nullptr) {
        fmt::print(stderr, "There is no target '{}'.\n", options.target);
        return 2;
    }
    set_log_level(LogLevel::Error);
    words.insert(words.begin(), "imagify_fuzz");
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    int count = static_cast<int>(words.size());
    char** list = pointers.data();
    return LLVMFuzzerRunDriver(&count, &list, show);
}

std::vector<const Target*> chosen(const Options& options) {
    std::vector<const Target*> targets;
    for (const auto& target : all_targets()) {
        if (options.only.empty() || std::ranges::count(options.only, target.name) > 0) {
            targets.push_back(&target);
        }
    }
    return targets;
}

void search(const Options& options, testing::Verdicts& verdicts) {
    std::vector<Run> runs;
    for (const auto* const target : chosen(options)) {
        runs.push_back({.target = target,
                        .executions = options.deep ? kDeepExecutions : 0,
                        .seconds = options.deep ? 0 : options.seconds,
                        .seed = options.seed});
    }
    run_all(
        runs, {IMAGIFY_FUZZ_SEEDS, IMAGIFY_FUZZ_FOLDER}, options.jobs, [&](const Report& report) {
            verdicts.expect(
                !report.found && !report.broken && report.executions > 0 && report.edges > 0,
                fmt::format("{:16} {:>10} executions {:>7}/s {:>5} edges {:>5} inputs{}",
                            report.run.target->name, report.executions, report.per_second,
                            report.edges, report.corpus,
                            report.found || report.broken ? ", see " + report.log.string() : ""));
        });
}

void search_planted(const Options& options, testing::Verdicts& verdicts) {
    std::vector<Run> runs;
    for (const auto* const target : chosen(options)) {
        runs.push_back({.target = target,
                        .mutant = std::string(target->mutant),
                        .executions = kPlantedExecutions,
                        .seconds = kPlantedSeconds,
                        .seed = options.seed});
    }
    const auto folder = std::string(IMAGIFY_FUZZ_FOLDER) + "-planted";
    run_all(runs, {IMAGIFY_FUZZ_SEEDS, folder}, options.jobs, [&](const Report& report) {
        verdicts.expect(report.found, fmt::format("{:16} notices {} within {} executions",
                                                  report.run.target->name, report.run.mutant,
                                                  std::max<std::uint64_t>(report.executions, 1)));
    });
}

// A fault that no target knows would never be noticed.
void compare_with_source(testing::Verdicts& verdicts) {
    std::set<std::string_view> known;
    for (const auto& target : all_targets()) known.insert(target.mutant);
    for (const auto& name : testing::mutants_in(IMAGIFY_SOURCES)) {
        if (name.starts_with("parse.") && !known.contains(name)) {
            verdicts.expect(false, name + " in the source belongs to no target");
        }
    }
}

int prove(const Options& options) {
    testing::Verdicts verdicts;
    compare_with_source(verdicts);
    search_planted(options, verdicts);
    search(options, verdicts);
    return verdicts.close("fuzz");
}

}  // namespace
}  // namespace imagify::fuzz

int main(int argc, char** argv) {
    imagify::fuzz::Options options;
    CLI::App program(
        "Shows each parser of outside bytes whatever libFuzzer can think of, under the address and "
        "undefined-behaviour sanitizers.");
    program.add_option("--target", options.target,
                       "Only libFuzzer itself with this target; its own arguments follow --");
    program.add_option("--only", options.only, "The proof with these targets alone");
    program.add_option("--seconds", options.seconds, "For each target, default 30");
    program.add_option("--seed", options.seed, "Of all random choices, default 1");
    program.add_option("--jobs", options.jobs, "Targets at a time, default 2");
    program.add_flag("--deep", options.deep, "20 million executions of each instead");
    program.footer(
        "Examples:\n  imagify_fuzz\n  imagify_fuzz --only query --only range --seconds 300\n"
        "  imagify_fuzz --target query -- FILE        one input again\n"
        "  imagify_fuzz --deep\n\nExit code 0: nothing was found.");
    program.allow_extras();
    CLI11_PARSE(program, argc, argv);
    if (!options.target.empty()) return imagify::fuzz::run_target(options, program.remaining());
    return imagify::fuzz::prove(options);
}
