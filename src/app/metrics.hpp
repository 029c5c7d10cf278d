#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "app/metric_catalogue.hpp"

namespace imagify {

/// Counts what the server does. Safe from several threads.
class Metrics {
public:
    /// `route` is static text; empty where none matched.
    void count_request(std::string_view route, unsigned status, std::chrono::microseconds duration);

    /// Prometheus text format 0.0.4: the requests, what was logged, and `values`, which were read
    /// for it.
    std::string text(std::span<const MetricValue> values) const;

private:
    static constexpr std::array<double, 11> kBounds = {0.001, 0.005, 0.02, 0.05, 0.1, 0.25,
                                                       0.5,   1,     3,    10,   30};
    struct Route {
        std::map<unsigned, std::uint64_t> statuses;
        std::array<std::uint64_t, kBounds.size() + 1> buckets{};
        double sum_seconds = 0;
    };
    void append_requests(std::string& text) const;
    void append_durations(std::string& text) const;

    mutable std::mutex mutex_;
    /// Routes are static text, statuses few: the maps stay small.
    std::map<std::string_view, Route> routes_;
};

}  // namespace imagify
