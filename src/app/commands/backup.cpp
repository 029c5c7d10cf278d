#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>

#include "adapters/system/system_clock.hpp"
#include "app/backup/take_backup.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/config.hpp"

namespace imagify {
namespace {

// Once a second on stderr, and nothing for what takes less.
class Progress {
public:
    void operator()(const std::string& text) {
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < std::chrono::seconds{1}) return;
        told_ = now;
        std::fprintf(stderr, "%s\n", text.c_str());
    }

private:
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

double seconds_since(std::chrono::steady_clock::time_point started) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

int exit_code_of(const Error& error) {
    std::fprintf(stderr, "imagify: %s\n", error.detail.c_str());
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Conflict ? kExitUsage
                                                                                  : kExitProblem;
}

struct Flags {
    Overrides settings;
    std::string to;
    std::string from;
    std::string data;
    std::size_t keep = 0;
};

int backup(const Flags& flags) {
    const auto reading = read_config(with_overrides(flags.settings));
    if (reading.config.store != StoreKind::Sqlite || reading.config.blobs != BlobKind::Files) {
        std::fprintf(stderr,
                     "imagify: backup copies a data folder; what AWS keeps is backed up by "
                     "AWS: see docs/recovery-aws.md\n");
        return kExitUsage;
    }
    const auto started = std::chrono::steady_clock::now();
    SystemClock clock;
    const auto report = take_backup(
        {.data = reading.config.data, .to = flags.to, .keep = flags.keep}, clock, Progress());
    if (!report) return exit_code_of(report.error());
    std::printf(
        "%s: %lld ledger rows, %lld accounts, %zu pictures (%zu files new); its books "
        "balance. %.1f s\n",
        report->place.c_str(), static_cast<long long>(report->facts.ledger_rows),
        static_cast<long long>(report->facts.accounts), report->pictures, report->copied,
        seconds_since(started));
    if (report->pruned > 0) std::printf("%zu older removed\n", report->pruned);
    return kExitDone;
}

int restore(const Flags& flags) {
    const auto started = std::chrono::steady_clock::now();
    const auto report = restore_backup({.from = flags.from, .data = flags.data}, Progress());
    if (!report) return exit_code_of(report.error());
    std::printf(
        "%s from %s%s: %zu files; its books balance. %.1f s\nNow start: imagify serve --data "
        "%s\n",
        flags.data.c_str(), report->from.c_str(),
        report->with_log ? " and what was shipped since" : "", report->files,
        seconds_since(started), flags.data.c_str());
    return kExitDone;
}

}  // namespace

void add_backup(CLI::App& program, int& exit_code) {
    auto* command =
        program.add_subcommand("backup", "Copy the data folder while the server works on it");
    auto flags = std::make_shared<Flags>();
    command->add_option("--data", flags->settings["IMAGIFY_DATA"],
                        "The data folder, default ./data");
    command->add_option("--to", flags->to, "The folder of the backups, best on another disk")
        ->required();
    command->add_option("--keep", flags->keep, "Remove the oldest, so that so many stay")
        ->check(CLI::Range(1, 100'000));
    command->footer(
        "Examples:\n  imagify backup --data /var/lib/imagify --to /mnt/backups --keep 14\n"
        "  sha256sum -c SHA256SUMS    in a backup: are its bytes still the same?\n\n"
        "A backup is whole and checked, or it is not there. Pictures that the backup before has\n"
        "are hard links into it. Exit code 1: what would be kept is damaged, or a disk failed;\n"
        "2: nothing to back up.");
    command->callback([flags, &exit_code] { exit_code = backup(*flags); });
}

void add_restore(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("restore", "Make a new data folder from a backup");
    auto flags = std::make_shared<Flags>();
    command
        ->add_option("--from", flags->from, "A backup, or the folder of backups: the newest state")
        ->required();
    command->add_option("--data", flags->data, "The new data folder: absent or empty")->required();
    command->footer(
        "Example:\n  imagify restore --from /mnt/backups --data /var/lib/imagify-new\n\n"
        "Every file is compared with its checksum and the books are checked before the folder\n"
        "gets its name. Exit code 1: the backup is damaged; 2: there is none, or --data is taken.");
    command->callback([flags, &exit_code] { exit_code = restore(*flags); });
}

}  // namespace imagify
