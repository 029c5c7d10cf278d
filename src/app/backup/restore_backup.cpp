#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "adapters/system/posix_file.hpp"
#include "app/backup/backups.hpp"
#include "app/backup/book_check.hpp"
#include "app/backup/replay_log.hpp"
#include "app/backup/shipped_log.hpp"
#include "app/backup/take_backup.hpp"
#include "base/failpoint.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTold = 100;

std::unexpected<Error> failed(const std::string& doing, const std::error_code& why) {
    return fail(ErrorKind::Unavailable, "backup.failed", doing + ": " + why.message());
}

struct Choice {
    fs::path backup;
    /// What was shipped after it.
    std::optional<fs::path> log{};
};

// The backup that is meant: `from` itself, or the newest state that is in it.
Result<Choice> choose(const fs::path& from) {
    std::error_code code;
    if (fs::exists(from / kChecksumsFile, code) || fs::exists(from / "imagify.db", code)) {
        return Choice{from};
    }
    if (fs::is_directory(from, code)) {
        if (auto log = log_after_newest(from)) {
            return Choice{from / base_of(*log), std::move(log)};
        }
        const auto found = list_backups(from);
        if (!found.empty()) return Choice{found.back()};
    }
    return fail(ErrorKind::NotFound, "backup.none",
                "there is no backup in " + from.string() + ": give the folder with --from");
}

Result<void> copy_files(const fs::path& from, const fs::path& to, const Checksums& checksums,
                        const BackupProgress& progress) {
    std::size_t done = 0;
    for (const auto& [file, digest] : checksums) {
        if (++done % kTold == 0) {
            progress(fmt::format("{} of {} files", done, checksums.size()));
        }
        std::error_code code;
        fs::create_directories((to / file).parent_path(), code);
        const auto copied = copy_hashed(from / file, to / file);
        if (!copied && copied.error().kind != ErrorKind::NotFound) {
            return std::unexpected(copied.error());
        }
        if (!copied || *copied != digest) {
            return fail(ErrorKind::Invalid, "backup.damaged",
                        (from / file).string() +
                            (copied ? " has other bytes than were backed up" : " is missing") +
                            ": take another backup");
        }
    }
    for (const auto& entry : fs::recursive_directory_iterator(to)) {
        if (!entry.is_directory()) continue;
        if (auto synced = sync_folder(entry.path()); !synced) return synced;
    }
    return sync_folder(to);
}

Result<void> check(const fs::path& folder, const Checksums& checksums) {
    const auto violations = check_books(folder, checksums);
    if (!violations) return std::unexpected(violations.error());
    if (violations->empty()) return {};
    const auto& first = violations->front();
    return fail(ErrorKind::Invalid, "backup.damaged",
                fmt::format("its books do not balance ({} faults; {}: {}: {}): take another backup",
                            violations->size(), first.invariant, first.subject, first.detail));
}

Result<void> fill(const Choice& from, const fs::path& to, Checksums& checksums,
                  const BackupProgress& progress) {
    if (auto copied = copy_files(from.backup, to, checksums, progress); !copied) return copied;
    if (from.log) {
        progress("applying what was shipped since");
        if (auto replayed = replay_log(*from.log, to, checksums); !replayed) return replayed;
    }
    progress("checking the books");
    return check(to, checksums);
}

}  // namespace

Result<RestoreReport> restore_backup(const RestoreRequest& request,
                                     const BackupProgress& progress) {
    std::error_code code;
    if (fs::exists(request.data, code) && !fs::is_empty(request.data, code)) {
        return fail(ErrorKind::Conflict, "restore.not_empty",
                    request.data.string() +
                        " is not empty: name a new folder with --data, or move "
                        "the old one away");
    }
    const auto from = choose(request.from);
    if (!from) return std::unexpected(from.error());
    auto checksums = read_checksums(from->backup);
    if (!checksums) return std::unexpected(checksums.error());
    const auto data = fs::absolute(request.data).lexically_normal();
    // "/x/data/" names the same folder as "/x/data".
    const auto place = data.has_filename() ? data : data.parent_path();
    auto partial = place;
    partial += ".restoring";
    fs::remove_all(partial, code);
    fs::create_directories(partial, code);
    if (code) return failed("cannot make " + partial.string(), code);
    fs::permissions(partial, fs::perms::owner_all, code);
    if (auto filled = fill(*from, partial, *checksums, progress); !filled) {
        fs::remove_all(partial, code);
        return std::unexpected(filled.error());
    }
    FAILPOINT("restore.before_finish");
    fs::rename(partial, place, code);
    if (code) return failed("cannot rename " + partial.string(), code);
    if (auto synced = sync_folder(place.parent_path()); !synced) {
        return std::unexpected(synced.error());
    }
    return RestoreReport{
        .from = from->backup, .files = checksums->size(), .with_log = from->log.has_value()};
}

}  // namespace imagify
