#include "adapters/sqlite/log_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <functional>

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20U;
constexpr std::uint32_t kMagic = 0x377f0682;
// Beside each other in the header: the page size; in a header and a frame: both salts.
constexpr std::size_t kPageSizeAt = 8;
constexpr std::size_t kSaltsAt = 16;
constexpr std::size_t kFrameSaltsAt = 8;
constexpr std::size_t kFrameChecksumAt = 16;
constexpr std::size_t kHeaderChecksumAt = 24;
constexpr std::size_t kChecksummedOfFrame = 8;
constexpr std::uint32_t kSmallestPage = 512;
constexpr std::uint32_t kLargestPage = 65'536;

std::uint32_t big_endian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

// The writer's own order of bytes, which the lowest bit of the magic number tells.
bool swapped(std::span<const std::byte> header) {
    const bool big = (big_endian(header, 0) & 1U) != 0;
    return big != (std::endian::native == std::endian::big);
}

std::array<std::uint32_t, 2> add_up(std::span<const std::byte> bytes, bool swap,
                                    std::array<std::uint32_t, 2> sum) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
        std::array<std::uint32_t, 2> words{};
        std::memcpy(words.data(), bytes.data() + at, sizeof words);
        if (swap) words = {std::byteswap(words[0]), std::byteswap(words[1])};
        sum[0] += words[0] + sum[1];
        sum[1] += words[1] + sum[0];
    }
    return sum;
}

std::array<std::uint32_t, 2> stored_sum(std::span<const std::byte> bytes, std::size_t at) {
    return {big_endian(bytes, at), big_endian(bytes, at + 4)};
}

bool is_header(std::span<const std::byte> header) {
    const auto page_bytes = big_endian(header, kPageSizeAt);
    return (big_endian(header, 0) & ~1U) == kMagic && std::has_single_bit(page_bytes) &&
           page_bytes >= kSmallestPage && page_bytes <= kLargestPage &&
           add_up(header.first(kHeaderChecksumAt), swapped(header), {0, 0}) ==
               stored_sum(header, kHeaderChecksumAt);
}

std::size_t frame_bytes(const LogPosition& position) {
    return kFrameHeaderBytes + position.page_bytes();
}

// Whether `frame` follows `sum`, which it then moves.
bool follows(std::span<const std::byte> frame, const LogPosition& position,
             std::array<std::uint32_t, 2>& sum) {
    if (big_endian(frame, 0) == 0) return false;
    // What an earlier use of the file left there.
    if (stored_sum(frame, kFrameSaltsAt) != stored_sum(position.header, kSaltsAt) &&
        !MUTANT("parse.log_salts")) {
        return false;
    }
    const bool swap = swapped(position.header);
    const auto next = add_up(frame.subspan(kFrameHeaderBytes), swap,
                             add_up(frame.first(kChecksummedOfFrame), swap, sum));
    if (next != stored_sum(frame, kFrameChecksumAt)) return false;
    sum = next;
    return true;
}

// How many of `frames` are whole transactions; `position` moves behind them. `broken`: a frame was
// reached that is none, or none yet.
std::size_t take_transactions(std::span<const std::byte> frames, LogPosition& position,
                              bool& broken) {
    const auto each = frame_bytes(position);
    auto sum = position.checksum;
    std::size_t whole = 0;
    broken = false;
    for (std::size_t at = 0; at + each <= frames.size(); at += each) {
        const auto frame = frames.subspan(at, each);
        if (!follows(frame, position, sum)) {
            broken = true;
            break;
        }
        if (big_endian(frame, 4) == 0) continue;
        whole = at + each;
        position.checksum = sum;
    }
    position.bytes += static_cast<std::int64_t>(whole);
    return whole;
}

std::unexpected<Error> failed(std::string_view doing, const std::filesystem::path& file) {
    return fail(
        ErrorKind::Unavailable, "backup.failed",
        std::string(doing) + " " + file.string() + ": " + std::generic_category().message(errno));
}

// One page as a transaction left it.
struct LogFrame {
    std::uint32_t page_number = 0;  // From 1.
    // Pages of the whole database after the transaction that ends here; 0: it goes on.
    std::uint32_t database_pages = 0;
    std::span<const std::byte> page;
};

// The frames in bytes that `LogReader::read` yielded, in order.
void for_each_frame(std::span<const std::byte> bytes, const LogPosition& position,
                    const std::function<void(const LogFrame&)>& visit) {
    const auto each = frame_bytes(position);
    // Frames are all of one size: what is left over is the header before the first.
    for (std::size_t at = bytes.size() % each; at < bytes.size(); at += each) {
        const auto frame = bytes.subspan(at, each);
        visit({.page_number = big_endian(frame, 0),
               .database_pages = big_endian(frame, 4),
               .page = frame.subspan(kFrameHeaderBytes)});
    }
}

bool write_at(const PosixFile& file, std::span<const std::byte> bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const auto put = ::pwrite(file.descriptor(), bytes.data(), bytes.size(), offset);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += put;
    }
    return true;
}

PosixFile open_database(const std::filesystem::path& database) {
    return PosixFile(::open(database.c_str(), O_RDWR | O_CLOEXEC));
}

}  // namespace

std::uint32_t LogPosition::page_bytes() const { return big_endian(header, kPageSizeAt); }

std::uint32_t LogPosition::salt() const { return big_endian(header, kSaltsAt); }

Result<bool> LogReader::open() {
    if (open_file_.is_open()) return true;
    open_file_ = PosixFile(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
    if (open_file_.is_open()) return true;
    // SQLite makes it with the first change.
    if (errno == ENOENT) return false;
    return failed("cannot open", file_);
}

Result<std::size_t> LogReader::read_at(std::int64_t offset, std::span<std::byte> buffer) const {
    auto got = imagify::read_at(open_file_, offset, buffer);
    if (!got) return failed("cannot read", file_);
    return got;
}

Result<std::vector<std::byte>> LogReader::read(LogPosition& position) {
    const auto opened = open();
    if (!opened) return std::unexpected(opened.error());
    if (!*opened) return std::vector<std::byte>{};
    std::array<std::byte, kLogHeaderBytes> header{};
    const auto got = read_at(0, header);
    if (!got) return std::unexpected(got.error());
    // A header that is being written is one at the next look.
    if (*got < header.size() || !is_header(header)) return std::vector<std::byte>{};
    std::vector<std::byte> bytes;
    if (position.bytes == 0) {
        position.header = header;
        position.bytes = kLogHeaderBytes;
        position.checksum = stored_sum(header, kHeaderChecksumAt);
        bytes.assign(header.begin(), header.end());
    } else if (position.header != header) {
        return fail(ErrorKind::Conflict, "log.restarted");
    }
    const auto before = bytes.size();
    const auto each = frame_bytes(position);
    struct stat status{};
    if (::fstat(open_file_.descriptor(), &status) != 0) return failed("cannot read", file_);
    const auto rest = std::max<std::int64_t>(status.st_size - position.bytes, 0);
    const auto at_once = std::min(kReadAtOnce, static_cast<std::size_t>(rest));
    for (std::size_t room = (at_once / each + 1) * each;; room *= 2) {
        bytes.resize(before + room);
        const auto read = read_at(position.bytes, std::span(bytes).subspan(before));
        if (!read) return std::unexpected(read.error());
        bool broken = false;
        const auto whole =
            take_transactions(std::span(bytes).subspan(before, *read), position, broken);
        if (whole == 0 && !broken && *read == room) continue;
        bytes.resize(before + whole);
        return bytes;
    }
}

Result<LogPosition> apply_log(const std::filesystem::path& log,
                              const std::filesystem::path& database) {
    const auto file = open_database(database);
    if (!file.is_open()) return failed("cannot open", database);
    LogReader reader(log);
    LogPosition position;
    for (;;) {
        const auto bytes = reader.read(position);
        if (!bytes) return std::unexpected(bytes.error());
        if (bytes->empty()) return position;
        bool written = true;
        for_each_frame(*bytes, position, [&](const LogFrame& frame) {
            const std::int64_t page_bytes = position.page_bytes();
            written = written && write_at(file, frame.page, (frame.page_number - 1) * page_bytes);
            if (written && frame.database_pages != 0) {
                written = ::ftruncate(file.descriptor(), frame.database_pages * page_bytes) == 0;
            }
        });
        if (!written) return failed("cannot write", database);
    }
}

Result<void> finish_database(const std::filesystem::path& database) {
    const auto file = open_database(database);
    if (!file.is_open()) return failed("cannot open", database);
    // Both versions of the file's format: 1 is without a log.
    constexpr std::array<std::byte, 2> kWithoutLog{std::byte{1}, std::byte{1}};
    constexpr std::int64_t kVersionsAt = 18;
    if (!write_at(file, kWithoutLog, kVersionsAt)) return failed("cannot write", database);
    return sync(file);
}

}  // namespace imagify::sqlite
