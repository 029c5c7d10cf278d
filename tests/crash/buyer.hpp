#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "crash/server_process.hpp"

namespace imagify::testing {

/// An order that the server acknowledged.
struct AcknowledgedOrder {
    std::string id;
    /// VNPAY's page for it.
    std::string address;
    /// Before it was asked for, and when its answer was there.
    std::chrono::system_clock::time_point asked;
    std::chrono::system_clock::time_point answered;
};

/// Somebody who makes one order after the other, each a commit of its own, on a thread, until the
/// server dies or it is told to stop.
class Buyer {
public:
    /// Signs up. Throws when the server refuses.
    Buyer(std::uint16_t port, const std::string& name);
    ~Buyer() { stop(); }
    Buyer(const Buyer&) = delete;
    Buyer& operator=(const Buyer&) = delete;

    void stop();
    /// After `stop`.
    void go_on(std::uint16_t port);
    /// Until so many were acknowledged that nobody took yet; less when the server dies.
    void wait_for(std::size_t orders);
    /// What was acknowledged since the last call.
    std::vector<AcknowledgedOrder> take();

private:
    void buy(std::uint16_t port);
    void buy_until_told(std::uint16_t port);

    std::string token_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool gone_ = false;
    std::vector<AcknowledgedOrder> orders_;
    std::thread thread_;
};

}  // namespace imagify::testing
