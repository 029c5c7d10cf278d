#pragma once

#include <map>
#include <set>
#include <string>

#include "ports/payment_gateway.hpp"
#include "sim/bank.hpp"
#include "sim/blob_disk.hpp"
#include "sim/books.hpp"
#include "sim/painters.hpp"
#include "sim/store_house.hpp"

namespace imagify::sim {

/// The oracle: what docs/money.md and VNPAY's protocol allow, written from them and not from the
/// code. It is told what the world did, watches every commit, and says what must not have happened.
class Model {
public:
    Model(Env& env, const BlobDisk& disk, const PaintingLog& paintings, const Bank& bank,
          StoreHouse::Habits habits)
        : env_(env), disk_(disk), paintings_(paintings), bank_(bank), habits_(habits) {}

    // What the world did.
    void process_lives(const std::string& lease) {
        lease_ = lease;
        leases_.insert(lease);
    }
    void wants_account(const std::string& email, std::int64_t gift) { gifts_[email] = gift; }
    /// At most one order may come of a click; `address` tells which request made it.
    void wants_order(const std::string& click, const std::string& address, const OrderRow& terms);
    /// At most one picture may come of a click; `prompt` tells which request made it.
    void wants_picture(const std::string& click, const std::string& prompt,
                       const std::string& user);
    /// True when something came of the click, and its key may still be kept.
    bool was_made(const std::string& click) const { return made_.contains(click); }
    void wants_goodbye(const std::string& user) { goodbyes_.insert(user); }
    /// True when the user's account is deleted.
    bool is_gone(const std::string& user) const { return gone_.contains(user); }
    /// True when a deleted account got credits after all.
    bool was_paid_late(const std::string& user) const { return paid_late_.contains(user); }
    void wants_cancel(const std::string& generation) { cancels_.insert(generation); }
    void wants_deletion(const std::string& generation) { deletions_.insert(generation); }
    void wants_refund(const std::string& order) { refunds_wanted_.insert(order); }
    void wants_grant(const std::string& ref, const std::string& user, std::int64_t credits) {
        grants_[ref] = {.user = user, .delta = credits};
    }
    void decides(std::int64_t review, const std::string& action) {
        decisions_.emplace(review, action);
    }
    /// A genuine word of the bank reached us.
    void told(const Message& message);

    /// Called after every step: the latest time that any clock of ours has shown.
    void time_passes();

    /// Looks at the books after a commit.
    void observe(Books now);
    const Books& books() const { return books_; }

    /// The bank's server heard `outcome`; `excused` when a fault hit us meanwhile.
    void heard(const Message& message, NoticeOutcome outcome, bool excused);

    /// The picture of every charge is there, unchanged.
    void check_pictures();

private:
    struct OrderFacts {
        std::set<std::string> proofs;
        bool failed = false;
        bool unknown_there = false;
        bool odd = false;
        bool fraud = false;
        int first_acknowledged = 0;
    };
    struct Wanted {
        std::string click;
        OrderRow terms;
    };
    struct Charge {
        std::string user;
        std::int64_t delta = 0;
    };

    void check_users(const Books& now);
    void check_new_user(const std::string& id, const UserRow& row);
    void check_goodbye(const std::string& id, const UserRow& before, const Books& now);
    void check_orders(const Books& now);
    void check_new_order(const std::string& id, const OrderRow& row);
    void check_order_edge(const std::string& id, const OrderRow& before, const OrderRow& after);
    bool edge_allowed(const std::string& id, const OrderRow& before, const OrderRow& after);
    bool pays_another(const std::string& id, const std::string& transaction) const;
    void check_generations(const Books& now);
    void check_new_generation(const std::string& id, const GenerationRow& row);
    void check_generation_edge(const std::string& id, const GenerationRow& before,
                               const GenerationRow& after);
    void check_picture(const std::string& id, const GenerationRow& row);
    bool failure_justified(const std::string& id, const GenerationRow& before,
                           const GenerationRow& after);
    void check_vanished(const std::string& id, const GenerationRow& before);
    void check_back_office(const Books& now);
    void check_review(std::int64_t id, const ReviewRow& row);
    void check_refund(const std::string& id, const RefundRow& row);
    bool decided(const std::string& order, const std::string& action) const;
    void check_balances(const Books& now);
    void check_ledger(const Books& now);
    bool may_act(const std::string& lease) const;
    void expect_farewell(const Books& now);
    bool made_once(const std::string& click);

    Env& env_;
    const BlobDisk& disk_;
    const PaintingLog& paintings_;
    const Bank& bank_;
    Books books_;
    StoreHouse::Habits habits_;
    std::string lease_;
    /// Of every process that ever lived.
    std::set<std::string> leases_;
    std::int64_t latest_wall_ms_ = 0;
    bool clock_went_back_ = false;
    std::map<std::string, std::int64_t> gifts_;
    std::set<std::string> goodbyes_;
    std::set<std::string> gone_;
    /// Deleted accounts that got credits after all, by a payment or by a person's word.
    std::set<std::string> paid_late_;
    /// Of deleted accounts: they earn no second gift.
    std::set<std::string> former_emails_;
    std::map<std::string, Wanted> orders_wanted_;
    std::map<std::string, Wanted> pictures_wanted_;
    /// When something came of a click.
    std::map<std::string, std::int64_t> made_;
    std::set<std::string> refunds_wanted_;
    std::map<std::string, Charge> grants_;
    std::set<std::pair<std::int64_t, std::string>> decisions_;
    std::set<std::string> cancels_;
    std::set<std::string> deletions_;
    std::map<std::string, OrderFacts> facts_;
    /// The lease with which each hold was made.
    std::map<std::string, std::string> first_leases_;
    /// (kind, ref) -> what the ledger has to say.
    std::map<std::pair<std::string, std::string>, Charge> due_;
};

}  // namespace imagify::sim
