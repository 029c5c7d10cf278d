#include "adapters/outbox_folder/outbox_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>

#include "adapters/mime/letter_reader.hpp"
#include "adapters/mime/letter_writer.hpp"
#include "adapters/system/posix_file.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdMaxBytes = 64;
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;

// Letters, digits and '_': no way out of the folder.
bool is_file_name(std::string_view id) {
    return !id.empty() && id.size() <= kIdMaxBytes && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '_';
    });
}

std::unexpected<Error> unavailable(const Error& cause) {
    return fail(ErrorKind::Unavailable, "mail.unavailable", "mail folder: " + cause.detail);
}

Result<void> write_file(const fs::path& folder, const std::string& name, std::string_view text) {
    const auto part = folder / ("." + name + ".part");
    const PosixFile file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kFileMode));
    if (!file.is_open()) return io_error("create");
    if (auto written = append(file, std::as_bytes(std::span(text))); !written) return written;
    if (auto synced = sync(file); !synced) return synced;
    if (::rename(part.c_str(), (folder / name).c_str()) != 0) return io_error("rename");
    return sync_folder(folder);
}

std::optional<KeptLetter> read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    auto letter = read_letter(text);
    struct stat status{};
    if (!letter || ::stat(path.c_str(), &status) != 0) return std::nullopt;
    const auto written_at = std::chrono::seconds(status.st_mtim.tv_sec) +
                            std::chrono::nanoseconds(status.st_mtim.tv_nsec);
    return KeptLetter{
        .letter = std::move(*letter),
        .written_at = TimePoint(std::chrono::floor<std::chrono::milliseconds>(written_at))};
}

}  // namespace

Task<Result<void>> OutboxFolder::send(Letter letter) {
    if (!is_file_name(letter.id.text())) {
        co_return fail(ErrorKind::Invalid, "mail.refused", "the id is no file name");
    }
    co_return co_await parts_.worker.run<void>([this, &letter] { return keep(letter); });
}

Task<Result<std::vector<KeptLetter>>> OutboxFolder::letters() {
    co_return co_await parts_.worker.run<std::vector<KeptLetter>>(
        [this]() -> Result<std::vector<KeptLetter>> {
            std::vector<KeptLetter> kept;
            for (const auto& path : files()) {
                if (auto letter = read_file(path)) kept.push_back(std::move(*letter));
            }
            return kept;
        });
}

Task<Result<KeptLetter>> OutboxFolder::letter(MailId id) {
    co_return co_await parts_.worker.run<KeptLetter>([this, id]() -> Result<KeptLetter> {
        if (!is_file_name(id.text())) return fail(ErrorKind::NotFound, "mail.not_found");
        auto kept = read_file(parts_.folder / (id.text() + ".eml"));
        if (!kept) return fail(ErrorKind::NotFound, "mail.not_found");
        return std::move(*kept);
    });
}

Result<void> OutboxFolder::keep(const Letter& letter) const {
    if (::mkdir(parts_.folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        return unavailable(io_error("mkdir").error());
    }
    const auto text = write_letter(letter, parts_.from, parts_.clock.now());
    if (auto kept = write_file(parts_.folder, letter.id.text() + ".eml", text); !kept) {
        return unavailable(kept.error());
    }
    drop_oldest();
    return {};
}

void OutboxFolder::drop_oldest() const {
    const auto kept = files();
    for (auto i = kKeptLetters; i < kept.size(); ++i) {
        std::error_code ignored;
        fs::remove(kept[i], ignored);
    }
}

// Ids begin with the time they were made: by name is by time.
std::vector<fs::path> OutboxFolder::files() const {
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator entry(parts_.folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const auto& path = entry->path();
        if (path.extension() == ".eml" && is_file_name(path.stem().string())) found.push_back(path);
    }
    std::ranges::sort(found, std::greater<>());
    return found;
}

}  // namespace imagify
