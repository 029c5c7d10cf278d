#include "app/metrics.hpp"

#include <fmt/format.h>

#include <iterator>

#include "base/log.hpp"

namespace imagify {
namespace {

std::string_view to_text(MetricKind kind) {
    if (kind == MetricKind::Counter) return "counter";
    return kind == MetricKind::Gauge ? "gauge" : "histogram";
}

void append_head(std::string& text, MetricName name) {
    const auto& entry = name.entry();
    fmt::format_to(std::back_inserter(text), "# HELP {0} {1}\n# TYPE {0} {2}\n", entry.name,
                   entry.help, to_text(entry.kind));
}

// From the start, with 0: an increase from nothing is none to Prometheus.
void append_events(std::string& text) {
    append_head(text, "imagify_events_total");
    for (const auto event : kCountedEvents) {
        fmt::format_to(std::back_inserter(text), "imagify_events_total{{event=\"{}\"}} {}\n", event,
                       times_logged(event));
    }
}

}  // namespace

void Metrics::count_request(std::string_view route, unsigned status,
                            std::chrono::microseconds duration) {
    const double seconds = static_cast<double>(duration.count()) / 1e6;
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
    const std::scoped_lock lock(mutex_);
    auto& counts = routes_[route.empty() ? "other" : route];
    ++counts.statuses[status];
    ++counts.buckets[bucket];
    counts.sum_seconds += seconds;
}

void Metrics::append_requests(std::string& text) const {
    append_head(text, "imagify_http_requests_total");
    for (const auto& [route, counts] : routes_) {
        for (const auto& [status, count] : counts.statuses) {
            fmt::format_to(std::back_inserter(text),
                           "imagify_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route,
                           status, count);
        }
    }
}

void Metrics::append_durations(std::string& text) const {
    const auto out = std::back_inserter(text);
    append_head(text, "imagify_http_request_seconds");
    for (const auto& [route, counts] : routes_) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            below += counts.buckets[i];
            fmt::format_to(out,
                           "imagify_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                           route, kBounds[i], below);
        }
        fmt::format_to(out,
                       "imagify_http_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                       "imagify_http_request_seconds_sum{{route=\"{0}\"}} {2}\n"
                       "imagify_http_request_seconds_count{{route=\"{0}\"}} {1}\n",
                       route, below + counts.buckets.back(), counts.sum_seconds);
    }
}

std::string Metrics::text(std::span<const MetricValue> values) const {
    std::string text;
    {
        const std::scoped_lock lock(mutex_);
        append_requests(text);
        append_durations(text);
    }
    append_events(text);
    for (const auto& [name, value] : values) {
        append_head(text, name);
        fmt::format_to(std::back_inserter(text), "{} {}\n", name.entry().name, value);
    }
    return text;
}

}  // namespace imagify
