#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace imagify::testing {

struct StormPlan {
    std::uint64_t seed = 1;
    std::size_t orders = 1'000;
    std::size_t copies = 10;
    std::size_t threads = 8;
};

/// What a storm of notices did to the store with its writer thread.
struct StormReport {
    std::size_t notices = 0;
    std::size_t forged = 0;
    std::int64_t credited_orders = 0;
    /// RspCode -> how often, over all notices.
    std::map<std::string, std::size_t> replies;
    double p50_ms = 0;
    double p99_ms = 0;
    double seconds = 0;
    /// Empty when every order was credited once and every reply was right.
    std::vector<std::string> failures;
};

/// Every order is paid and VNPAY tells it `copies` times, shuffled over the threads; one notice in
/// five is forged. What has to come out: each order credited once, one 00 and the rest 02 for it,
/// 97 for every forgery.
StormReport raise_storm(const StormPlan& plan);

}  // namespace imagify::testing
