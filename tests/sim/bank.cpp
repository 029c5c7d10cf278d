#include "sim/bank.hpp"

#include <array>

#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/signature.hpp"

namespace imagify::sim {
namespace {

using vnpay::ApiMessage;
using vnpay::Fields;
using vnpay::value_of;

struct Codes {
    std::string_view response;
    std::string_view status;
};

// A notice's codes; `variant` picks among those that mean the same.
Codes codes_of(Word word, std::uint64_t variant) {
    switch (word) {
        case Word::Paid: return {"00", "00"};
        case Word::Failed: return variant % 2 == 0 ? Codes{"24", "02"} : Codes{"51", "02"};
        case Word::Suspected: return {"07", "07"};
        case Word::Reversed: return {"00", "04"};
        case Word::Pending:
        case Word::NoSuchPayment: break;
    }
    // Pairs that say nothing, or contradict themselves.
    constexpr std::array<Codes, 3> kNothing = {{{"00", "01"}, {"00", "02"}, {"24", "00"}}};
    return kNothing[variant % kNothing.size()];
}

}  // namespace

std::string_view to_text(Word word) {
    constexpr std::array<std::string_view, 6> kNames = {"paid",     "failed",  "suspected",
                                                        "reversed", "pending", "no such payment"};
    return kNames[static_cast<std::size_t>(word)];
}

Payment* Bank::open(const std::string& pay_url) {
    const auto query = pay_url.substr(pay_url.find('?') + 1);
    const auto fields = vnpay::parse_form(query, vnpay::kFieldPrefix);
    if (!fields || !vnpay::signature_matches(kBankSecret, vnpay::canonical(*fields),
                                             value_of(*fields, vnpay::kSecureHash))) {
        env_.fail("pay address", "its signature does not match");
        return nullptr;
    }
    const std::string reference(value_of(*fields, "vnp_TxnRef"));
    const auto expires = vnpay::parse_gateway_time(value_of(*fields, "vnp_ExpireDate"));
    if (!expires || *expires <= env_.scheduler.bank_now()) return nullptr;
    auto& payment = payments_[reference];
    if (payment.reference.empty()) {
        payment = {.reference = reference,
                   .amount_vnd = vnpay::parse_amount(value_of(*fields, "vnp_Amount")).amount,
                   .create_date = std::string(value_of(*fields, "vnp_CreateDate")),
                   .expires_at = *expires};
    }
    return &payment;
}

Payment* Bank::find(const std::string& reference) {
    const auto found = payments_.find(reference);
    return found == payments_.end() ? nullptr : &found->second;
}

Message Bank::attempt(Payment& payment, Word word) {
    payment.last_transaction = next_transaction();
    if (word == Word::Paid) payment.taken.push_back(payment.last_transaction);
    // Money that was taken once is what querydr tells.
    if (payment.word != Word::Paid || word == Word::Reversed) payment.word = word;
    return {.reference = payment.reference,
            .word = word,
            .amount_vnd = payment.amount_vnd,
            .transaction = payment.last_transaction};
}

Fields Bank::notice_fields(const Message& message, Dice& dice) {
    const auto codes = codes_of(message.word, dice.next());
    return {{"vnp_Amount", vnpay::format_amount({message.amount_vnd})},
            {"vnp_BankCode", "NCB"},
            {"vnp_CardType", "ATM"},
            {"vnp_OrderInfo", "Imagify basic"},
            {"vnp_PayDate", "20260115100500"},
            {"vnp_ResponseCode", std::string(codes.response)},
            {"vnp_TmnCode", kTerminal},
            {"vnp_TransactionNo", message.transaction},
            {"vnp_TransactionStatus", std::string(codes.status)},
            {"vnp_TxnRef", message.reference}};
}

std::string Bank::signed_notice(const Message& message, Dice& dice) {
    return vnpay::signed_query(kBankSecret, notice_fields(message, dice));
}

Fields Bank::reply(const Fields& request, std::string_view code) {
    return {{"vnp_ResponseId", words("R", dice_.next())},
            {"vnp_Command", "querydr"},
            {"vnp_ResponseCode", std::string(code)},
            {"vnp_Message", "QueryDR"},
            {"vnp_TmnCode", kTerminal},
            {"vnp_TxnRef", std::string(value_of(request, "vnp_TxnRef"))}};
}

Fields Bank::describe(const Fields& request, Payment& payment) {
    auto fields = reply(request, "00");
    fields["vnp_TxnRef"] = payment.reference;
    fields["vnp_Amount"] = vnpay::format_amount({payment.amount_vnd});
    fields["vnp_BankCode"] = "NCB";
    fields["vnp_TransactionType"] = "01";
    fields["vnp_TransactionNo"] =
        payment.taken.empty() ? payment.last_transaction : payment.taken.front();
    fields["vnp_TransactionStatus"] =
        payment.word == Word::Pending ? "01" : std::string(codes_of(payment.word, 0).status);
    if (!payment.refund) return fields;
    const bool over = env_.scheduler.bank_now() >= payment.refund->over_at;
    fields["vnp_Amount"] = vnpay::format_amount({payment.refund->amount_vnd});
    fields["vnp_TransactionType"] = payment.refund->type;
    fields["vnp_TransactionStatus"] = !over ? "05" : payment.refund->refused ? "09" : "00";
    return fields;
}

std::string Bank::signed_answer(Fields fields) {
    return vnpay::to_api_body(
        with_signature(ApiMessage::QueryAnswer, std::move(fields), kBankSecret));
}

Payment* Bank::other_payment(const Payment& payment) {
    for (auto& [reference, other] : payments_) {
        if (reference != payment.reference && other.word == Word::Paid) return &other;
    }
    return nullptr;
}

// An answer that must not be believed, if there is such a fault now.
std::optional<std::string> Bank::untrue_answer(const Fields& request, Payment& payment) {
    auto paid = describe(request, payment);
    paid["vnp_TransactionStatus"] = "00";
    if (payment.taken.empty()) paid["vnp_TransactionNo"] = next_transaction();
    if (env_.faults.hits(Fault::QueryGarbage)) return "<html>502</html>";
    if (env_.faults.hits(Fault::QueryUnsigned)) return vnpay::to_api_body(paid);
    if (env_.faults.hits(Fault::QueryBadSignature)) {
        auto forged = with_signature(ApiMessage::QueryAnswer, paid, Secret("not the bank's"));
        return vnpay::to_api_body(forged);
    }
    if (env_.faults.hits(Fault::QueryOtherTerminal)) {
        paid["vnp_TmnCode"] = "OTHERTMN";
        return signed_answer(std::move(paid));
    }
    // Of a payment that was never taken: else it might be a refund that is true.
    if (payment.taken.empty() && env_.faults.hits(Fault::QueryNotAPayment)) {
        paid["vnp_TransactionType"] = "02";
        return signed_answer(std::move(paid));
    }
    if (auto* other = other_payment(payment);
        other != nullptr && env_.faults.hits(Fault::QueryOtherOrder)) {
        return signed_answer(describe(request, *other));
    }
    if (env_.faults.hits(Fault::QueryBusy)) return signed_answer(reply(request, "94"));
    return std::nullopt;
}

std::string Bank::answer(std::string_view request) {
    const auto asked = vnpay::parse_api_body(request);
    if (asked && value_of(*asked, "vnp_Command") == "refund") return answer_refund(*asked);
    if (!asked || !api_signature_matches(ApiMessage::QueryRequest, *asked, kBankSecret)) {
        env_.fail("querydr", "the request is not signed as it should be");
        return "";
    }
    const std::string reference(value_of(*asked, "vnp_TxnRef"));
    auto* payment = find(reference);
    Payment nobody{.reference = reference};
    const bool known = payment != nullptr && payment->word != Word::NoSuchPayment &&
                       value_of(*asked, "vnp_TransactionDate") == payment->create_date;
    if (payment != nullptr && !known && payment->word != Word::NoSuchPayment) {
        env_.fail("querydr", "it does not repeat the order's vnp_CreateDate");
    }
    if (payment == nullptr) payment = &nobody;
    if (auto untrue = untrue_answer(*asked, *payment)) return *untrue;
    if (known && !payment->silent && !payment->refund && env_.faults.hits(Fault::QueryStale)) {
        payment->stale = true;
        told_({.reference = reference, .word = Word::NoSuchPayment});
        return signed_answer(reply(*asked, "91"));
    }
    if (!known) {
        told_({.reference = reference, .word = Word::NoSuchPayment});
        return signed_answer(reply(*asked, "91"));
    }
    auto fields = describe(*asked, *payment);
    if (payment->refund) return signed_answer(std::move(fields));
    auto amount = payment->amount_vnd;
    if (env_.faults.hits(Fault::QueryWrongAmount)) {
        fields["vnp_Amount"] = vnpay::format_amount({++amount});
    }
    told_({.reference = reference,
           .word = payment->word,
           .amount_vnd = amount,
           .transaction = fields["vnp_TransactionNo"]});
    return signed_answer(std::move(fields));
}

}  // namespace imagify::sim
