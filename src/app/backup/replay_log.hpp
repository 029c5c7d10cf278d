#pragma once

#include <filesystem>
#include <optional>

#include "app/backup/checksums.hpp"

namespace imagify {

/// The shipped log that leads from the newest backup in `backups` to a later moment, or nothing.
std::optional<std::filesystem::path> log_after_newest(const std::filesystem::path& backups);

/// Brings the copy of a backup in `folder` to the end of what was shipped after it: the books, and
/// the pictures that they name. `checksums` follows. Errors: Invalid `backup.damaged` when less is
/// there than was promised; Unavailable `backup.failed`.
Result<void> replay_log(const std::filesystem::path& shipped_log,
                        const std::filesystem::path& folder, Checksums& checksums);

}  // namespace imagify
