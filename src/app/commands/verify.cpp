#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/doctor_cloud.hpp"
#include "app/commands/options.hpp"
#include "app/commands/run_task.hpp"
#include "app/config.hpp"
#include "app/storage.hpp"
#include "usecases/verify_books.hpp"

namespace imagify {
namespace {

int verify(const Overrides& flags) {
    const auto settings = open_settings(flags);
    if (!settings) return kExitUsage;
    const auto reading = read_config(settings->environment());
    SystemClock clock;
    SystemRandom random;
    Worker worker(0, 1);
    BeastHttpClient http_client;
    Cloud cloud(reading.config, {.http = http_client, .clock = clock, .random = random});
    auto storage =
        open_storage(reading.config, sqlite::StoreMode::ReadOnly,
                     {.worker = worker, .clock = clock, .random = random, .cloud = cloud});
    if (!storage) {
        std::fprintf(stderr, "imagify: %s\n", storage.error().detail.c_str());
        return kExitUsage;
    }
    const VerifyBooks verify_books({.store = *storage->store,
                                    .generations = *storage->store,
                                    .blobs = *storage->blobs,
                                    .clock = clock});
    const auto violations = run_task(verify_books.run());
    if (!violations) {
        std::fprintf(stderr, "imagify: %s\n", violations.error().detail.c_str());
        return kExitProblem;
    }
    const bool in_folder = reading.config.store == StoreKind::Sqlite;
    const auto where = in_folder ? reading.config.data.string() : store_text(reading.config);
    for (const auto& violation : *violations) {
        std::printf("%s: %s: %s\n", violation.invariant.c_str(), violation.subject.c_str(),
                    violation.detail.c_str());
    }
    if (!violations->empty()) {
        std::printf("%zu broken invariants in %s\n", violations->size(), where.c_str());
        return kExitProblem;
    }
    std::printf("The books of %s balance.\n", where.c_str());
    return kExitDone;
}

}  // namespace

void add_verify(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand(
        "verify", "Check every invariant of the books and every stored picture");
    auto flags = std::make_shared<Overrides>();
    command->add_option("--data", (*flags)["IMAGIFY_DATA"], "The data folder, default ./data");
    command->footer(
        "Example:\n  imagify verify --data /var/lib/imagify\n\n"
        "May run beside a server. Exit code 0: the books balance; 1: a list of what does not;\n"
        "2: there is nothing to check.");
    command->callback([flags, &exit_code] { exit_code = verify(*flags); });
}

}  // namespace imagify
