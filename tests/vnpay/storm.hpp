#pragma once

#include <cstdint>
#include <functional>
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
    std::size_t credited_orders = 0;
    /// RspCode -> how often, over all notices.
    std::map<std::string, std::size_t> replies;
    double p50_ms = 0;
    double p99_ms = 0;
    double seconds = 0;
    /// Empty when every order was credited once and every reply was right.
    std::vector<std::string> failures;
};

/// An order that will be paid.
struct StormOrder {
    std::string reference;
    std::int64_t amount_vnd = 0;
};

/// Hands one notice in and yields its RspCode. Each thread has its own.
using Door = std::function<std::string(const std::string& query)>;

/// Sends the notices through the doors and looks at the replies; `credited_orders` is left to the
/// caller.
StormReport rain(const StormPlan& plan, const std::vector<StormOrder>& orders,
                 const std::function<Door()>& open_door);

/// Every order is paid and VNPAY tells it `copies` times, shuffled over the threads; one notice in
/// five is forged. What has to come out: each order credited once, one 00 and the rest 02 for it,
/// 97 for every forgery. Through the use case, into the store with its writer thread.
StormReport raise_storm(const StormPlan& plan);

}  // namespace imagify::testing
