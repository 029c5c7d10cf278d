#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "adapters/system/posix_file.hpp"
#include "base/result.hpp"

namespace imagify::sqlite {

/// SQLite's log of changes is a header of 32 bytes and frames, each a header of 24 and a page.
/// Format: https://www.sqlite.org/fileformat2.html#walformat
inline constexpr std::size_t kLogHeaderBytes = 32;
inline constexpr std::size_t kFrameHeaderBytes = 24;

/// A place in a log: all before it are whole transactions.
struct LogPosition {
    /// Of the log that the place is in; it changes whenever SQLite begins the file anew.
    std::array<std::byte, kLogHeaderBytes> header{};
    /// 0: not even the header is known.
    std::int64_t bytes = 0;
    /// SQLite's own, of everything before the place.
    std::array<std::uint32_t, 2> checksum{};

    std::uint32_t page_bytes() const;
    /// Counts how often SQLite began the file anew.
    std::uint32_t salt() const;
};

/// Reads a log, also one that SQLite writes at this moment, and believes nothing that its checksums
/// do not confirm.
class LogReader {
public:
    explicit LogReader(std::filesystem::path file) : file_(std::move(file)) {}

    /// Whole transactions after `position`, which moves to their end; the header comes first where
    /// nothing was known. Empty when there is nothing new. About 1 MiB at a time, or a transaction
    /// that is larger. Errors: Conflict `log.restarted` when SQLite began the file anew since;
    /// Unavailable `backup.failed`.
    Result<std::vector<std::byte>> read(LogPosition& position);

private:
    Result<bool> open();
    Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> buffer) const;

    std::filesystem::path file_;
    PosixFile open_file_;
};

/// Writes the pages of a log into a database that nobody has open; yields the end of the log.
/// Errors: Unavailable `backup.failed`.
Result<LogPosition> apply_log(const std::filesystem::path& log,
                              const std::filesystem::path& database);

/// Turns a database to which logs were applied into one without a log, durably. Errors: Unavailable
/// `backup.failed`.
Result<void> finish_database(const std::filesystem::path& database);

}  // namespace imagify::sqlite
