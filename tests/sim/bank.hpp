#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/vnpay/form.hpp"
#include "base/secret.hpp"
#include "sim/env.hpp"

namespace imagify::sim {

inline const Secret kBankSecret{"TESTONLYINVENTEDSECRETKEY0000001"};
inline constexpr const char* kTerminal = "TESTTMN1";

/// What a genuine message of the bank means.
enum class Word : std::uint8_t { Paid, Failed, Suspected, Reversed, Pending, NoSuchPayment };
std::string_view to_text(Word word);

/// A genuine message of the bank, as the truth about it.
struct Message {
    std::string reference;
    Word word = Word::Pending;
    std::int64_t amount_vnd = 0;
    std::string transaction{};
};

/// Money on its way back.
struct BankRefund {
    std::int64_t amount_vnd = 0;
    std::string type{};
    TimePoint over_at{};
    /// The customer's bank will not take it: no money moves.
    bool refused = false;
};

/// The bank's own record of a payment: the truth for I5.
struct Payment {
    std::string reference;
    std::int64_t amount_vnd = 0;
    std::string create_date{};
    TimePoint expires_at{};
    Word word = Word::NoSuchPayment;
    /// Every payment that took money.
    std::vector<std::string> taken{};
    std::string last_transaction{};
    /// A stale replica spoke about it: then the notice is repeated until it is taken.
    bool stale = false;
    /// No notice will ever arrive.
    bool silent = false;
    std::optional<BankRefund> refund{};
};

/// VNPAY: takes payments on addresses that it verifies, and answers querydr.
class Bank {
public:
    using Listener = std::function<void(const Message&)>;
    Bank(Env& env, Listener told) : env_(env), told_(std::move(told)), dice_(env.seed, "bank") {}

    /// The page of a pay address; nothing when it is not genuine or too late.
    Payment* open(const std::string& pay_url);
    Payment* find(const std::string& reference);
    const std::map<std::string, Payment>& payments() const { return payments_; }

    /// What an attempt leads to; a new transaction number when money or a card is involved.
    Message attempt(Payment& payment, Word word);

    /// The query of a notice, or of the browser's return.
    static std::string signed_notice(const Message& message, Dice& dice);
    static vnpay::Fields notice_fields(const Message& message, Dice& dice);

    /// Money went back, or will: `amount_vnd` of it.
    std::optional<std::int64_t> given_back(const std::string& reference) const;
    /// It has arrived.
    bool refund_arrived(const std::string& reference) const;

    /// The answer to a querydr or refund request.
    std::string answer(std::string_view request);

private:
    std::string answer_refund(const vnpay::Fields& request);
    std::string refund_verdict(const vnpay::Fields& request);
    vnpay::Fields describe(const vnpay::Fields& request, Payment& payment);
    vnpay::Fields reply(const vnpay::Fields& request, std::string_view code);
    std::string signed_answer(vnpay::Fields fields);
    std::optional<std::string> untrue_answer(const vnpay::Fields& request, Payment& payment);
    Payment* other_payment(const Payment& payment);
    std::string next_transaction() { return std::to_string(14'000'000 + ++last_number_); }

    Env& env_;
    Listener told_;
    Dice dice_;
    std::map<std::string, Payment> payments_;
    std::uint64_t last_number_ = 0;
    std::map<std::string, bool> refund_requests_;
};

}  // namespace imagify::sim
