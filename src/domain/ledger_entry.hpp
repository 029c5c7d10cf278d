#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/money.hpp"

namespace imagify {

/// Why credits moved. Each (kind, ref) exists at most once and is never changed.
enum class LedgerKind { Grant, Purchase, Capture, Refund, Adjust };

/// "grant", "purchase", "capture", "refund", "adjust", as stored and sent.
std::string_view to_text(LedgerKind kind);
/// Unknown text is Adjust: the store has a CHECK, so it cannot be read back.
LedgerKind parse_ledger_kind(std::string_view text);

/// One movement of credits: the truth from which every balance follows.
struct LedgerEntry {
    std::int64_t id = 0;
    UserId user_id;
    LedgerKind kind = LedgerKind::Grant;
    /// What caused it: an order id, a generation id, a user id for the sign-up gift.
    std::string ref;
    /// Positive for grants and purchases, negative for captures and refunds.
    Credits delta;
    /// credits + held of the account after this entry.
    Credits balance_after;
    std::string note{};
    TimePoint created_at{};
};

}  // namespace imagify
