// What a server tells at /metrics.
#include "app/commands/run_task.hpp"
#include "app/process_values.hpp"
#include "app/server_state.hpp"

namespace imagify {
namespace {

// DynamoDB bills counting by the item.
constexpr std::chrono::minutes kCountCloudEvery{15};
constexpr std::chrono::minutes kCountEvery{1};
// A thread counts for at most a hundredth of its time.
constexpr int kRest = 100;

double number(std::uint64_t value) { return static_cast<double>(value); }

void append(std::vector<MetricValue>& values, std::vector<MetricValue> more) {
    values.insert(values.end(), more.begin(), more.end());
}

std::vector<MetricValue> values_of(const StoreCounts& counts) {
    return {{"imagify_store_writes_total", number(counts.writes)},
            {"imagify_store_commits_total", number(counts.commits)},
            {"imagify_store_conflicts_total", number(counts.conflicts)},
            {"imagify_store_busy_total", number(counts.busy)},
            {"imagify_store_throttled_total", number(counts.throttled)}};
}

std::vector<MetricValue> values_of(const MailCounts& counts) {
    return {{"imagify_mails_sent_total", static_cast<double>(counts.sent)},
            {"imagify_mails_failed_total", static_cast<double>(counts.failed)},
            {"imagify_mails_given_up_total", static_cast<double>(counts.given_up)}};
}

}  // namespace

std::string Server::State::metrics_text() const {
    auto values = values_of(storage.store->counts());
    append(values, values_of(deliver_mail->counts()));
    append(values,
           {{"imagify_limits_alone_total", static_cast<double>(shared_limits.counted_alone())},
            {"imagify_event_listeners", number(backend->events().subscribers())},
            {"imagify_hash_queue", number(hash_worker.queued())},
            {"imagify_paint_queue", number(paint_worker.queued())},
            {"imagify_file_queue", number(file_worker.queued())}});
    append(values, process_values(config.data));
    append(values, {{"imagify_backup_time_seconds", static_cast<double>(backup_time)},
                    {"imagify_shipped_time_seconds", static_cast<double>(shipped_time)}});
    {
        const std::scoped_lock lock(figures_mutex);
        append(values, figures);
    }
    return metrics.text(values);
}

Task<void> Server::State::count_figures() {
    const auto now = clock.now();
    // SQLite reads whole tables: not on a thread that answers requests.
    auto counted = config.store == StoreKind::Sqlite
                       ? co_await file_worker.run<BusinessFigures>(
                             [this, now] { return run_task(storage.store->figures(now)); })
                       : co_await storage.store->figures(now);
    if (!counted) {
        log_event(LogLevel::Warning, "figures.not_counted",
                  {{"detail", std::string_view(counted.error().detail)}});
        co_return;
    }
    auto values = values_of(*counted);
    values.push_back(
        {"imagify_figures_time_seconds", static_cast<double>(to_unix_ms(now)) / 1'000});
    const std::scoped_lock lock(figures_mutex);
    figures = std::move(values);
}

Task<void> Server::State::keep_figures() {
    const std::chrono::milliseconds pause =
        config.store == StoreKind::Sqlite ? kCountEvery : kCountCloudEvery;
    while (!draining) {
        const auto began = clock.steady_now();
        co_await attempt([this] { return count_figures(); });
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(clock.steady_now() - began);
        co_await clock.sleep_for(std::max(pause, kRest * took));
    }
}

}  // namespace imagify
