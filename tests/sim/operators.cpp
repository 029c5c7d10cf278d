#include "sim/world.hpp"

namespace imagify::sim {
namespace {

OperatorAct act_of(std::string note) {
    return {.actor = "u_operator", .note = std::move(note), .now = {}};
}

}  // namespace

void World::refund(Dice dice) {
    std::vector<std::string> ids;
    for (const auto& [id, row] : model_.books().orders) {
        if (row.status == "paid" || dice.permille(50)) ids.push_back(id);
    }
    if (ids.empty() || !alive()) return;
    const auto id = ids[dice.below(ids.size())];
    std::optional<Credits> part;
    if (dice.permille(300)) part = Credits{1};
    model_.wants_refund(id);
    call<Result<Refund>>(
        process_->tend_refunds().refund(OrderId(id), part, act_of("asked for it")),
        [this, id](const Result<Refund>& reply, bool excused) {
            const auto& rows = model_.books().refunds;
            if (reply) {
                return env_.expect(rows.contains(reply->id.text()), "I8 the reply is true",
                                   words("refund of ", id));
            }
            env_.coverage.count(words("refund refused: ", reply.error().code));
            if (reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "refund");
            }
        },
        [] {});
}

// A person looks at the bank's own pages, and so decides by the truth.
void World::settle_review(Dice dice) {
    std::vector<std::int64_t> ids;
    for (const auto& [id, row] : model_.books().reviews) {
        if (row.resolution.empty() || dice.permille(200)) ids.push_back(id);
    }
    if (ids.empty() || !alive()) return;
    const auto id = ids[dice.below(ids.size())];
    const auto& row = model_.books().reviews.at(id);
    const auto* payment = bank_.find(row.order);
    const std::size_t needed = row.reason == "paid_twice" ? 2 : 1;
    const bool took = payment != nullptr && payment->word == Word::Paid &&
                      payment->taken.size() >= needed && !payment->refund;
    auto action = took ? ReviewAction::Approve : ReviewAction::Reject;
    if (dice.permille(200)) action = ReviewAction::Dismiss;
    model_.decides(id, std::string(to_text(action)));
    ++asked_[words("case ", id)];
    call<Result<SettledReview>>(
        process_->settle_review().run({.id = id, .action = action, .act = act_of("looked at it")}),
        [this, id](const Result<SettledReview>& reply, bool excused) {
            if (reply) {
                return env_.expect(!model_.books().reviews.at(id).resolution.empty(),
                                   "I8 the reply is true", words("review ", id));
            }
            env_.coverage.count(words("review refused: ", reply.error().code));
            const auto name = words("case ", id);
            env_.expect(asked_[name] > 1 || reply.error().code != "review.settled",
                        "I8 the reply is true", words(name, " was never settled before"));
            if (reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "review");
            }
        },
        [] {});
}

void World::grant(Dice dice) {
    auto* user = any_user(dice);
    if (user == nullptr) return;
    // Sometimes the same one again: a ref grants once.
    if (last_grant_ == 0 || dice.permille(400)) ++last_grant_;
    const auto ref = words("grant ", last_grant_, " of ", user->id.text());
    const Credits credits{2};
    ++asked_[ref];
    model_.wants_grant(ref, user->id.text(), credits.count);
    call<Result<LedgerEntry>>(
        process_->grant_credits().run(user->id, credits, ref, act_of("sorry for the wait")),
        [this, ref](const Result<LedgerEntry>& reply, bool excused) {
            env_.coverage.count(reply ? "granted" : words("grant: ", reply.error().code));
            env_.expect(reply || asked_[ref] > 1 || reply.error().code != "ledger.repeated",
                        "I8 the reply is true", words(ref, " was never made before"));
            if (!reply && reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "grant");
            }
        },
        [] {});
}

}  // namespace imagify::sim
