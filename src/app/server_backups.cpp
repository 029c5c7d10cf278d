// Backups of a server's own data: whole ones by schedule, and what is written between them.
#include "app/backup/backups.hpp"
#include "app/backup/take_backup.hpp"
#include "app/server_state.hpp"

namespace imagify {

namespace {

// How often it is looked whether a backup is due: a failed one is tried again then.
constexpr std::chrono::minutes kBackupLookEvery{1};
// With the copying itself well below the second that may be lost.
constexpr std::chrono::milliseconds kShipEvery{250};
// Shipping, and the look whether a backup has to be begun.
constexpr std::size_t kShipQueue = 8;

void log_failure(std::string_view event, const Error& error) {
    log_event(LogLevel::Error, event,
              {{"code", std::string_view(error.code)}, {"detail", std::string_view(error.detail)}});
}

}  // namespace

void Server::State::start_shipping() {
    if (!config.ships_log()) return;
    ship_worker.emplace(1, kShipQueue);
    shipper.emplace(LogShipper::Parts{
        .data = config.data, .backups = config.backup_to, .store = *storage.books, .clock = clock});
    storage.picture_files->tell_of_published(
        [this](const std::filesystem::path& file) { shipper->picture_published(file); });
}

void Server::State::start_backups() {
    spawn(repeat(kBackupLookEvery, [this]() -> Task<void> { co_await back_up(); }));
    if (shipper) spawn(repeat(kShipEvery, [this]() -> Task<void> { co_await ship_log(); }));
}

Task<void> Server::State::ship_log() {
    const auto whole = co_await ship_worker->run<bool>([this]() -> Result<bool> {
        if (auto shipped = shipper->ship(); !shipped) return std::unexpected(shipped.error());
        return shipper->is_whole();
    });
    if (!whole) log_failure("backup.shipping_failed", whole.error());
    shipped_time = whole.value_or(false) ? to_unix_ms(clock.now()) / 1'000 : 0;
}

// After the last write, and after every thread that made some.
void Server::State::finish_shipping() {
    if (!shipper) return;
    if (const auto shipped = shipper->ship(); !shipped) {
        log_failure("backup.shipping_failed", shipped.error());
    }
}

Task<bool> Server::State::backup_is_due() {
    const auto now = clock.now();
    const auto found = list_backups(config.backup_to);
    const auto last = found.empty() ? std::nullopt : backup_moment(found.back());
    if (last) backup_time = to_unix_ms(*last) / 1'000;
    // A clock that was set back must not stop backups until it catches up.
    if (!last || *last > now || now - *last >= std::chrono::minutes(config.backup_every_minutes)) {
        co_return true;
    }
    if (!shipper) co_return false;
    const auto due = co_await ship_worker->run<bool>(
        [this]() -> Result<bool> { return shipper->needs_backup(); });
    co_return due.value_or(false);
}

Task<void> Server::State::back_up() {
    if (!co_await backup_is_due()) co_return;
    if (shipper) {
        const auto begun = co_await ship_worker->run<void>([this] { return shipper->begin(); });
        if (!begun) log_failure("backup.shipping_failed", begun.error());
    }
    const auto report = co_await backup_worker->run<BackupReport>([this] {
        return take_backup(
            {.data = config.data, .to = config.backup_to, .keep = config.backup_keep}, clock,
            [](const std::string&) {});
    });
    if (!report) {
        log_failure("backup.failed", report.error());
        co_return;
    }
    const auto place = report->place.string();
    backup_time = to_unix_ms(*backup_moment(place)) / 1'000;
    log_event(LogLevel::Info, "backup.made",
              {{"place", std::string_view(place)},
               {"ledgerRows", report->facts.ledger_rows},
               {"pictures", static_cast<std::int64_t>(report->pictures)},
               {"removed", static_cast<std::int64_t>(report->pruned)}});
    if (!shipper) co_return;
    const auto followed = co_await ship_worker->run<void>(
        [this, &report] { return shipper->go_on_from(report->place.filename().string()); });
    if (!followed) log_failure("backup.shipping_failed", followed.error());
}

}  // namespace imagify
