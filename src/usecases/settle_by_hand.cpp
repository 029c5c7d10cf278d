#include "usecases/settle_by_hand.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

Error invalid() { return {.kind = ErrorKind::Invalid, .code = "validation.failed"}; }

}  // namespace

Task<Result<LedgerEntry>> GrantCredits::run(UserId user, Credits credits, std::string ref,
                                            OperatorAct act) const {
    auto error = invalid();
    if (const auto problem = note_problem(act.note)) error.fields.push_back({"note", *problem});
    if (credits.count < 1 || credits > kMaxGrant) {
        error.fields.push_back({"credits", "out_of_range"});
    }
    if (!error.fields.empty()) co_return std::unexpected(std::move(error));
    act.now = clock_.now();
    auto entry = co_await ledger_.add_entry({.user_id = user,
                                             .kind = LedgerKind::Grant,
                                             .ref = std::move(ref),
                                             .delta = credits,
                                             .act = std::move(act)});
    if (entry) {
        log_event(LogLevel::Info, "credits.granted",
                  {{"userId", user.text()}, {"credits", credits.count}});
        events_.publish(user, {});
    }
    co_return entry;
}

Task<Result<SettledReview>> SettleReview::run(ReviewSettlement settlement) const {
    if (const auto problem = note_problem(settlement.act.note)) {
        auto error = invalid();
        error.fields.push_back({"note", *problem});
        co_return std::unexpected(std::move(error));
    }
    settlement.act.now = clock_.now();
    auto settled = co_await reviews_.settle_review(std::move(settlement));
    if (settled) {
        log_event(LogLevel::Info, "review.closed",
                  {{"orderId", settled->order.id.text()},
                   {"action", to_text(*settled->item.resolution)}});
        events_.publish(settled->order.user_id, {});
    }
    co_return settled;
}

}  // namespace imagify
