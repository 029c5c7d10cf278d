#include "app/backup/log_shipper.hpp"

#include <algorithm>

#include "app/backup/backups.hpp"
#include "app/backup/picture_files.hpp"
#include "base/log.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

// SQLite's own measure: 1,000 pages. Larger logs make reading slower.
constexpr std::int64_t kRestartBytes = std::int64_t{4} << 20U;
// Of pages that were written again and again; a backup has each once.
constexpr std::int64_t kShippedBytes = std::int64_t{1} << 30U;
constexpr std::int64_t kShippedDatabases = 4;
constexpr std::chrono::minutes kRestartAloneEvery{1};

}  // namespace

// With the first use, since it reads what was shipped last: a server answers before that.
void LogShipper::resume() {
    if (std::exchange(resumed_, true)) return;
    log_ = ShippedLog::resume(parts_.backups, parts_.data);
    if (log_) find_missed_pictures();
}

// Those that were published after an earlier process last shipped.
void LogShipper::find_missed_pictures() {
    const auto files = list_picture_files(parts_.data);
    if (!files) return give_up();
    std::error_code code;
    const auto base = parts_.backups / log_->base();
    const std::scoped_lock lock(mutex_);
    std::ranges::copy_if(*files, std::back_inserter(published_),
                         [&](const std::string& file) { return !fs::exists(base / file, code); });
}

bool LogShipper::is_whole() {
    resume();
    std::error_code code;
    return log_ && fs::exists(parts_.backups / log_->base(), code);
}

bool LogShipper::needs_backup() {
    if (!is_whole()) return true;
    std::error_code code;
    const auto database =
        static_cast<std::int64_t>(fs::file_size(parts_.data / "imagify.db", code));
    return log_->shipped_bytes() >= std::max(kShippedBytes, kShippedDatabases * database);
}

void LogShipper::picture_published(const fs::path& file) {
    const std::scoped_lock lock(mutex_);
    published_.push_back(file);
}

std::vector<ShippedLog*> LogShipper::logs() {
    std::vector<ShippedLog*> found;
    for (auto* log : {&log_, &next_}) {
        if (*log) found.push_back(&**log);
    }
    return found;
}

void LogShipper::give_up() {
    log_.reset();
    next_.reset();
}

// A picture is published before it is charged: every charge that was read here names a picture that
// is known by then, and is copied before it.
Result<bool> LogShipper::ship_some() {
    const auto now = parts_.clock.now();
    bool any = false;
    for (auto* log : logs()) {
        const auto found = log->look();
        if (!found) return found;
        any = any || *found;
    }
    std::vector<fs::path> pictures;
    {
        const std::scoped_lock lock(mutex_);
        pictures.swap(published_);
    }
    for (auto* log : logs()) {
        for (const auto& picture : pictures) {
            if (auto kept = log->keep_picture(picture); !kept) {
                return std::unexpected(kept.error());
            }
        }
        if (auto shipped = log->ship(now); !shipped) {
            return std::unexpected(shipped.error());
        }
    }
    return any;
}

Result<void> LogShipper::ship_all() {
    for (;;) {
        const auto more = ship_some();
        if (!more) {
            give_up();
            return std::unexpected(more.error());
        }
        if (!*more) return {};
    }
}

Result<void> LogShipper::ship() {
    resume();
    if (auto shipped = ship_all(); !shipped) return shipped;
    return restart_log();
}

// The file itself never shrinks: how much of it is in use only who reads it knows.
Result<void> LogShipper::restart_log() {
    const auto now = parts_.clock.now();
    const auto followed = logs();
    if (followed.empty()) {
        if (now - restarted_at_ < kRestartAloneEvery) return {};
        restarted_at_ = now;
    } else if (followed.front()->log_bytes() < kRestartBytes) {
        return {};
    }
    Result<void> shipped;
    const bool restarted = parts_.store.restart_log([&] {
        shipped = ship_all();
        return shipped.has_value();
    });
    if (restarted) {
        for (auto* log : logs()) log->expect_restart();
    }
    return shipped;
}

Result<void> LogShipper::begin() {
    resume();
    next_.reset();
    auto begun = ShippedLog::begin(parts_.backups, parts_.data, parts_.clock.now());
    if (!begun) return std::unexpected(begun.error());
    next_.emplace(std::move(*begun));
    return {};
}

Result<void> LogShipper::go_on_from(const std::string& backup) {
    if (auto shipped = ship_all(); !shipped) return shipped;
    if (!next_) return fail(ErrorKind::Unavailable, "backup.failed", "shipping stopped meanwhile");
    if (auto set = next_->set_base(backup); !set) {
        give_up();
        return set;
    }
    log_ = std::exchange(next_, std::nullopt);
    for (const auto& folder : list_backups(continuous_folder(parts_.backups))) {
        std::error_code ignored;
        if (folder != log_->folder()) fs::remove_all(folder, ignored);
    }
    return {};
}

}  // namespace imagify
