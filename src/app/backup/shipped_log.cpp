#include "app/backup/shipped_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>

#include "app/backup/backups.hpp"
#include "app/backup/checksums.hpp"
#include "base/failpoint.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

// A mark a second for three years.
constexpr std::size_t kMaxMarks = 100'000'000;
// About 1 MiB each.
constexpr std::size_t kPieces = 8;

std::unexpected<Error> failed(const std::string& doing) {
    return fail(ErrorKind::Unavailable, "backup.failed",
                doing + ": " + std::generic_category().message(errno));
}

PosixFile open_for_append(const fs::path& file) {
    return PosixFile(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
}

fs::path live_log(const fs::path& data) { return data / "imagify.db-wal"; }

std::string line_of(const ShippedMark& mark) {
    return fmt::format("{} {} {} {} {}", mark.file, mark.bytes, mark.checksum[0], mark.checksum[1],
                       to_unix_ms(mark.at));
}

// A number and the space behind it.
bool take_number(std::string_view& line, auto& number) {
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error != std::errc{}) return false;
    line.remove_prefix(static_cast<std::size_t>(stop - line.data()));
    if (line.starts_with(' ')) line.remove_prefix(1);
    return true;
}

// Nothing for a line that `line_of` never writes.
std::optional<ShippedMark> parse_mark(const std::string& line) {
    ShippedMark mark;
    std::int64_t at = 0;
    std::string_view rest = line;
    if (!take_number(rest, mark.file) || !take_number(rest, mark.bytes) ||
        !take_number(rest, mark.checksum[0]) || !take_number(rest, mark.checksum[1]) ||
        !take_number(rest, at) || mark.file < 1 || mark.bytes < 0 || at < 0) {
        return std::nullopt;
    }
    mark.at = TimePoint(std::chrono::milliseconds(at));
    if (line_of(mark) != line && !MUTANT("parse.mark_rest")) return std::nullopt;
    return mark;
}

}  // namespace

fs::path continuous_folder(const fs::path& backups) { return backups / "continuous"; }

fs::path log_file(const fs::path& shipped_log, int number) {
    return shipped_log / (std::to_string(number) + ".log");
}

std::string base_of(const fs::path& shipped_log) {
    std::ifstream stream(shipped_log / "base");
    std::string name;
    std::getline(stream, name);
    return backup_moment(name) ? name : std::string();
}

std::optional<fs::path> newest_shipped_log(const fs::path& backups) {
    const auto found = list_backups(continuous_folder(backups));
    const auto newest =
        std::ranges::find_if(found.rbegin(), found.rend(),
                             [](const fs::path& folder) { return !base_of(folder).empty(); });
    if (newest == found.rend()) return std::nullopt;
    return *newest;
}

Result<std::vector<ShippedMark>> read_marks(const fs::path& shipped_log) {
    std::ifstream stream(shipped_log / "marks");
    std::vector<ShippedMark> marks;
    std::size_t count = 0;
    for (std::string line; std::getline(stream, line);) {
        // The disk was lost while the last line was written: what it was to say was not promised.
        if (stream.eof()) break;
        const auto mark = parse_mark(line);
        const bool goes_on = mark && (marks.empty() ? mark->file == 1
                                                    : mark->file == marks.back().file ||
                                                          mark->file == marks.back().file + 1);
        if (!goes_on || ++count > kMaxMarks) {
            return fail(ErrorKind::Invalid, "backup.damaged",
                        (shipped_log / "marks").string() + " has a line that is no mark");
        }
        if (!marks.empty() && marks.back().file == mark->file) marks.pop_back();
        marks.push_back(*mark);
    }
    return marks;
}

ShippedLog::ShippedLog(fs::path folder, const fs::path& data)
    : folder_(std::move(folder)), data_(data), reader_(live_log(data)) {}

Result<void> ShippedLog::open_files() {
    file_ = open_for_append(log_file(folder_, number_));
    marks_ = open_for_append(folder_ / "marks");
    if (!file_.is_open() || !marks_.is_open()) return failed("cannot write " + folder_.string());
    return sync_folder(folder_);
}

Result<ShippedLog> ShippedLog::begin(const fs::path& backups, const fs::path& data, TimePoint now) {
    ShippedLog log(continuous_folder(backups) / backup_name(now), data);
    std::error_code code;
    fs::remove_all(log.folder_, code);
    fs::create_directories(log.folder_, code);
    if (!code) fs::permissions(log.folder_, fs::perms::owner_all, code);
    if (code) {
        return fail(ErrorKind::Unavailable, "backup.failed",
                    "cannot make " + log.folder_.string() + ": " + code.message());
    }
    if (auto opened = log.open_files(); !opened) return std::unexpected(opened.error());
    if (auto synced = sync_folder(continuous_folder(backups)); !synced) {
        return std::unexpected(synced.error());
    }
    return log;
}

std::optional<ShippedLog> ShippedLog::resume(const fs::path& backups, const fs::path& data) {
    const auto newest = newest_shipped_log(backups);
    if (!newest) return std::nullopt;
    ShippedLog log(*newest, data);
    log.base_ = base_of(*newest);
    if (!fs::exists(backups / log.base_) || !log.find_place() || !log.live_log_begins_alike() ||
        !log.open_files()) {
        return std::nullopt;
    }
    return log;
}

// Where the last file ends, which may be after the last mark. What is no whole transaction there
// goes away.
bool ShippedLog::find_place() {
    const auto marks = read_marks(folder_);
    if (!marks || marks->empty()) return false;
    number_ = marks->back().file;
    shipped_until_ = marks->back().at;
    for (const auto& mark : *marks) full_files_bytes_ += mark.bytes;
    full_files_bytes_ -= marks->back().bytes;
    std::error_code code;
    if (fs::exists(log_file(folder_, number_ + 1), code)) {
        // Begun, and no piece of it promised.
        fs::remove(log_file(folder_, number_ + 1), code);
    }
    const auto file = log_file(folder_, number_);
    sqlite::LogReader shipped(file);
    for (;;) {
        const auto bytes = shipped.read(position_);
        if (!bytes) return false;
        if (bytes->empty()) break;
    }
    fs::resize_file(file, static_cast<std::uintmax_t>(position_.bytes), code);
    return !code && position_.bytes >= marks->back().bytes;
}

bool ShippedLog::live_log_begins_alike() const {
    std::ifstream live(live_log(data_), std::ios::binary);
    std::ifstream shipped(log_file(folder_, number_), std::ios::binary);
    constexpr std::int64_t kPiece = 1 << 16;
    std::string one(kPiece, '\0');
    std::string other(kPiece, '\0');
    for (auto left = position_.bytes; left > 0;) {
        const auto count = std::min(left, kPiece);
        if (!live.read(one.data(), count) || !shipped.read(other.data(), count)) return false;
        if (!std::equal(one.begin(), one.begin() + count, other.begin())) return false;
        left -= count;
    }
    return true;
}

// Nothing was missed if SQLite was allowed to begin anew, and did so once.
Result<bool> ShippedLog::begins_anew() {
    if (restart_expected_at_ != position_.bytes) return fail(ErrorKind::Conflict, "log.restarted");
    const auto salt = position_.salt();
    sqlite::LogPosition anew;
    auto bytes = reader_.read(anew);
    if (!bytes) return std::unexpected(bytes.error());
    if (anew.bytes == 0) return false;
    if (anew.salt() != salt + 1) return fail(ErrorKind::Conflict, "log.restarted");
    restart_expected_at_ = -1;
    full_files_bytes_ += position_.bytes;
    position_ = anew;
    pieces_.push_back({.bytes = std::move(*bytes), .end = anew, .begins_file = true});
    return true;
}

Result<bool> ShippedLog::look() {
    for (at_end_ = false; pieces_.size() < kPieces;) {
        auto bytes = reader_.read(position_);
        if (!bytes && bytes.error().kind == ErrorKind::Conflict) {
            const auto anew = begins_anew();
            if (!anew) return anew;
            if (!*anew) break;
            continue;
        }
        if (!bytes) return std::unexpected(bytes.error());
        at_end_ = bytes->empty();
        if (at_end_) break;
        pieces_.push_back({.bytes = std::move(*bytes), .end = position_});
    }
    return !pieces_.empty();
}

Result<void> ShippedLog::append_piece(const Piece& piece, TimePoint until) {
    if (piece.begins_file) {
        ++number_;
        if (auto opened = open_files(); !opened) return opened;
    }
    if (auto done = append(file_, piece.bytes); !done) return done;
    if (auto done = sync(file_); !done) return done;
    FAILPOINT("backup.log_appended");
    const auto line = line_of({.file = number_,
                               .bytes = piece.end.bytes,
                               .checksum = piece.end.checksum,
                               .at = until}) +
                      '\n';
    if (auto done = append(marks_, std::as_bytes(std::span(line))); !done) return done;
    return sync(marks_);
}

Result<void> ShippedLog::ship(TimePoint now) {
    const auto pieces = std::exchange(pieces_, {});
    for (const auto& piece : pieces) {
        const bool is_last = &piece == &pieces.back() && at_end_;
        if (auto done = append_piece(piece, is_last ? now : shipped_until_); !done) return done;
    }
    if (at_end_) shipped_until_ = now;
    return {};
}

Result<void> ShippedLog::keep_picture(const fs::path& file) {
    const auto target = folder_ / file;
    std::error_code code;
    if (fs::exists(target, code)) return {};
    fs::create_directories(target.parent_path(), code);
    // What a killed process left half must not look whole.
    auto partial = target;
    partial += ".partial";
    fs::remove(partial, code);
    const auto copied = copy_hashed(data_ / file, partial);
    if (!copied && copied.error().kind == ErrorKind::NotFound) return {};
    if (!copied) return std::unexpected(copied.error());
    fs::rename(partial, target, code);
    if (code) {
        return fail(ErrorKind::Unavailable, "backup.failed",
                    "cannot rename " + partial.string() + ": " + code.message());
    }
    for (auto folder = target.parent_path(); folder != folder_; folder = folder.parent_path()) {
        if (auto synced = sync_folder(folder); !synced) return synced;
    }
    return sync_folder(folder_);
}

Result<void> ShippedLog::set_base(const std::string& backup) {
    const auto partial = folder_ / "base.partial";
    {
        const PosixFile file(
            ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file.is_open()) return failed("cannot write " + partial.string());
        const auto line = backup + "\n";
        if (auto done = append(file, std::as_bytes(std::span(line))); !done) return done;
        if (auto done = sync(file); !done) return done;
    }
    std::error_code code;
    fs::rename(partial, folder_ / "base", code);
    if (code) {
        return fail(ErrorKind::Unavailable, "backup.failed",
                    "cannot rename " + partial.string() + ": " + code.message());
    }
    base_ = backup;
    return sync_folder(folder_);
}

}  // namespace imagify
