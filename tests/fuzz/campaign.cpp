#include "fuzz/campaign.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <regex>
#include <stdexcept>

namespace imagify::fuzz {
namespace {

namespace fs = std::filesystem;

// libFuzzer's own exit codes for an input that it has kept: a crash, and one that took too long or
// too much memory.
constexpr int kCrash = 77;
constexpr int kTimeout = 70;
constexpr int kMemory = 71;

fs::path folder_of(const Run& run, const Places& places) {
    return places.folder / (std::string(run.target->name) + (run.mutant.empty() ? "" : "-planted"));
}

void write_seeds(const Run& run, const fs::path& corpus) {
    fs::create_directories(corpus);
    if (run.target->made_seeds == nullptr) return;
    std::size_t number = 0;
    for (const auto& seed : run.target->made_seeds()) {
        std::ofstream(corpus / fmt::format("made-{}", number++), std::ios::binary) << seed;
    }
}

std::vector<std::string> arguments(const Run& run, const Places& places) {
    const auto folder = folder_of(run, places);
    const auto seeds = places.seeds / run.target->name;
    std::vector<std::string> words{"imagify_fuzz", "--target", std::string(run.target->name), "--",
                                   (folder / "corpus").string()};
    if (fs::exists(seeds)) words.push_back(seeds.string());
    words.push_back(fmt::format("-max_len={}", run.target->max_bytes));
    words.push_back(fmt::format("-seed={}", run.seed));
    if (run.executions > 0) words.push_back(fmt::format("-runs={}", run.executions));
    if (run.seconds > 0) words.push_back(fmt::format("-max_total_time={}", run.seconds));
    words.push_back(fmt::format("-artifact_prefix={}/", folder.string()));
    for (const auto* const word : {"-timeout=20", "-print_final_stats=1"}) words.emplace_back(word);
    return words;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (auto& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

pid_t start(const Run& run, const Places& places) {
    const auto folder = folder_of(run, places);
    write_seeds(run, folder / "corpus");
    auto words = arguments(run, places);
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) variables.emplace_back(*entry);
    std::erase_if(variables, [](const auto& one) { return one.starts_with("IMAGIFY_MUTANT="); });
    if (!run.mutant.empty()) {
        variables.push_back("IMAGIFY_MUTANT=" + run.mutant);
        // A finding is expected: nobody reads its stack.
        std::erase_if(variables, [](const auto& one) { return one.starts_with("ASAN_OPTIONS="); });
        variables.emplace_back("ASAN_OPTIONS=symbolize=0");
    }
    const auto log = (folder / "log").string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, 2, 1);
    pid_t child = 0;
    const auto failed = posix_spawn(&child, "/proc/self/exe", &actions, nullptr,
                                    pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + std::string(run.target->name));
    return child;
}

std::uint64_t last_number(const std::string& text, const char* pattern) {
    std::uint64_t number = 0;
    const std::regex regex(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
        number = std::stoull((*match)[1]);
    }
    return number;
}

Report report_of(const Run& run, const Places& places, int status) {
    Report report{.run = run, .log = folder_of(run, places) / "log"};
    std::ifstream file(report.log);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    report.executions = last_number(text, R"(stat::number_of_executed_units: +(\d+))");
    report.per_second = last_number(text, R"(stat::average_exec_per_sec: +(\d+))");
    report.edges = last_number(text, R"(cov: (\d+))");
    report.corpus = last_number(text, R"(corp: (\d+))");
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    report.found = code == kCrash || code == kTimeout || code == kMemory;
    report.broken = !report.found && code != 0;
    return report;
}

}  // namespace

void run_all(const std::vector<Run>& runs, const Places& places, unsigned jobs,
             const std::function<void(const Report&)>& done) {
    fs::remove_all(places.folder);
    fs::create_directories(places.folder);
    std::map<pid_t, const Run*> running;
    for (auto next = runs.begin(); next != runs.end() || !running.empty();) {
        while (next != runs.end() && running.size() < jobs) {
            running.emplace(start(*next, places), &*next);
            ++next;
        }
        int status = 0;
        const auto child = ::waitpid(-1, &status, 0);
        const auto found = running.find(child);
        if (found == running.end()) continue;
        const auto* const run = found->second;
        running.erase(found);
        done(report_of(*run, places, status));
    }
}

}  // namespace imagify::fuzz
