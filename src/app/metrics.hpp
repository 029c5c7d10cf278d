#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace imagify {

/// Counts what the server does. Safe from several threads.
class Metrics {
public:
    void count_request(std::string_view route, unsigned status, std::chrono::microseconds duration);

    /// A number that is read when the text is made, e.g. a queue's length.
    struct Reading {
        std::string_view name;
        std::string_view help;
        /// "counter" or "gauge".
        std::string_view type;
        double value = 0;
    };

    /// Prometheus text format 0.0.4.
    std::string text(std::span<const Reading> readings) const;

private:
    static constexpr std::array<double, 8> kBounds = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30};
    struct Histogram {
        std::array<std::uint64_t, kBounds.size() + 1> buckets{};
        std::uint64_t count = 0;
        double sum_seconds = 0;
    };

    mutable std::mutex mutex_;
    /// Routes are static text, statuses few: the map stays small.
    std::map<std::pair<std::string_view, unsigned>, std::uint64_t> requests_;
    Histogram durations_;
};

}  // namespace imagify
