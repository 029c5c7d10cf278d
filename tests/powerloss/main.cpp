#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.hpp"
#include "powerloss/campaign.hpp"

namespace imagify::testing {
namespace {

struct Wishes {
    std::int64_t images = 100'000;
    std::int64_t control_images = 2'000;
    std::uint64_t seed = 1;
    std::uint64_t replay = 0;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    bool deep = false;
};

/// The store says what it makes of a damaged file; that a weaker mode damages some is no news.
class QuietStore {
public:
    QuietStore() : kept_(::dup(STDERR_FILENO)) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
    ~QuietStore() {
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }
    QuietStore(const QuietStore&) = delete;
    QuietStore& operator=(const QuietStore&) = delete;

private:
    int kept_;
};

/// Says every ten seconds how far it is.
class Progress {
public:
    Progress(std::string what, std::int64_t total, std::atomic<std::int64_t>& done)
        : thread_([what = std::move(what), total, &done](const std::stop_token& stop) {
              std::mutex mutex;
              std::condition_variable_any wake;
              std::unique_lock lock(mutex);
              while (!wake.wait_for(lock, stop, std::chrono::seconds(10), [] { return false; })) {
                  if (stop.stop_requested()) return;
                  std::fprintf(stderr, "%s: %ld of %ld images\n", what.c_str(), done.load(), total);
              }
          }) {}

private:
    std::jthread thread_;
};

CampaignResult run(Durability durability, std::int64_t images, const Wishes& wishes) {
    std::atomic<std::int64_t> done = 0;
    std::optional<QuietStore> quiet;
    if (durability != Durability::Full) quiet.emplace();
    const Progress progress(std::string(to_text(durability)), images, done);
    return run_campaign({.durability = durability,
                         .images = images,
                         .seed = wishes.replay > 0 ? wishes.replay : wishes.seed,
                         .jobs = wishes.replay > 0 ? 1 : wishes.jobs},
                        done);
}

/// True when the honest mode lost nothing, or a dishonest one was caught.
bool report(Durability durability, const CampaignResult& result) {
    const auto& found = result.findings;
    const bool honest = durability == Durability::Full;
    const bool right = honest ? found.bad() == 0 && found.images > 0 : found.lost > 0;
    std::printf("| %-26s | %9ld | %8ld | %8ld | %8ld | %5ld | %s |\n", to_text(durability).data(),
                found.images, found.lost, found.minted, found.corrupt, found.stuck,
                honest ? (right ? "holds" : "BROKEN") : (right ? "caught" : "NOT CAUGHT"));
    if (!right) {
        for (const auto& example : result.examples) std::printf("  %s\n", example.c_str());
    }
    std::fflush(stdout);
    return right;
}

int run_all(const Wishes& wishes) {
    const auto started = std::chrono::steady_clock::now();
    std::printf("seed %lu, %u jobs\n", wishes.seed, wishes.jobs);
    std::printf("| %-26s | %9s | %8s | %8s | %8s | %5s | verdict |\n", "mode", "images", "lost",
                "minted", "corrupt", "stuck");
    std::printf("| --- | --- | --- | --- | --- | --- | --- |\n");
    int passed = 0;
    int failed = 0;
    Coverage coverage;
    for (const auto durability :
         {Durability::Full, Durability::Normal, Durability::Off, Durability::AnswerBeforeCommit}) {
        if (wishes.replay > 0 && durability != Durability::Full) continue;
        const bool honest = durability == Durability::Full;
        auto result = run(durability, honest ? wishes.images : wishes.control_images, wishes);
        (report(durability, result) ? passed : failed) += 1;
        if (honest) coverage = std::move(result.coverage);
    }
    std::printf("Coverage of FULL:");
    for (const auto& [name, count] : coverage) std::printf(" %s %ld,", name.c_str(), count);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf(" %.1f s\npowerloss: %d passed, %d failed\n", took.count(), passed, failed);
    return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    using namespace imagify::testing;
    Wishes wishes;
    CLI::App program(
        "Cuts the power under the real SQLite store: every write and sync is recorded, disks are\n"
        "made that lost, tore or reordered what was not synced, and each is opened again.");
    program.add_option("--images", wishes.images, "Power cuts with synchronous=FULL, 100000");
    program.add_option("--control-images", wishes.control_images,
                       "Power cuts in each mode that must lose something, 2000");
    program.add_option("--seed", wishes.seed, "The first recording's seed, 1");
    program.add_option("--replay", wishes.replay, "Only the recording of this seed, one thread");
    program.add_option("--jobs", wishes.jobs, "Threads; default: one a core");
    program.add_flag("--deep", wishes.deep, "2,000,000 power cuts");
    program.footer(
        "Examples:\n"
        "  powerloss                              the gate\n"
        "  powerloss --images 5000 --seed 7       a few\n"
        "  powerloss --replay 42 --images 1000    the recording that a failure named");
    CLI11_PARSE(program, argc, argv);
    if (wishes.deep) {
        wishes.images = 2'000'000;
        wishes.control_images = 20'000;
    }
    // Its statistics are a lock that every allocation of every thread takes.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // Refused holds and odd orders are part of the work; their log lines are not.
    imagify::set_log_level(imagify::LogLevel::Error);
    return run_all(wishes);
}
