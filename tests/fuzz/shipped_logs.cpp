#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <sstream>

#include "adapters/sqlite/log_reader.hpp"
#include "app/backup/shipped_log.hpp"
#include "base/clock.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "support/temp_folder.hpp"

namespace imagify::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPageBytes = 512;
constexpr std::size_t kBytesOfPage = 4;

// A file in memory that is opened by its name.
class MemoryFile {
public:
    MemoryFile() : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {}
    fs::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
    void hold(std::string_view bytes) const {
        require(::ftruncate(descriptor_, 0) == 0, "room in memory");
        const auto put = ::pwrite(descriptor_, bytes.data(), bytes.size(), 0);
        require(put == static_cast<ssize_t>(bytes.size()), "room in memory");
    }

private:
    int descriptor_;
};

// Writes a log by the format's description: https://www.sqlite.org/fileformat2.html#walformat
class LogWriter {
public:
    LogWriter() {
        for (const std::uint32_t word : {0x377f0682U, 3'007'000U, 512U, 0U, kSalt, kSalt + 1}) {
            put(word);
        }
        add(bytes);
        seal();
    }

    struct Wrong {
        bool sum = false;
        bool salt = false;
    };

    void page(std::uint32_t number, std::uint32_t database_pages, char fill, Wrong wrong) {
        const auto begin = bytes.size();
        put(number);
        put(database_pages);
        add(std::string_view(bytes).substr(begin));
        const std::string page(kPageBytes, fill);
        add(page);
        put(wrong.salt ? kSalt - 1 : kSalt);
        put(kSalt + 1);
        seal();
        if (wrong.sum) bytes.back() ^= 1;
        bytes += page;
    }

    std::string bytes;

private:
    static constexpr std::uint32_t kSalt = 77;

    void put(std::uint32_t word) {
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift);
    }
    void seal() {
        put(first_);
        put(second_);
    }
    // Little-endian words, as the magic number says.
    void add(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); at += 8) {
            first_ += word(text, at) + second_;
            second_ += word(text, at + 4) + first_;
        }
    }
    static std::uint32_t word(std::string_view text, std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;)
            value = value << 8U | static_cast<std::uint8_t>(text[at + i]);
        return value;
    }

    std::uint32_t first_ = 0;
    std::uint32_t second_ = 0;
};

}  // namespace

void read_shipped_log(std::string_view input) {
    static const MemoryFile file;
    LogWriter log;
    std::size_t whole = log.bytes.size();
    bool goes_on = true;
    for (; input.size() >= kBytesOfPage; input.remove_prefix(kBytesOfPage)) {
        const auto flags = static_cast<std::uint8_t>(input[0]);
        const LogWriter::Wrong wrong{.sum = flags % 8 == 1, .salt = flags % 8 == 2};
        const auto number = static_cast<std::uint8_t>(input[1]);
        const auto pages = static_cast<std::uint8_t>(input[2]);
        log.page(number, pages, input[3], wrong);
        goes_on = goes_on && !wrong.sum && !wrong.salt && number != 0;
        if (goes_on && pages != 0) whole = log.bytes.size();
    }
    file.hold(log.bytes + std::string(input));

    sqlite::LogReader reader(file.path());
    sqlite::LogPosition position;
    const auto read = reader.read(position);
    require(read.has_value(), "a log that is there is read");
    require(read->size() == whole, "all whole transactions, and nothing else");
    require(std::memcmp(read->data(), log.bytes.data(), whole) == 0, "the bytes of the file");
    require(position.bytes == static_cast<std::int64_t>(whole), "a place at their end");
    const auto again = reader.read(position);
    require(again && again->empty(), "nothing twice");
}

std::vector<std::string> shipped_log_seeds() {
    return {std::string("\4\1\0a\4\2\2b", 8), std::string("\4\1\1a\1\2\2b\4\1\1c", 12),
            std::string("\4\1\1a\2\2\2b", 8), std::string("\4\1\1ax", 5)};
}

void read_log_marks(std::string_view input) {
    static const MemoryFile file;
    static const testing::TempFolder folder;
    const auto marks_file = folder.path() / "marks";
    if (!fs::is_symlink(marks_file)) fs::create_symlink(file.path(), marks_file);
    file.hold(input);
    const auto marks = read_marks(folder.path());
    if (!marks) return;
    // The last line of each file, as they were written; without its end it was not promised.
    std::vector<std::string> lines;
    std::istringstream text{std::string(input.substr(0, input.rfind('\n') + 1))};
    for (std::string line; std::getline(text, line);) {
        const auto of_same_file = line.substr(0, line.find(' ') + 1);
        if (!lines.empty() && lines.back().starts_with(of_same_file)) lines.pop_back();
        lines.push_back(line);
    }
    require(marks->size() == lines.size(), "a mark for each file");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& mark = (*marks)[i];
        require(mark.file == static_cast<int>(i) + 1 && mark.bytes >= 0, "files in order");
        require(lines[i] == fmt::format("{} {} {} {} {}", mark.file, mark.bytes, mark.checksum[0],
                                        mark.checksum[1], to_unix_ms(mark.at)),
                "what the line says");
    }
}

std::vector<std::string> log_marks_seeds() {
    return {"1 32 7 8 1795000000000\n", "1 32 7 8 1795000000000\n1 568 9 9 1795000000250\n",
            "1 32 7 8 1795000000000\n2 32 1 1 1795000000250\n2 5", "1 32 7 8 9 \n", "1 32 7 8\n"};
}

}  // namespace imagify::fuzz
