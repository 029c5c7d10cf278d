#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace imagify::testing {

/// Everything that the server ever acknowledged to one customer, over all of its lives, and what
/// was asked of it without an answer. The former has to stay true, the latter may be true.
struct Memory {
    struct Order {
        std::string id;
        std::string address;
        /// vnp_TransactionNo of its payment.
        std::string number;
    };

    std::string email;
    std::string password;
    std::string token;
    std::string user_id;
    /// Idempotency key -> picture; empty while no answer named it.
    std::map<std::string, std::string> pictures;
    std::set<std::string> ready;
    std::set<std::string> ready_in_this_life;
    /// Asked to be removed: nobody knows whether it is.
    std::set<std::string> removing;
    std::set<std::string> removed;
    /// Key -> order; empty while no answer named it.
    std::map<std::string, Order> orders;
    /// Orders that VNPAY told the server were paid, answered or not.
    std::set<std::string> told;
    /// Answered with 00 or 02.
    std::set<std::string> paid;
    /// Refunds asked for as an operator, answered or not, and the orders whose refund was answered.
    std::uint64_t refunds_asked = 0;
    std::set<std::string> refunded;
    /// Addresses of further accounts; all have the same password.
    std::set<std::string> accounts;
    std::uint64_t acknowledged = 0;
};

}  // namespace imagify::testing
