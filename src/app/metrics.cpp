#include "app/metrics.hpp"

#include <fmt/format.h>

#include <iterator>

namespace imagify {

void Metrics::count_request(std::string_view route, unsigned status,
                            std::chrono::microseconds duration) {
    const double seconds = static_cast<double>(duration.count()) / 1e6;
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
    const std::scoped_lock lock(mutex_);
    ++requests_[{route, status}];
    ++durations_.buckets[bucket];
    ++durations_.count;
    durations_.sum_seconds += seconds;
}

std::string Metrics::text(std::span<const Reading> readings) const {
    std::string text;
    auto out = std::back_inserter(text);
    const std::scoped_lock lock(mutex_);
    fmt::format_to(out,
                   "# HELP imagify_http_requests_total Answered requests.\n"
                   "# TYPE imagify_http_requests_total counter\n");
    for (const auto& [key, count] : requests_) {
        fmt::format_to(out, "imagify_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n",
                       key.first.empty() ? "other" : key.first, key.second, count);
    }
    fmt::format_to(out,
                   "# HELP imagify_http_request_seconds Time to answer.\n"
                   "# TYPE imagify_http_request_seconds histogram\n");
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        below += durations_.buckets[i];
        fmt::format_to(out, "imagify_http_request_seconds_bucket{{le=\"{}\"}} {}\n", kBounds[i],
                       below);
    }
    fmt::format_to(out,
                   "imagify_http_request_seconds_bucket{{le=\"+Inf\"}} {0}\n"
                   "imagify_http_request_seconds_sum {1}\n"
                   "imagify_http_request_seconds_count {0}\n",
                   durations_.count, durations_.sum_seconds);
    for (const auto& reading : readings) {
        fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", reading.name, reading.help,
                       reading.type, reading.value);
    }
    return text;
}

}  // namespace imagify
