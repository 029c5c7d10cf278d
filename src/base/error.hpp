#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace imagify {

/// What went wrong, in the terms a caller can act on. Retry is decided by kind, never by text.
enum class ErrorKind {
    Malformed,            ///< The request cannot be parsed at all.
    Invalid,              ///< It parses, but a value breaks a rule.
    Unauthenticated,      ///< Nobody is logged in, or the credentials are wrong.
    Forbidden,            ///< Logged in, but not allowed.
    NotFound,             ///< Absent, or another person's: the two look the same.
    Conflict,             ///< The state does not allow it.
    InsufficientCredits,  ///< Fewer spendable credits than the price.
    TooLarge,             ///< Over a size limit.
    UnsupportedType,      ///< A content type that is not taken.
    MethodNotAllowed,     ///< The path exists, the method does not.
    Refused,              ///< The painter refuses the content.
    RateLimited,          ///< Too many; `retry_after` says when to come back.
    NoUpstreamCredit,     ///< Our own account at a supplier is empty or its key is refused.
    BadUpstream,          ///< A supplier answered nonsense.
    Timeout,              ///< A deadline passed.
    Unavailable,          ///< Nothing changed; a retry is safe.
    Unknown,              ///< The outcome is unknown: look it up before any retry.
    Internal,             ///< Our own bug.
};

/// One rejected field: its public name and a stable code.
struct FieldError {
    std::string field;
    std::string code;
};

/// An expected failure as a value.
struct Error {
    ErrorKind kind;
    /// Stable and public, e.g. "credits.insufficient".
    std::string code;
    /// For logs only; never shown to a client.
    std::string detail{};
    std::optional<std::chrono::seconds> retry_after{};
    std::vector<FieldError> fields{};
};

}  // namespace imagify
