#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace imagify {

inline constexpr std::size_t kNoteMinCodePoints = 3;
inline constexpr std::size_t kNoteMaxCodePoints = 500;

/// Who did something by hand, and why. Goes to the audit log in the transaction of what it did.
struct OperatorAct {
    /// The operator's user id, or "command" for the command line.
    std::string actor;
    std::string note;
    TimePoint now{};
};

/// One line of the audit log; never changed.
struct AuditEntry {
    std::int64_t id = 0;
    std::string actor;
    /// "grant", "make-admin", "refund", "close-refund", "settle-review".
    std::string action;
    /// The account, order or case.
    std::string subject;
    /// What exactly, e.g. "+20 credits".
    std::string detail{};
    std::string note;
    TimePoint created_at{};
};

/// Nothing when the note may be used, else "required", "too_short", "too_long" or "invalid".
std::optional<std::string> note_problem(std::string_view note);

}  // namespace imagify
