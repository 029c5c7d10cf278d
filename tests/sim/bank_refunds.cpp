#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/codes.hpp"
#include "sim/bank.hpp"

namespace imagify::sim {

using vnpay::ApiMessage;
using vnpay::Fields;
using vnpay::value_of;

std::optional<std::int64_t> Bank::given_back(const std::string& reference) const {
    const auto found = payments_.find(reference);
    if (found == payments_.end() || !found->second.refund || found->second.refund->refused) {
        return std::nullopt;
    }
    return found->second.refund->amount_vnd;
}

bool Bank::refund_arrived(const std::string& reference) const {
    return given_back(reference) &&
           payments_.at(reference).refund->over_at <= env_.scheduler.bank_now();
}

std::string Bank::answer_refund(const Fields& request) {
    if (!api_signature_matches(ApiMessage::RefundRequest, request, kBankSecret)) {
        env_.fail("refund", "the request is not signed as it should be");
        return "";
    }
    if (env_.faults.hits(Fault::QueryGarbage)) return "<html>502</html>";
    auto fields = reply(request, "");
    fields["vnp_Command"] = "refund";
    fields["vnp_ResponseCode"] = refund_verdict(request);
    env_.coverage.count(words("refund request: ", fields["vnp_ResponseCode"]));
    const bool forged = env_.faults.hits(Fault::QueryBadSignature);
    return vnpay::to_api_body(with_signature(ApiMessage::RefundAnswer, std::move(fields),
                                             forged ? Secret("not the bank's") : kBankSecret));
}

// The code of the answer; 00 is a promise that the money goes.
std::string Bank::refund_verdict(const Fields& request) {
    const auto id = std::string(value_of(request, "vnp_RequestId"));
    if (!refund_requests_.try_emplace(id, true).second) return "94";
    auto* payment = find(std::string(value_of(request, "vnp_TxnRef")));
    if (payment == nullptr || payment->taken.empty()) return "91";
    if (payment->refund && !payment->refund->refused) {
        env_.fail("I5 money goes back once", payment->reference);
        return "95";
    }
    const auto amount = vnpay::parse_amount(value_of(request, "vnp_Amount")).amount;
    if (amount < 1 || amount > payment->amount_vnd) return "93";
    if (dice_.permille(150)) return "95";
    payment->refund = BankRefund{
        .amount_vnd = amount,
        .type = std::string(value_of(request, "vnp_TransactionType")),
        .over_at = env_.scheduler.bank_now() + std::chrono::seconds(dice_.between(0, 3'600)),
        .refused = dice_.permille(200)};
    return "00";
}

}  // namespace imagify::sim
