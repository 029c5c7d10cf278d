#pragma once

#include <mutex>
#include <optional>

#include "adapters/sqlite/sqlite_store.hpp"
#include "app/backup/shipped_log.hpp"

namespace imagify {

/// Follows the books of a running server into the folder of its backups, so that the loss of the
/// disk costs at most what was written since the last `ship`. Goes on where an earlier process
/// stopped, if nothing was missed since. One thread at a time, but for `picture_published`.
class LogShipper {
public:
    struct Parts {
        std::filesystem::path data;
        std::filesystem::path backups;
        /// Opened with `log_is_shipped`.
        sqlite::SqliteStore& store;
        const Clock& clock;
    };

    explicit LogShipper(Parts parts) : parts_(std::move(parts)) {}

    /// True while what is shipped goes on from a backup that is still there.
    bool is_whole();

    /// Also when so much was shipped that a new backup is the smaller thing to keep and to restore.
    bool needs_backup();

    /// Copies what was committed and published since. After an error nothing is shipped until the
    /// next backup. Errors: Conflict `log.restarted`, Unavailable `backup.failed`.
    Result<void> ship();

    /// To be called before a backup is begun: what follows it is shipped from now on, beside what
    /// follows the one before. Errors: Unavailable `backup.failed`.
    Result<void> begin();

    /// To be called with the name of the backup that was made since `begin`; what followed the one
    /// before is removed. Errors: as of `ship`.
    Result<void> go_on_from(const std::string& backup);

    /// Any thread; `file` is relative to the data folder.
    void picture_published(const std::filesystem::path& file);

private:
    Result<void> ship_all();
    Result<bool> ship_some();
    std::vector<ShippedLog*> logs();
    void resume();
    void find_missed_pictures();
    Result<void> restart_log();
    void give_up();

    Parts parts_;
    bool resumed_ = false;
    /// Goes on from a backup.
    std::optional<ShippedLog> log_;
    /// Its backup is being made.
    std::optional<ShippedLog> next_;
    std::mutex mutex_;
    std::vector<std::filesystem::path> published_;
    /// Of SQLite's log while nobody follows it.
    TimePoint restarted_at_{};
};

}  // namespace imagify
