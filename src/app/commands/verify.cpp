#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/run_task.hpp"
#include "app/config.hpp"
#include "app/storage.hpp"
#include "usecases/verify_books.hpp"

namespace imagify {
namespace {

int verify(const Overrides& flags) {
    const auto reading = read_config(with_overrides(flags));
    SystemClock clock;
    SystemRandom random;
    Worker worker(0, 1);
    const auto& folder = reading.config.data;
    auto storage = open_storage(folder, sqlite::StoreMode::ReadOnly, worker, clock, random);
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
    for (const auto& violation : *violations) {
        std::printf("%s: %s: %s\n", violation.invariant.c_str(), violation.subject.c_str(),
                    violation.detail.c_str());
    }
    if (!violations->empty()) {
        std::printf("%zu broken invariants in %s\n", violations->size(), folder.c_str());
        return kExitProblem;
    }
    std::printf("The books of %s balance.\n", folder.c_str());
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
