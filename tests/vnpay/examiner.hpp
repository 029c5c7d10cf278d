#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "vnpay/merchant.hpp"
#include "vnpay/second_shop.hpp"

namespace imagify::testing {

/// What became of the messages of one family.
struct Tally {
    std::uint64_t cases = 0;
    std::uint64_t believed = 0;
    std::uint64_t genuine = 0;
    std::uint64_t forged = 0;
    std::uint64_t forged_believed = 0;
    std::uint64_t genuine_refused = 0;
    std::uint64_t wrong_reply = 0;
    std::uint64_t changed_by_forgery = 0;
    std::uint64_t wrong_credit = 0;

    std::uint64_t wrong() const {
        return forged_believed + genuine_refused + wrong_reply + changed_by_forgery + wrong_credit;
    }
};

/// Shows messages to the merchant and compares what it did with what is true of them.
class Examiner {
public:
    explicit Examiner(Merchant& merchant);

    /// Flawed shops see the messages too while this is on: they cost fifteen more signatures each.
    bool with_controls = false;

    void open_order(const Order& order);
    /// `order` is the one that the message is about, or that was asked about.
    void show(const Case& message, const Order& order);
    /// Compares every row of the database with what it was when this was called last; what changed
    /// between must have been allowed.
    void compare_all_rows();

    /// We ourselves changed the database, and the balance by so much.
    void expect_change(std::int64_t credits);
    /// Something else that is wrong.
    void report(std::string failure) { failures_.push_back(std::move(failure)); }

    /// One line a family: channel, family, cases, believed, wrong.
    std::string table() const;
    /// One line a flaw: what caught it. Counts those that nothing caught.
    std::string control_table(std::uint64_t& uncaught) const;
    Tally total() const;
    const std::vector<std::string>& failures() const { return failures_; }
    std::int64_t expected_credits() const { return expected_credits_; }

private:
    struct Control {
        NamedFlaw flaw;
        SecondShop shop;
        std::map<std::string, std::uint64_t> caught_by;
    };
    bool present(const Case& message, const Order& order, std::string& reply);
    void judge(const Case& message, const Order& order, bool believed, bool changed,
               const std::string& reply, Tally& tally);
    void check_credit(const Case& message, const Order& order, Tally& tally);
    void show_to_controls(const Case& message, const Order& order);
    void complain(const Case& message, const std::string& what);

    Merchant& merchant_;
    SecondShop sound_{Flaw::None};
    std::vector<Control> controls_;
    std::map<std::pair<Channel, std::string>, Tally> tallies_;
    std::vector<std::string> failures_;
    std::int64_t version_ = 0;
    std::string rows_;
    bool rows_may_differ_ = true;
    std::set<std::string> credited_;
    std::int64_t expected_credits_ = 0;
};

}  // namespace imagify::testing
