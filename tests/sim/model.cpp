#include "sim/model.hpp"

#include <algorithm>

#include "ports/idempotency.hpp"
#include "usecases/reconcile_orders.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t ms(std::chrono::milliseconds duration) { return duration.count(); }

}  // namespace

void Model::wants_order(const std::string& click, const std::string& address,
                        const OrderRow& terms) {
    orders_wanted_.try_emplace(address, Wanted{.click = click, .terms = terms});
}

void Model::wants_picture(const std::string& click, const std::string& prompt,
                          const std::string& user) {
    pictures_wanted_.try_emplace(prompt, Wanted{.click = click, .terms = {.user = user}});
}

void Model::told(const Message& message) {
    auto& facts = facts_[message.reference];
    const auto order = books_.orders.find(message.reference);
    if (message.word == Word::NoSuchPayment) {
        facts.unknown_there = true;
    } else if (order != books_.orders.end() && order->second.amount_vnd != message.amount_vnd) {
        facts.odd = true;
    } else if (message.word == Word::Paid) {
        facts.proofs.insert(message.transaction);
    } else if (message.word == Word::Failed) {
        facts.failed = true;
    } else if (message.word != Word::Pending) {
        facts.odd = true;
    }
}

void Model::time_passes() {
    const auto now_ms = to_unix_ms(env_.scheduler.now());
    clock_went_back_ = clock_went_back_ || now_ms < latest_wall_ms_;
    latest_wall_ms_ = std::max(latest_wall_ms_, now_ms);
}

void Model::observe(Books now) {
    time_passes();
    check_users(now);
    check_back_office(now);
    check_orders(now);
    check_generations(now);
    if (habits_.deletes_in_steps) expect_farewell(now);
    check_balances(now);
    check_ledger(now);
    books_ = std::move(now);
}

void Model::check_users(const Books& now) {
    std::set<std::string> emails;
    for (const auto& [id, row] : now.users) {
        env_.expect(emails.insert(row.email).second, "I12 e-mail unique", row.email);
        const auto before = books_.users.find(id);
        if (before == books_.users.end()) {
            check_new_user(id, row);
        } else if (row.deleted && !before->second.deleted) {
            check_goodbye(id, before->second, now);
        } else {
            env_.expect(row.email == before->second.email && row.deleted == before->second.deleted,
                        "account frozen", id);
        }
    }
    for (const auto& [id, row] : books_.users) {
        env_.expect(now.users.contains(id), "I8 nothing is forgotten", words("account ", id));
    }
}

void Model::check_new_user(const std::string& id, const UserRow& row) {
    const auto gift = gifts_.find(row.email);
    if (gift == gifts_.end()) {
        return env_.fail("I11 nobody asked for it", words("account ", row.email));
    }
    const bool again = former_emails_.contains(row.email);
    if (again) env_.coverage.count("account: new, the address had one");
    if (gift->second > 0 && !again) {
        due_.try_emplace({"grant", id}, Charge{.user = id, .delta = gift->second});
    }
}

// Whoever leaves takes nothing along, and nothing that was paid for is undecided.
void Model::check_goodbye(const std::string& id, const UserRow& before, const Books& now) {
    env_.coverage.count("account: deleted");
    env_.say(words("  account: deleted ", id));
    const auto& after = now.users.at(id);
    env_.expect(goodbyes_.contains(id), "I11 nobody acts for another", words(id, " was deleted"));
    const bool empty = after.credits == 0 && after.held == 0;
    env_.expect((empty || habits_.deletes_in_steps) && after.email != before.email,
                "a deleted account keeps nothing", id);
    for (const auto& [order, row] : now.orders) {
        env_.expect(row.user != id || row.status == "paid" || row.status == "failed" ||
                        row.status == "expired" || row.status == "refunded",
                    "a deleted account has no open payment", words(order, " is ", row.status));
    }
    gone_.insert(id);
    former_emails_.insert(before.email);
    if (before.held > 0) env_.coverage.count("account: deleted with holds");
    const auto left = before.credits + before.held;
    if (habits_.deletes_in_steps) return;
    if (left > 0) due_.try_emplace({"adjust", "deleted:" + id}, Charge{.user = id, .delta = -left});
}

// At most one thing comes of a click, while its key is kept.
bool Model::made_once(const std::string& click) {
    const auto [made, first] = made_.try_emplace(click, latest_wall_ms_);
    const auto before = std::exchange(made->second, latest_wall_ms_);
    return first || latest_wall_ms_ - before >= ms(kIdempotencyKept);
}

void Model::check_orders(const Books& now) {
    for (const auto& [id, row] : now.orders) {
        const auto before = books_.orders.find(id);
        if (before == books_.orders.end()) {
            check_new_order(id, row);
        } else {
            check_order_edge(id, before->second, row);
        }
    }
    for (const auto& [id, row] : books_.orders) {
        env_.expect(now.orders.contains(id), "I8 nothing is forgotten", words("order ", id));
    }
}

void Model::check_new_order(const std::string& id, const OrderRow& row) {
    env_.coverage.count("order: new -> pending");
    env_.say(words("  order: new ", id));
    const auto wanted = orders_wanted_.find(row.client_address);
    if (wanted == orders_wanted_.end()) {
        return env_.fail("I11 nobody asked for it", words("order ", id));
    }
    const auto& terms = wanted->second.terms;
    env_.expect(row.status == "pending", "order edge", words("a new order is ", row.status));
    env_.expect(row.user == terms.user && !gone_.contains(row.user), "I11 nobody acts for another",
                words("order ", id));
    env_.expect(row.credits == terms.credits && row.amount_vnd == terms.amount_vnd,
                "price of the plan", words("order ", id));
    env_.expect(made_once(wanted->second.click), "I9 same key, same resource", words("order ", id));
}

void Model::check_order_edge(const std::string& id, const OrderRow& before, const OrderRow& after) {
    env_.expect(after.user == before.user && after.credits == before.credits &&
                    after.amount_vnd == before.amount_vnd,
                "order frozen", id);
    auto& facts = facts_[id];
    if (after.status != before.status) {
        const auto edge = words("order: ", before.status, " -> ", after.status);
        env_.coverage.count(edge);
        env_.say(words("  ", edge, " ", after.failure, " ", id));
        env_.expect(edge_allowed(id, before, after), "order edge", words(edge, " of ", id));
        if (after.status == "paid" && before.status != "refunding") {
            due_.try_emplace({"purchase", id}, Charge{.user = after.user, .delta = after.credits});
            if (gone_.contains(after.user)) paid_late_.insert(after.user);
            const bool told = after.reviews_waiting > 0 || decided(id, "approve");
            env_.expect(told || !gone_.contains(after.user),
                        "money for a deleted account is put before a person", id);
        }
    } else if (after.status == "paid") {
        // A person approved it before its proof came.
        const bool named = before.transaction.empty() && facts.proofs.contains(after.transaction);
        env_.expect(after.transaction == before.transaction || named, "order frozen",
                    words(id, " has another payment"));
    }
    facts.fraud = after.status == "review" && (facts.fraud || after.failure == "suspected_fraud");
}

bool Model::pays_another(const std::string& id, const std::string& transaction) const {
    return std::ranges::any_of(books_.orders, [&](const auto& order) {
        return order.first != id && order.second.transaction == transaction;
    });
}

bool Model::edge_allowed(const std::string& id, const OrderRow& before, const OrderRow& after) {
    const auto& facts = facts_[id];
    const auto from = [&](std::initializer_list<std::string_view> states) {
        return std::ranges::find(states, before.status) != states.end();
    };
    if (after.status == "refunding" || after.status == "refunded") {
        return from({after.status == "refunding" ? "paid" : "refunding"});
    }
    if (after.status == "paid" && from({"refunding"})) return true;
    const bool is_free = after.transaction.empty() || !pays_another(id, after.transaction);
    if (after.status == "paid" && decided(id, "approve") && is_free) return true;
    if (after.status == "failed" && decided(id, "reject") && from({"review"})) return true;
    if (after.status == "paid") {
        return facts.proofs.contains(after.transaction) && !pays_another(id, after.transaction) &&
               from({"pending", "failed", "expired", "review"});
    }
    if (after.status == "failed") {
        return facts.failed && from({"pending", "expired", "review"}) && !facts.fraud;
    }
    if (after.status == "expired") {
        return facts.unknown_there && from({"pending"}) &&
               latest_wall_ms_ >= before.expires_ms + ms(kExpiryGrace);
    }
    const bool reused = std::ranges::any_of(
        facts.proofs, [&](const auto& proof) { return pays_another(id, proof); });
    const bool unsettled = before.checks >= static_cast<std::int64_t>(kReconcileSchedule.size());
    return after.status == "review" && from({"pending", "failed", "expired"}) &&
           (facts.odd || reused || unsettled);
}

// Where a deletion goes in steps, what is left is booked out when nothing is held any more.
void Model::expect_farewell(const Books& now) {
    for (const auto& id : gone_) {
        const auto ref = "deleted:" + id;
        const bool booked = std::ranges::any_of(now.ledger, [&](const LedgerRow& entry) {
            return entry.kind == "adjust" && entry.ref == ref;
        });
        if (!booked || due_.contains({"adjust", ref})) continue;
        std::int64_t left = 0;
        for (const auto& [name, charge] : due_) left += charge.user == id ? charge.delta : 0;
        env_.expect(now.users.at(id).held == 0 && left > 0, "a deleted account is booked out once",
                    id);
        due_.try_emplace({"adjust", ref}, Charge{.user = id, .delta = -left});
    }
}

void Model::check_balances(const Books& now) {
    struct Sums {
        std::int64_t total = 0;
        std::int64_t held = 0;
    };
    std::map<std::string, Sums> expected;
    for (const auto& [name, charge] : due_) expected[charge.user].total += charge.delta;
    for (const auto& [id, row] : now.generations) {
        if (row.state == "pending") expected[row.user].held += row.price;
    }
    for (const auto& [id, row] : now.refunds) {
        if (row.state == "open") expected[row.user].held += row.credits;
    }
    for (const auto& [id, row] : now.users) {
        const auto& sums = expected[id];
        env_.expect(row.credits >= 0 && row.held >= 0, "I2 nothing negative", id);
        env_.expect(row.held == sums.held, "I2 held = open holds",
                    words(id, " holds ", row.held, ", open are ", sums.held));
        env_.expect(row.credits + row.held == sums.total, "I1 credits + held = what happened",
                    words(id, " has ", row.credits, " + ", row.held, ", due are ", sums.total));
    }
}

void Model::check_ledger(const Books& now) {
    const auto kept = std::min(books_.ledger.size(), now.ledger.size());
    env_.expect(kept == books_.ledger.size() &&
                    std::equal(books_.ledger.begin(), books_.ledger.end(), now.ledger.begin()),
                "I3 the ledger never changes", "an entry changed or is gone");
    std::map<std::string, std::int64_t> running;
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& entry : now.ledger) {
        const auto name = words(entry.kind, ":", entry.ref);
        env_.expect(seen.emplace(entry.kind, entry.ref).second, "I3 each reference once", name);
        const auto due = due_.find({entry.kind, entry.ref});
        env_.expect(
            due != due_.end() && due->second.user == entry.user && due->second.delta == entry.delta,
            "I4/I6 entries for what happened", name);
        running[entry.user] += entry.delta;
        env_.expect(entry.balance_after == running[entry.user], "I3 running balance", name);
    }
    env_.expect(seen.size() == due_.size(), "I4/I6 what happened has its entry",
                words(seen.size(), " entries, ", due_.size(), " are due"));
}

void Model::heard(const Message& message, NoticeOutcome outcome, bool excused) {
    env_.coverage.count(words("reply ", static_cast<int>(outcome)));
    if (outcome == NoticeOutcome::Failure && excused) return;
    const auto order = books_.orders.find(message.reference);
    const auto what = words(to_text(message.word), " notice of ", message.reference, ": outcome ",
                            static_cast<int>(outcome));
    const auto expect = [&](bool truth) { env_.expect(truth, "I8 the reply is true", what); };
    if (order == books_.orders.end()) return expect(outcome == NoticeOutcome::UnknownOrder);
    const auto& row = order->second;
    if (row.amount_vnd != message.amount_vnd) {
        expect(outcome == NoticeOutcome::AmountMismatch);
        return expect(row.status != "pending" || !row.reviews.empty() ||
                      message.word == Word::Pending);
    }
    if (message.word == Word::Pending) return expect(outcome == NoticeOutcome::Recorded);
    const bool was_paid = row.status == "paid" || row.status.starts_with("refund");
    if (message.word == Word::Paid && !was_paid) {
        return expect(outcome == NoticeOutcome::AmountMismatch &&
                      pays_another(message.reference, message.transaction));
    }
    expect(outcome == NoticeOutcome::Recorded || outcome == NoticeOutcome::AlreadyRecorded);
    expect(row.status != "pending");
    if (message.word != Word::Paid) return;
    auto& facts = facts_[message.reference];
    if (outcome == NoticeOutcome::Recorded) expect(++facts.first_acknowledged == 1);
    if (row.transaction != message.transaction) {
        env_.expect(std::ranges::count(row.reviews, "paid_twice") > 0,
                    "a second payment is put before a person", what);
    }
}

}  // namespace imagify::sim
