#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "vnpay/case.hpp"

namespace imagify::testing {

/// A mistake that a real integration has made.
enum class Flaw {
    None,
    EitherCode,
    CodeOnly,
    UnsignedAnswer,
    ReferencePrefix,
    AmountIgnored,
    AmountAsNumber,
    TerminalIgnored,
    HashPrefix,
    LastWins,
    RawHash,
    CaseSensitive,
    ForeignHashed,
    Repeatable,
    Poisoned,
    RefundIsPayment,
};

struct NamedFlaw {
    Flaw flaw;
    /// Where it was seen and what it does.
    std::string_view name;
};

/// All but None.
std::span<const NamedFlaw> known_flaws();

/// What a shop does about a message.
enum class Deed { Refuses, Credits, AlreadyDone };

/// A second shop, made of the second reading; without a flaw it has to agree with what is true of
/// every message, and with one the corpus has to notice.
class SecondShop {
public:
    explicit SecondShop(Flaw flaw) : flaw_(flaw) {}

    void open_order(const std::string& reference, std::int64_t amount_vnd);
    /// For notices and querydr answers; `asked` is the order that an answer is the answer to.
    Deed take(const Case& message, const std::string& asked);

private:
    bool has(Flaw flaw) const { return flaw_ == flaw; }
    std::optional<second::Reading> read(const Case& message) const;
    std::optional<second::Reading> read_leniently(std::string_view query) const;
    bool signature_fits(const Case& message, const second::Reading& reading) const;
    bool says_paid(const Case& message, const second::Sorted& fields,
                   const std::string& asked) const;
    bool amount_fits(const std::string& text, std::int64_t amount_vnd) const;

    Flaw flaw_;
    std::map<std::string, std::int64_t> orders_;
    std::set<std::string> paid_;
    std::set<std::string> poisoned_;
};

}  // namespace imagify::testing
