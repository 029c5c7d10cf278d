#pragma once

#include <boost/json.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crash/memory.hpp"
#include "crash/server_process.hpp"
#include "vnpay/dice.hpp"

namespace imagify::testing {

/// Somebody who uses the server as fast as it answers, until it dies, and remembers each answer.
/// One thread at a time.
class Customer {
public:
    Customer(std::string name, std::uint64_t seed);

    /// Makes the account. Throws when the server refuses.
    void sign_up(std::uint16_t port);
    /// Random requests until the connection breaks, or so many.
    void live(std::uint16_t port, int requests = std::numeric_limits<int>::max());
    /// Asks again about what was answered in the life that has ended, and about some older things.
    void look_back(std::uint16_t port);
    /// From now on it also refunds its own orders; the account has been made an operator's.
    void become_operator() { is_operator_ = true; }
    /// Addresses, of the own account and some others it made, that password does not open any more.
    std::vector<std::string> locked_out(std::uint16_t port);

    Memory& memory() { return memory_; }
    /// Answers that contradict what was answered before.
    std::vector<std::string>& contradictions() { return contradictions_; }
    std::uint64_t looked_back() const { return looked_back_; }

private:
    std::optional<Reply> ask(const std::string& method, const std::string& target,
                             const std::string& body = {}, const std::string& more_headers = {});
    bool act();
    bool paint(const std::string& key, bool wait);
    bool paint_new();
    bool paint_again();
    bool cancel_one();
    bool remove_one();
    bool order(const std::string& key);
    bool order_new();
    bool order_again();
    bool be_told();
    bool be_told_by_forger();
    bool come_back();
    bool pay_in_simulator();
    bool look_at_order();
    bool sign_up_another();
    bool refund_one();
    bool check_refund();
    bool end_refund();
    void note_picture(const std::string& key, const boost::json::value& answer, bool is_ready);
    const Memory::Order* some_order();
    std::string some_ready();
    std::string notice_of(const Memory::Order& order, std::string_view secret) const;
    void contradict(std::string what);

    std::string name_;
    Dice dice_;
    Memory memory_;
    std::unique_ptr<HttpProbe> line_;
    std::vector<std::string> contradictions_;
    std::uint64_t looked_back_ = 0;
    std::uint64_t counter_ = 0;
    bool is_operator_ = false;
};

}  // namespace imagify::testing
