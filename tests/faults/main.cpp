#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "base/log.hpp"
#include "faults/sweep.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

struct Wishes {
    std::uint64_t seed = 1;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    bool deep = false;
    std::string only;
};

constexpr FaultKind kKinds[] = {
    FaultKind::DiskError,  FaultKind::DiskFull,  FaultKind::StoreMemory, FaultKind::Memory,
    FaultKind::FileError,  FaultKind::FileFull,  FaultKind::Unreachable, FaultKind::BrokenAnswer,
    FaultKind::SlowAnswer, FaultKind::HugeAnswer};

bool is_memory(FaultKind kind) {
    return kind == FaultKind::StoreMemory || kind == FaultKind::Memory;
}

bool is_upstream(FaultKind kind) {
    return kind == FaultKind::Unreachable || kind == FaultKind::BrokenAnswer ||
           kind == FaultKind::SlowAnswer || kind == FaultKind::HugeAnswer;
}

std::vector<Sweep> plan(const Wishes& wishes) {
    std::vector<Sweep> sweeps;
    for (const auto& flow : money_flows()) {
        for (const auto kind : kKinds) {
            if (!wishes.only.empty() && !to_text(kind).contains(wishes.only) &&
                !flow.name.contains(wishes.only)) {
                continue;
            }
            Sweep sweep{.flow = &flow, .fault = {.kind = kind}};
            sweeps.push_back(sweep);
            if (is_memory(kind) && !wishes.deep) continue;
            sweep.fault.sticky = true;
            sweeps.push_back(sweep);
            if (!wishes.deep || is_upstream(kind)) continue;
            sweep.fault.sticky = false;
            for (const std::int64_t second : {1, 2, 5, 20}) {
                sweep.fault.second = second;
                sweeps.push_back(sweep);
            }
        }
    }
    return sweeps;
}

std::string describe(const Fault& fault) {
    std::string text(to_text(fault.kind));
    if (fault.sticky) text += ", sticky";
    if (fault.second > 0) text += ", again " + std::to_string(fault.second) + " later";
    return text;
}

void print(const Sweep& sweep, const SweepResult& result) {
    std::printf("| %-20s | %-32s | %6ld | %6ld | %6ld | %6ld | %5ld | %5ld |\n",
                sweep.flow->name.c_str(), describe(sweep.fault).c_str(), result.calls, result.runs,
                result.promised, result.unknown, result.ended, result.violations);
    for (const auto& example : result.examples) std::printf("  %s\n", example.c_str());
}

void print_head() {
    std::printf("| %-20s | %-32s | %6s | %6s | %6s | %6s | %5s | %5s |\n", "flow", "fault", "calls",
                "runs", "done", "unkn.", "ended", "viol.");
    std::printf("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
}

// A product that says "done" although the commit failed has to be caught in every flow that writes.
bool control_is_caught(const Wishes& wishes) {
    std::vector<Sweep> sweeps;
    for (const auto& flow : money_flows()) {
        if (flow.name != "register" && flow.name != "notice settles") continue;
        sweeps.push_back({.flow = &flow,
                          .fault = {.kind = FaultKind::DiskError, .sticky = true},
                          .product = Product::SwallowsErrors});
    }
    const auto results = run_sweeps(sweeps, wishes.jobs);
    bool caught = true;
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        std::printf("control: %s, errors swallowed: %ld of %ld runs %s\n",
                    sweeps[i].flow->name.c_str(), results[i].violations, results[i].runs,
                    results[i].violations > 0 ? "caught" : "NOT CAUGHT");
        caught = caught && results[i].violations > 0;
    }
    return caught;
}

// A kind that no flow ever called has shown nothing; nor has a disk that never failed a commit.
bool everything_was_reached(const std::vector<Sweep>& sweeps,
                            const std::vector<SweepResult>& results) {
    std::map<FaultKind, std::int64_t> calls;
    std::int64_t unknown = 0;
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        calls[sweeps[i].fault.kind] += results[i].calls;
        unknown += results[i].unknown;
    }
    bool reached = !sweeps.empty();
    for (const auto& [kind, count] : calls) {
        if (count > 0) continue;
        std::printf("never reached: %s\n", std::string(to_text(kind)).c_str());
        reached = false;
    }
    if (calls.contains(FaultKind::DiskError) && unknown == 0) {
        std::printf("never reached: a commit with an unknown outcome\n");
        reached = false;
    }
    return reached;
}

int run_all(const Wishes& wishes) {
    const auto started = std::chrono::steady_clock::now();
    const auto sweeps = plan(wishes);
    const auto results = run_sweeps(sweeps, wishes.jobs);
    int passed = 0;
    int failed = 0;
    std::int64_t runs = 0;
    print_head();
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        runs += results[i].runs;
        // Nothing of this flow could fail in this way.
        if (results[i].calls == 0 && results[i].violations == 0) continue;
        print(sweeps[i], results[i]);
        (results[i].violations == 0 ? passed : failed) += 1;
    }
    (everything_was_reached(sweeps, results) ? passed : failed) += 1;
    (control_is_caught(wishes) ? passed : failed) += 1;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("%ld runs, seed %lu, %.1f s\n", runs, wishes.seed, took.count());
    std::printf("faults: %d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    using namespace imagify::testing;
    Wishes wishes;
    CLI::App program(
        "Lets the N-th call fail, for N = 1, 2, ... until nothing fails any more: of SQLite's "
        "disk,\n"
        "of memory, of the picture files, of the painter and the gateway, in every money flow.");
    program.add_option("--seed", wishes.seed, "Which allocations the gate picks, 1");
    program.add_option("--jobs", wishes.jobs, "Processes; default: one a core");
    program.add_option("--only", wishes.only, "Flows or faults whose name has this in it");
    program.add_flag("--deep", wishes.deep, "Every allocation, sticky ones, and pairs");
    program.footer(
        "Examples:\n"
        "  faults                       the gate\n"
        "  faults --only 'disk error'   one kind of fault\n"
        "  faults --only register       one flow");
    CLI11_PARSE(program, argc, argv);
    // What is synced here is not what the power cuts look at; only the time of it counts.
    if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
    // The folders of all trials are below this one, and end with it, also those of a crashed one.
    const TempFolder folder;
    ::setenv("TMPDIR", folder.path().c_str(), 1);
    imagify::set_log_level(imagify::LogLevel::Error);
    return run_all(wishes);
}
