#include "app/backup/replay_log.hpp"

#include <set>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system_clock.hpp"
#include "app/backup/backups.hpp"
#include "app/backup/picture_files.hpp"
#include "app/backup/shipped_log.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 1000;

std::unexpected<Error> damaged(const fs::path& file, const std::string& why) {
    return fail(ErrorKind::Invalid, "backup.damaged",
                file.string() + " " + why + ": restore the backup alone, by its name");
}

// Up to the mark it has to be what was promised; what comes after it was not, and is taken if it is
// whole.
Result<void> apply(const fs::path& file, const ShippedMark& mark, const fs::path& database) {
    const auto end = sqlite::apply_log(file, database);
    if (!end) return std::unexpected(end.error());
    if (end->bytes < mark.bytes) return damaged(file, "holds less than was shipped");
    if (end->bytes == mark.bytes && end->checksum != mark.checksum) {
        return damaged(file, "has other bytes than were shipped");
    }
    return {};
}

Result<void> copy_pictures(const fs::path& from, const fs::path& to, Checksums& checksums) {
    const auto files = list_picture_files(from);
    if (!files) return std::unexpected(files.error());
    for (const auto& file : *files) {
        if (checksums.contains(file)) continue;
        std::error_code code;
        fs::create_directories((to / file).parent_path(), code);
        auto digest = copy_hashed(from / file, to / file);
        if (!digest) return std::unexpected(digest.error());
        checksums[file] = std::move(*digest);
    }
    return {};
}

Result<std::set<std::string>> named_pictures(Store& store) {
    std::set<std::string> named;
    for (GenerationId after;;) {
        const auto pictures = run_task(store.charged_pictures(after, kBatch));
        if (!pictures) return std::unexpected(pictures.error());
        if (pictures->empty()) return named;
        for (const auto& picture : *pictures) {
            named.insert(fs::path(original_file(picture.id)).stem().string());
        }
        after = pictures->back().id;
    }
}

// Deleted by their owners since the backup: they must not come back.
Result<void> remove_unnamed(const fs::path& folder, Checksums& checksums) {
    SystemClock clock;
    auto store = sqlite::SqliteStore::open(
        {.file = folder / "imagify.db", .mode = sqlite::StoreMode::ReadOnly, .clock = &clock});
    if (!store) return std::unexpected(store.error());
    const auto named = named_pictures(**store);
    if (!named) return std::unexpected(named.error());
    for (auto file = checksums.begin(); file != checksums.end();) {
        const fs::path path = file->first;
        if (!file->first.starts_with("blobs/") || named->contains(path.stem().string())) {
            ++file;
            continue;
        }
        std::error_code code;
        fs::remove(folder / path, code);
        file = checksums.erase(file);
    }
    return {};
}

}  // namespace

std::optional<fs::path> log_after_newest(const fs::path& backups) {
    auto log = newest_shipped_log(backups);
    const auto found = list_backups(backups);
    if (!log || found.empty()) return std::nullopt;
    const auto base = base_of(*log);
    if (found.back().filename() == base) return log;
    // A backup was made by hand since. What was shipped is newer as long as it went on.
    const auto marks = read_marks(*log);
    const bool went_on =
        marks && !marks->empty() && marks->back().at > *backup_moment(found.back());
    if (!went_on || !fs::exists(backups / base)) return std::nullopt;
    return log;
}

Result<void> replay_log(const fs::path& shipped_log, const fs::path& folder, Checksums& checksums) {
    const auto marks = read_marks(shipped_log);
    if (!marks) return std::unexpected(marks.error());
    const auto database = folder / "imagify.db";
    for (const auto& mark : *marks) {
        const auto file = log_file(shipped_log, mark.file);
        if (!fs::exists(file)) return damaged(file, "is missing");
        if (auto applied = apply(file, mark, database); !applied) return applied;
    }
    if (auto finished = sqlite::finish_database(database); !finished) return finished;
    if (auto copied = copy_pictures(shipped_log, folder, checksums); !copied) return copied;
    return remove_unnamed(folder, checksums);
}

}  // namespace imagify
