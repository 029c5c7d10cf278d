#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace imagify::testing {

/// Sorted times of requests, and what can be read off them.
struct Latencies {
    std::vector<double> ms;

    /// The time that this share of them, 0 to 1, does not exceed.
    double at(double share) const;
    /// "p50 0.1, p99 0.9, max 3.0 ms of 1000".
    std::string figures() const;
};

/// A customer like any other, on a connection that stays open, who asks again and again while
/// others misbehave. Asks on a thread of its own until it is told to stop.
class RegularCustomer {
public:
    /// `request` is sent whole each time; a new connection after one that ends.
    RegularCustomer(std::uint16_t port, std::string request);

    /// Ends it. What it saw: the times of the answers with 200, and how many were no such answer.
    Latencies stop();
    std::uint64_t unanswered() const { return unanswered_; }

private:
    void ask_on(std::uint16_t port, const std::string& request);

    Latencies seen_;
    std::atomic<std::uint64_t> unanswered_ = 0;
    std::atomic<bool> stopping_ = false;
    std::jthread thread_;
};

}  // namespace imagify::testing
