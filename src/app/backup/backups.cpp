#include "app/backup/backups.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace imagify {
namespace {

constexpr std::string_view kPartial = ".partial";
// 20261124T051233.456Z
constexpr std::string_view kPattern = "00000000T000000.000Z";

bool is_backup_name(std::string_view name) {
    return name.size() == kPattern.size() &&
           std::ranges::equal(name, kPattern, [](char letter, char wanted) {
               return wanted == '0' ? letter >= '0' && letter <= '9' : letter == wanted;
           });
}

std::unexpected<Error> failed(const std::string& doing, const std::error_code& why) {
    return fail(ErrorKind::Unavailable, "backup.failed", doing + ": " + why.message());
}

}  // namespace

std::optional<TimePoint> backup_moment(const std::filesystem::path& backup) {
    const auto name = backup.filename().string();
    if (!is_backup_name(name)) return std::nullopt;
    const auto number = [&name](std::size_t at, std::size_t digits) {
        return std::stoi(name.substr(at, digits));
    };
    const std::chrono::year_month_day day(std::chrono::year(number(0, 4)),
                                          std::chrono::month(unsigned(number(4, 2))),
                                          std::chrono::day(unsigned(number(6, 2))));
    if (!day.ok()) return std::nullopt;
    return TimePoint(std::chrono::sys_days(day)) + std::chrono::hours(number(9, 2)) +
           std::chrono::minutes(number(11, 2)) + std::chrono::seconds(number(13, 2)) +
           std::chrono::milliseconds(number(16, 3));
}

std::string backup_name(TimePoint moment) {
    return fmt::format("{:%Y%m%dT%H%M%S}.{:03}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(moment)),
                       moment.time_since_epoch().count() % 1000);
}

Backups::Backups(std::filesystem::path folder, PosixFile lock)
    : folder_(std::move(folder)), lock_(std::move(lock)) {}

Result<Backups> Backups::open(const std::filesystem::path& folder) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) return failed("cannot make " + folder.string(), code);
    PosixFile lock(::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.is_open()) {
        return failed("cannot write into " + folder.string(),
                      std::error_code(errno, std::generic_category()));
    }
    if (::flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorKind::Conflict, "backup.in_use",
                    "another backup is being made in " + folder.string() + ": wait for its end");
    }
    return Backups(folder, std::move(lock));
}

std::vector<std::filesystem::path> list_backups(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
        if (entry.is_directory(code) && is_backup_name(entry.path().filename().string())) {
            found.push_back(entry.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

Result<std::filesystem::path> Backups::begin(TimePoint now) const {
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, code)) {
        const auto name = entry.path().filename().string();
        if (name.ends_with(kPartial) &&
            is_backup_name(std::string_view(name).substr(0, name.size() - kPartial.size()))) {
            std::filesystem::remove_all(entry.path(), code);
        }
    }
    const auto name = backup_name(now);
    auto partial = folder_ / (name + std::string(kPartial));
    if (std::filesystem::exists(folder_ / name, code)) {
        return fail(ErrorKind::Conflict, "backup.in_use",
                    "there is a backup of this very moment: try again");
    }
    std::filesystem::create_directory(partial, code);
    if (code) return failed("cannot make " + partial.string(), code);
    std::filesystem::permissions(partial, std::filesystem::perms::owner_all, code);
    return partial;
}

Result<std::filesystem::path> Backups::finish(const std::filesystem::path& partial) {
    auto name = partial.string();
    name.resize(name.size() - kPartial.size());
    std::error_code code;
    if (auto synced = sync_folder(partial); !synced) return std::unexpected(synced.error());
    std::filesystem::rename(partial, name, code);
    if (code) return failed("cannot rename " + partial.string(), code);
    if (auto synced = sync_folder(partial.parent_path()); !synced) {
        return std::unexpected(synced.error());
    }
    return name;
}

Result<std::size_t> Backups::prune(std::size_t keep) const {
    const auto found = list();
    std::size_t gone = 0;
    while (gone + std::max<std::size_t>(keep, 1) < found.size()) {
        const auto& oldest = found[gone];
        std::error_code code;
        // Half removed it must not look whole.
        const auto going = oldest.string() + std::string(kPartial);
        std::filesystem::rename(oldest, going, code);
        if (!code) std::filesystem::remove_all(going, code);
        if (code) return failed("cannot remove " + oldest.string(), code);
        ++gone;
    }
    return gone;
}

}  // namespace imagify
