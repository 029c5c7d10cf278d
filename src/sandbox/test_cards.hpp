#pragma once

#include <span>
#include <string_view>

namespace imagify::sandbox {

/// What the simulator does with the notice (IPN) of a payment.
enum class NoticeFate { Sent, Lost, Late };

/// One choice on the pay page: a test card of VNPAY's sandbox, or a situation.
struct TestCard {
    /// Value of the form field `card`.
    std::string_view id;
    std::string_view name_vi;
    std::string_view name_en;
    /// Card number as VNPAY publishes it; empty for a situation.
    std::string_view number{};
    std::string_view bank_code;
    std::string_view card_type;
    std::string_view response_code;
    std::string_view transaction_status;
    std::string_view outcome_vi;
    std::string_view outcome_en;
    NoticeFate notice = NoticeFate::Sent;

    /// VNPAY numbers payments that reached a bank; the others have transaction 0.
    bool moves_money() const { return response_code == "00" || response_code == "07"; }
};

/// The cards first (they have a number), then the situations.
std::span<const TestCard> test_cards();

/// The card of that id, or null. Lives for ever.
const TestCard* find_card(std::string_view id);

/// What happens when the customer gives up, and when the time ran out. Not on the list.
const TestCard& cancelled_payment();
const TestCard& timed_out_payment();

}  // namespace imagify::sandbox
