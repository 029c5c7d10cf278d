#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/log_reader.hpp"
#include "adapters/system/posix_file.hpp"
#include "base/clock.hpp"

namespace imagify {

/// Below a folder of backups: what follows the newest of them.
std::filesystem::path continuous_folder(const std::filesystem::path& backups);

/// What a line of `marks` says: so much of a file is on the disk, which is all that was committed
/// by that time.
struct ShippedMark {
    int file = 0;
    std::int64_t bytes = 0;
    std::array<std::uint32_t, 2> checksum{};
    TimePoint at{};
};

/// A folder that follows the data folder:
///   1.log, 2.log, ...   SQLite's log of changes, a file for each time that SQLite began it anew
///   marks               a line per piece that is durable: "<file> <bytes> <checksum> <unix ms>"
///   blobs/...           pictures published since
///   base                the name of the backup it goes on from; without it, it is worth nothing
///   yet
/// One thread at a time.
class ShippedLog {
public:
    /// A new one, from the first byte that SQLite's log holds now. Errors: Unavailable
    /// `backup.failed`.
    static Result<ShippedLog> begin(const std::filesystem::path& backups,
                                    const std::filesystem::path& data, TimePoint now);

    /// The newest with a base, if SQLite's log still holds, byte for byte, what was copied last:
    /// then nothing was missed. Nothing otherwise.
    static std::optional<ShippedLog> resume(const std::filesystem::path& backups,
                                            const std::filesystem::path& data);

    /// Reads transactions that are new, some MiB at most; false when there are none. Errors:
    /// Conflict `log.restarted` when some may have been missed; Unavailable `backup.failed`.
    Result<bool> look();

    /// Appends what `look`, called at `now`, read; durably. Errors: Unavailable.
    Result<void> ship(TimePoint now);

    /// Copies one published file; one that was deleted since is no error.
    Result<void> keep_picture(const std::filesystem::path& file);

    /// SQLite may begin its log anew now: all of it was shipped.
    void expect_restart() { restart_expected_at_ = position_.bytes; }

    /// From now on it is worth something. The backup was begun and ended since `begin`, and all
    /// before its end was shipped.
    Result<void> set_base(const std::string& backup);

    const std::filesystem::path& folder() const { return folder_; }
    /// Empty before `set_base`.
    const std::string& base() const { return base_; }
    /// Of SQLite's log.
    std::int64_t log_bytes() const { return position_.bytes; }
    /// In all its files.
    std::int64_t shipped_bytes() const { return full_files_bytes_ + position_.bytes; }

private:
    ShippedLog(std::filesystem::path folder, const std::filesystem::path& data);
    Result<void> open_files();
    struct Piece {
        std::vector<std::byte> bytes;
        /// Its end.
        sqlite::LogPosition end;
        bool begins_file = false;
    };

    Result<bool> begins_anew();
    Result<void> append_piece(const Piece& piece, TimePoint until);
    bool find_place();
    bool live_log_begins_alike() const;

    std::filesystem::path folder_;
    std::filesystem::path data_;
    sqlite::LogReader reader_;
    /// The end of what was read.
    sqlite::LogPosition position_;
    std::vector<Piece> pieces_;
    /// Whether they reach to the end of the log.
    bool at_end_ = false;
    /// All that was committed by then is shipped.
    TimePoint shipped_until_{};
    PosixFile file_;
    PosixFile marks_;
    int number_ = 1;
    std::int64_t full_files_bytes_ = 0;
    std::int64_t restart_expected_at_ = -1;
    std::string base_;
};

/// The newest folder with a base below `backups`; nothing where there is none.
std::optional<std::filesystem::path> newest_shipped_log(const std::filesystem::path& backups);

/// The name of its backup; empty for none.
std::string base_of(const std::filesystem::path& shipped_log);

/// The last mark of each file, in order; none when nothing was ever shipped. Errors: Invalid
/// `backup.damaged`.
Result<std::vector<ShippedMark>> read_marks(const std::filesystem::path& shipped_log);

/// "3.log".
std::filesystem::path log_file(const std::filesystem::path& shipped_log, int number);

}  // namespace imagify
