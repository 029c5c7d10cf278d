#include "sim/catalogue.hpp"

#include <array>

#include "sim/env.hpp"

namespace imagify::sim {
namespace {

constexpr auto kFailpoints = std::to_array<std::string_view>({
    "blob.renamed",
    "blob.synced",
    "dynamodb.after_transaction",
    "dynamodb.before_transaction",
    "dynamodb.deletion_booking",
    "dynamodb.deletion_step",
    "generate.after_hold",
    "paint.before_capture",
    "paint.before_publish",
    "refund.after_hold",
    "refund.after_send",
    "sqlite.after_commit",
    "sqlite.before_commit",
    "sqlite.committing",
});

// As the model counts them, and as the world names what it does.
constexpr auto kReached = std::to_array<std::string_view>({
    "order: new -> pending",
    "order: pending -> paid",
    "order: pending -> failed",
    "order: pending -> expired",
    "order: pending -> review",
    "order: failed -> paid",
    "order: failed -> review",
    "order: expired -> paid",
    "order: expired -> failed",
    "order: expired -> review",
    "order: review -> paid",
    "order: review -> failed",
    "order: paid -> refunding",
    "order: refunding -> paid",
    "order: refunding -> refunded",
    "refund: new -> open",
    "refund: open -> done",
    "refund: open -> rejected",
    "refund request: 00",
    "refund request: 94",
    "refund request: 95",
    "refund refused: refund.not_paid",
    "refund refused: refund.credits_spent",
    "review: approve",
    "review: reject",
    "review: dismiss",
    "review refused: review.needs_decision",
    "granted",
    "grant: ledger.repeated",
    "picture: new -> pending",
    "picture: pending -> ready",
    "picture: pending -> failed",
    "picture: pending -> cancelled",
    "picture: deleted",
    "picture: purged",
    "picture rolled forward",
    "picture fails: painter.interrupted",
    "picture fails: painter.timeout",
    "picture fails: painter.unavailable",
    "picture fails: painter.rate_limited",
    "picture fails: prompt.refused",
    "picture fails: server.overloaded",
    "blob lost by a crash",
    "clock jumps back",
    "clock jumps forward",
    "customer pays",
    "customer cancels",
    "customer goes away",
    "customer pays late",
    "customer changes the card",
    "customer pays twice",
    "customer is suspected, then cleared",
    "customer pays, stale failure follows",
    "customer is suspected, then refused",
    "customer pays, is reversed",
    "forgery: unsigned",
    "forgery: signed by another",
    "forgery: altered amount",
    "forgery: other terminal",
    "forgery: doubled field",
    "forgery: shortened signature",
    "forgery: altered reference",
    "odd notice: another amount",
    "odd notice: failed, another amount",
    "odd notice: contradicts itself",
    "odd notice: unknown order",
    "odd notice: another order's transaction",
    "odd notice: wrongly suspected",
    "double click",
    "two tabs",
    "same key, other body",
    "mismatch refused",
    "order retried",
    "order replayed",
    "picture retried",
    "picture replayed",
    "return reloaded",
    "e-mail taken",
    "account: deleted",
    "account: deleted with holds",
    "account: new, the address had one",
    "deletion refused: account.payment_open",
    "foreign capture",
    "deed: kill",
    "deed: stranger",
    "deed: forge a return",
    "picture refused: credits.insufficient",
    "picture refused: idempotency.in_flight",
});

}  // namespace

std::span<const std::string_view> failpoints() { return kFailpoints; }

std::vector<std::string> worth_reaching(StoreKind store) {
    const std::string_view other = store == StoreKind::Sqlite ? "dynamodb" : "sqlite.";
    const std::string_view other_fault = store == StoreKind::Sqlite ? "dynamodb:" : "store";
    std::vector<std::string> names;
    for (const auto name : kFailpoints) {
        if (name.starts_with(other)) continue;
        names.push_back(words("failpoint ", name));
        names.push_back(words("crash at ", name));
    }
    for (const auto name : kFaultNames) {
        if (!name.starts_with(other_fault)) names.emplace_back(name);
    }
    names.insert(names.end(), kReached.begin(), kReached.end());
    return names;
}

}  // namespace imagify::sim
