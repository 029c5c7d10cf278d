#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/system/posix_file.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace imagify {

/// The moment that a whole backup is named by; nothing for another folder.
std::optional<TimePoint> backup_moment(const std::filesystem::path& backup);

/// The name for a backup of that moment.
std::string backup_name(TimePoint moment);

/// Whole backups in a folder, oldest first.
std::vector<std::filesystem::path> list_backups(const std::filesystem::path& folder);

/// A folder of whole backups, each a folder named by the moment of its making in UTC
/// (20261124T051233.456Z). One that is being made ends in ".partial".
class Backups {
public:
    /// Makes the folder and locks it: one backup or restore at a time. Errors: Unavailable
    /// `backup.failed`, Conflict `backup.in_use`.
    static Result<Backups> open(const std::filesystem::path& folder);

    std::vector<std::filesystem::path> list() const { return list_backups(folder_); }

    /// An empty folder for a new backup; what an interrupted run left is removed.
    Result<std::filesystem::path> begin(TimePoint now) const;

    /// Turns what `begin` made into a whole backup, durably; yields its place.
    static Result<std::filesystem::path> finish(const std::filesystem::path& partial);

    /// Removes the oldest, so that `keep` (>= 1) stay; yields how many went.
    Result<std::size_t> prune(std::size_t keep) const;

private:
    Backups(std::filesystem::path folder, PosixFile lock);

    std::filesystem::path folder_;
    PosixFile lock_;
};

}  // namespace imagify
