#include "app/backup/take_backup.hpp"

#include <fmt/format.h>

#include <set>

#include "app/backup/backups.hpp"
#include "app/backup/book_check.hpp"
#include "app/backup/picture_files.hpp"
#include "base/failpoint.hpp"

namespace imagify {
namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20U;
constexpr std::size_t kTold = 100;

/// One backup on its way.
class Taking {
public:
    Taking(const BackupRequest& request, std::filesystem::path folder,
           const BackupProgress& progress)
        : request_(request), folder_(std::move(folder)), progress_(progress) {}

    /// Pictures of this backup that did not change since are linked, not copied.
    void link_from(const std::filesystem::path& before) {
        if (auto known = read_checksums(before)) {
            before_ = before;
            known_ = std::move(*known);
        }
    }

    // Pictures are copied before and after the database: what was charged until its moment was
    // stored before, and what is deleted since is still in the first round.
    Result<BackupReport> run() {
        if (auto done = copy_pictures(); !done) return std::unexpected(done.error());
        const auto database = folder_ / "imagify.db";
        const auto facts = sqlite::copy_database(
            request_.data / "imagify.db", database, [this](std::int64_t done, std::int64_t total) {
                progress_(fmt::format("database {} of {} MiB", done / kMiB, total / kMiB));
            });
        if (!facts) return std::unexpected(facts.error());
        report_.facts = *facts;
        FAILPOINT("backup.database_copied");
        if (auto done = copy_pictures(); !done) return std::unexpected(done.error());
        if (auto done = copy_secret(); !done) return std::unexpected(done.error());
        auto digest = hash_file(database);
        if (!digest) return std::unexpected(digest.error());
        checksums_["imagify.db"] = std::move(*digest);
        if (auto done = check(); !done) return std::unexpected(done.error());
        if (auto done = write_checksums(folder_, checksums_); !done) {
            return std::unexpected(done.error());
        }
        FAILPOINT("backup.before_finish");
        auto place = Backups::finish(folder_);
        if (!place) return std::unexpected(place.error());
        report_.place = std::move(*place);
        report_.pictures = pictures_;
        return report_;
    }

private:
    Result<void> copy_pictures() {
        const auto files = list_picture_files(request_.data);
        if (!files) return std::unexpected(files.error());
        std::size_t looked_at = 0;
        for (const auto& file : *files) {
            if (++looked_at % kTold == 0) {
                progress_(fmt::format("pictures: {} of {} files", looked_at, files->size()));
            }
            if (checksums_.contains(file)) continue;
            if (auto done = copy_picture(file); !done) return done;
        }
        if (shards_.empty()) return {};
        for (const auto& shard : shards_) {
            if (auto synced = sync_folder(folder_ / "blobs" / shard); !synced) return synced;
        }
        return sync_folder(folder_ / "blobs");
    }

    Result<void> copy_picture(const std::string& file) {
        const auto target = folder_ / file;
        std::error_code code;
        std::filesystem::create_directories(target.parent_path(), code);
        shards_.insert(target.parent_path().filename().string());
        if (const auto known = known_.find(file); known != known_.end()) {
            std::filesystem::create_hard_link(before_ / file, target, code);
            if (!code) return keep(file, known->second);
        }
        auto digest = copy_hashed(request_.data / file, target);
        // Deleted by its owner since the list was made.
        if (!digest && digest.error().kind == ErrorKind::NotFound) return {};
        if (!digest) return std::unexpected(digest.error());
        ++report_.copied;
        return keep(file, std::move(*digest));
    }

    Result<void> keep(const std::string& file, std::string digest) {
        checksums_[file] = std::move(digest);
        pictures_ += file.ends_with(".original") ? 1 : 0;
        return {};
    }

    // Where no JWT_SECRET is set, sessions and second factors are sealed with the folder's own.
    Result<void> copy_secret() {
        auto digest = copy_hashed(request_.data / "jwt.secret", folder_ / "jwt.secret");
        if (!digest && digest.error().kind == ErrorKind::NotFound) return {};
        if (!digest) return std::unexpected(digest.error());
        checksums_["jwt.secret"] = std::move(*digest);
        return {};
    }

    Result<void> check() {
        progress_("checking the books of the copy");
        const auto violations = check_books(folder_, checksums_);
        if (!violations) return std::unexpected(violations.error());
        if (violations->empty()) return {};
        const auto& first = violations->front();
        return fail(ErrorKind::Invalid, "backup.damaged",
                    fmt::format("the copied books do not balance ({} faults; {}: {}: {}): run "
                                "imagify verify, and see docs/runbook.md",
                                violations->size(), first.invariant, first.subject, first.detail));
    }

    const BackupRequest& request_;
    std::filesystem::path folder_;
    const BackupProgress& progress_;
    std::filesystem::path before_;
    Checksums known_;
    Checksums checksums_;
    std::set<std::string> shards_;
    std::size_t pictures_ = 0;
    BackupReport report_;
};

}  // namespace

Result<BackupReport> take_backup(const BackupRequest& request, const Clock& clock,
                                 const BackupProgress& progress) {
    if (!std::filesystem::exists(request.data / "imagify.db")) {
        return fail(ErrorKind::NotFound, "backup.none",
                    "there is no Imagify data in " + request.data.string() +
                        ": give the folder with --data");
    }
    auto backups = Backups::open(request.to);
    if (!backups) return std::unexpected(backups.error());
    const auto partial = backups->begin(clock.now());
    if (!partial) return std::unexpected(partial.error());
    Taking taking(request, *partial, progress);
    if (const auto before = backups->list(); !before.empty()) taking.link_from(before.back());
    auto report = taking.run();
    if (!report) {
        std::error_code ignored;
        std::filesystem::remove_all(*partial, ignored);
        return report;
    }
    if (request.keep > 0) {
        const auto pruned = backups->prune(request.keep);
        if (!pruned) return std::unexpected(pruned.error());
        report->pruned = *pruned;
    }
    return report;
}

}  // namespace imagify
