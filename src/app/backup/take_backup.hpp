#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "adapters/sqlite/database_copy.hpp"
#include "base/clock.hpp"

namespace imagify {

/// Told now and then what is done: "database 12 of 80 MiB".
using BackupProgress = std::function<void(const std::string& text)>;

struct BackupRequest {
    /// The data folder; a server may work on it.
    std::filesystem::path data;
    /// Where backups are kept: another disk, if it is to help against the loss of this one.
    std::filesystem::path to;
    /// So many stay, the newest; all when 0.
    std::size_t keep = 0;
};

struct BackupReport {
    std::filesystem::path place;
    sqlite::DatabaseFacts facts;
    std::size_t pictures = 0;
    /// Those that were copied; the others are hard links into the backup before.
    std::size_t copied = 0;
    std::size_t pruned = 0;
};

/// Makes a whole backup and checks it: every invariant of the copied books, and that each charged
/// picture is in it byte for byte. What fails leaves no backup. Errors: Unavailable
/// `backup.failed`, Conflict `backup.in_use`, Invalid `backup.damaged` (what would be kept is
/// broken already; the detail says how).
Result<BackupReport> take_backup(const BackupRequest& request, const Clock& clock,
                                 const BackupProgress& progress);

struct RestoreRequest {
    /// One backup, or a folder of backups: the newest, and what was shipped after it.
    std::filesystem::path from;
    /// The new data folder: absent or empty.
    std::filesystem::path data;
};

struct RestoreReport {
    std::filesystem::path from;
    std::size_t files = 0;
    /// Whether what was shipped after that backup is in it too.
    bool with_log = false;
};

/// Copies a backup to a new data folder. Every file is compared with its checksum and the books are
/// checked before the folder gets its name, so that a half restored one is never taken for data.
/// Errors: Invalid `backup.damaged`, Conflict `restore.not_empty`, NotFound `backup.none`,
/// Unavailable `backup.failed`.
Result<RestoreReport> restore_backup(const RestoreRequest& request, const BackupProgress& progress);

}  // namespace imagify
