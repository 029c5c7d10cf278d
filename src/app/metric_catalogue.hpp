#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ports/back_office.hpp"

namespace imagify {

enum class MetricKind { Counter, Gauge, Histogram };

/// Where a metric is seen: /metrics of `imagify serve`, CloudWatch from `imagify lambda`.
enum class MetricPlace { Both, Scrape, CloudWatch };

/// What is told about a metric. docs/metrics.md has the same rows.
struct MetricEntry {
    std::string_view name;
    MetricKind kind;
    /// A unit that CloudWatch knows: "Count", "Seconds", "Bytes", "None".
    std::string_view unit;
    MetricPlace place;
    std::string_view help;
};

/// Everything that is ever emitted; dashboards and alerts use these names and no others.
inline constexpr MetricEntry kMetricCatalogue[] = {
    {"imagify_http_requests_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Answered requests by route and status."},
    {"imagify_http_errors_total", MetricKind::Counter, "Count", MetricPlace::CloudWatch,
     "Requests answered with 5xx."},
    {"imagify_http_request_seconds", MetricKind::Histogram, "Seconds", MetricPlace::Both,
     "Time to answer by route."},
    {"imagify_cold_starts_total", MetricKind::Counter, "Count", MetricPlace::CloudWatch,
     "Processes that Lambda started."},
    {"imagify_cold_start_seconds", MetricKind::Gauge, "Seconds", MetricPlace::CloudWatch,
     "From the start of the process until it could take an event."},
    {"imagify_events_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Log lines of an event, whatever the log level."},
    {"imagify_accounts", MetricKind::Gauge, "Count", MetricPlace::Both, "Accounts."},
    {"imagify_active_accounts", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Accounts that asked for a picture or paid in the last 30 days."},
    {"imagify_pictures", MetricKind::Gauge, "Count", MetricPlace::Both, "Pictures made."},
    {"imagify_paid_orders", MetricKind::Gauge, "Count", MetricPlace::Both, "Paid orders."},
    {"imagify_credits_sold", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Credits of paid orders."},
    {"imagify_revenue_vnd", MetricKind::Gauge, "None", MetricPlace::Both,
     "Paid less refunded, in dong."},
    {"imagify_refunded_vnd", MetricKind::Gauge, "None", MetricPlace::Both, "Refunded, in dong."},
    {"imagify_credits_outstanding", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Credits that customers could still spend, held ones included."},
    {"imagify_open_orders", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Orders that wait for a payment or an operator."},
    {"imagify_open_reviews", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Cases that wait for an operator."},
    {"imagify_open_refunds", MetricKind::Gauge, "Count", MetricPlace::Both,
     "Refunds that VNPAY has not confirmed."},
    {"imagify_figures_time_seconds", MetricKind::Gauge, "Seconds", MetricPlace::Scrape,
     "When the business figures were last counted, in Unix time."},
    {"imagify_store_writes_total", MetricKind::Counter, "Count", MetricPlace::Scrape,
     "Write transactions asked for."},
    {"imagify_store_commits_total", MetricKind::Counter, "Count", MetricPlace::Scrape,
     "Commits; in SQLite each with one sync of the log."},
    {"imagify_store_conflicts_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Writes that met another one and were tried again (DynamoDB)."},
    {"imagify_store_busy_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Writes given up since others were faster or the queue was full."},
    {"imagify_store_throttled_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Calls that DynamoDB throttled; most go well when tried again."},
    {"imagify_limits_alone_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Uses counted by this process alone while the shared limits did not answer."},
    {"imagify_mails_sent_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Letters handed over."},
    {"imagify_mails_failed_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Attempts to hand a letter over that failed."},
    {"imagify_mails_given_up_total", MetricKind::Counter, "Count", MetricPlace::Both,
     "Letters that will never be sent."},
    {"imagify_event_listeners", MetricKind::Gauge, "Count", MetricPlace::Scrape,
     "Open event streams and waiting requests."},
    {"imagify_hash_queue", MetricKind::Gauge, "Count", MetricPlace::Scrape,
     "Password hashes that wait."},
    {"imagify_paint_queue", MetricKind::Gauge, "Count", MetricPlace::Scrape,
     "Pictures that wait for a worker."},
    {"imagify_file_queue", MetricKind::Gauge, "Count", MetricPlace::Scrape,
     "Files that wait to be read or written."},
    {"imagify_data_free_bytes", MetricKind::Gauge, "Bytes", MetricPlace::Scrape,
     "Free on the disk of the data folder."},
    {"imagify_data_disk_bytes", MetricKind::Gauge, "Bytes", MetricPlace::Scrape,
     "Size of the disk of the data folder."},
    {"imagify_backup_time_seconds", MetricKind::Gauge, "Seconds", MetricPlace::Scrape,
     "When the newest backup was made, in Unix time; 0: never, or without BACKUP_TO."},
    {"imagify_shipped_time_seconds", MetricKind::Gauge, "Seconds", MetricPlace::Scrape,
     "Until when changes are in the folder of backups too, in Unix time; 0: they are not."},
    {"process_start_time_seconds", MetricKind::Gauge, "Seconds", MetricPlace::Scrape,
     "When the process started, in Unix time."},
    {"process_cpu_seconds_total", MetricKind::Counter, "Seconds", MetricPlace::Scrape,
     "Processor time used."},
    {"process_resident_memory_bytes", MetricKind::Gauge, "Bytes", MetricPlace::Scrape,
     "Resident memory."},
    {"process_open_fds", MetricKind::Gauge, "Count", MetricPlace::Scrape, "Open files."},
    {"process_max_fds", MetricKind::Gauge, "Count", MetricPlace::Scrape,
     "Open files that the system allows."},
};

/// Events of the log that imagify_events_total counts: those that somebody has to hear of, and
/// those that show that business goes on. Each is there from the start, with 0.
inline constexpr std::string_view kCountedEvents[] = {"account.registered",
                                                      "account.admitted",
                                                      "account.deleted",
                                                      "payment.credited",
                                                      "payment.not_paid",
                                                      "payment.refused",
                                                      "payment.bad_signature",
                                                      "order.unsettled",
                                                      "order.recovered",
                                                      "order.orphaned",
                                                      "refund.unsettled",
                                                      "refund.rejected",
                                                      "hold.overdue",
                                                      "hold.recovered",
                                                      "painter.failed",
                                                      "painter.timeout",
                                                      "painter.account_refused",
                                                      "blob.missing",
                                                      "work.failed",
                                                      "background.failed",
                                                      "backup.failed",
                                                      "backup.shipping_failed",
                                                      "store.write_failed",
                                                      "store.read_failed",
                                                      "store.reopen_failed",
                                                      "store.no_heartbeat",
                                                      "store.bad_request",
                                                      "secrets.unreadable",
                                                      "aws.no_credentials",
                                                      "redis.unavailable",
                                                      "queue.unavailable",
                                                      "queue.bad_message",
                                                      "identity.keys_not_fetched",
                                                      "tls.expired",
                                                      "tls.reload_failed",
                                                      "http.handler_threw",
                                                      "server.internal",
                                                      "invocation.failed",
                                                      "lambda.start_failed"};

/// A name of the catalogue; any other does not compile.
class MetricName {
public:
    // Implicit, so that lists of numbers read as such.
    consteval MetricName(const char* name) : entry_(find(name)) {}  // NOLINT(google-explicit-*)
    const MetricEntry& entry() const { return *entry_; }

private:
    static consteval const MetricEntry* find(std::string_view name) {
        for (const auto& entry : kMetricCatalogue) {
            if (entry.name == name) return &entry;
        }
        throw "there is no such metric";
    }

    const MetricEntry* entry_;
};

/// One number of a metric.
struct MetricValue {
    MetricName name;
    double value = 0;
};

/// How the business does, as metrics.
std::vector<MetricValue> values_of(const BusinessFigures& figures);

}  // namespace imagify
