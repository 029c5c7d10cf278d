#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.hpp"

namespace imagify::sqlite {

/// What a copy holds.
struct DatabaseFacts {
    std::int64_t ledger_rows = 0;
    std::int64_t accounts = 0;
};

/// Told now and then: bytes copied so far, bytes in all.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Copies the database as it is at this moment to the new file `to`, while a server works on it:
/// readers and the writer wait for nothing, though the log of changes grows until the end. The copy
/// is one durable file. Errors: Unavailable `backup.failed` with a detail; the file `to` is then
/// worth nothing.
Result<DatabaseFacts> copy_database(const std::filesystem::path& from,
                                    const std::filesystem::path& to, const CopyProgress& progress);

}  // namespace imagify::sqlite
