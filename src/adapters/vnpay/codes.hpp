#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/money.hpp"
#include "domain/order.hpp"
#include "ports/payment_gateway.hpp"

namespace imagify::vnpay {

/// What a pair of VNPAY codes means to us.
struct Verdict {
    PaymentState state = PaymentState::Pending;
    PaymentFailure failure = PaymentFailure::None;

    bool operator==(const Verdict&) const = default;
};

/// The meaning of vnp_ResponseCode and vnp_TransactionStatus of a notice, the only place where
/// VNPAY's codes become ours:
/// - 00 and 00: Paid; nothing else ever is.
/// - either is 07: Review, SuspectedFraud (the money is taken but held: no credits).
/// - status 04 (customer debited, reversed at VNPAY), 05 and 06 (being refunded): Review, Reversed.
///   Status 09 (refund refused), 10 and 20 (delivered, settled): Review, Other. In all of these
///   money moved although no 00/00 came, so a person decides.
/// - a failed status (02, 08, 11) with a failed or no response code: Failed, with the reason.
/// - all else is no verdict and stays Pending, so that querydr decides: status 01, pairs that
///   contradict each other (00/02, 24/00), a missing or unknown status.
Verdict normalize(std::string_view response_code, std::string_view transaction_status);

/// The same for a querydr answer, where only the status speaks of the payment.
Verdict normalize_status(std::string_view transaction_status);

/// vnp_Amount (VND x 100, 1 to 12 digits without leading zero) as money. Anything else, also a
/// fraction of a dong, is Vnd{0}: no order has that amount, so it can never match one.
Vnd parse_amount(std::string_view text);

/// vnp_Amount of an amount.
std::string format_amount(Vnd amount);

/// vnp_TransactionNo, or empty for `0`, which VNPAY sends when there is no transaction.
std::string parse_transaction_number(std::string_view text);

/// RspCode and Message of the answer to a notice.
GatewayReply notice_reply(NoticeOutcome outcome);

}  // namespace imagify::vnpay
