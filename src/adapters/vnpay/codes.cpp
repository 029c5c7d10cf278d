#include "adapters/vnpay/codes.hpp"

#include "base/mutant.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace imagify::vnpay {
namespace {

constexpr std::string_view kSuccess = "00";
constexpr std::string_view kFraud = "07";
constexpr std::size_t kMaxAmountDigits = 12;

struct Row {
    std::string_view code;
    Verdict verdict;
};

/// vnp_TransactionStatus. Absent codes mean nothing to us.
constexpr auto kStatuses = std::to_array<Row>({
    {kSuccess, {PaymentState::Paid, PaymentFailure::None}},
    {"01", {PaymentState::Pending, PaymentFailure::None}},
    {"02", {PaymentState::Failed, PaymentFailure::Other}},
    {"04", {PaymentState::Review, PaymentFailure::Reversed}},
    {"05", {PaymentState::Review, PaymentFailure::Reversed}},
    {"06", {PaymentState::Review, PaymentFailure::Reversed}},
    {kFraud, {PaymentState::Review, PaymentFailure::SuspectedFraud}},
    {"08", {PaymentState::Failed, PaymentFailure::Timeout}},
    {"09", {PaymentState::Review, PaymentFailure::Other}},
    {"10", {PaymentState::Review, PaymentFailure::Other}},
    {"11", {PaymentState::Failed, PaymentFailure::Cancelled}},
    {"20", {PaymentState::Review, PaymentFailure::Other}},
});

struct Reason {
    std::string_view code;
    PaymentFailure failure;
};

/// vnp_ResponseCode of a payment that failed. Absent codes (99 and new ones) are Other.
constexpr auto kReasons = std::to_array<Reason>({
    {"09", PaymentFailure::NotRegistered},
    {"10", PaymentFailure::TooManyAttempts},
    {"11", PaymentFailure::Timeout},
    {"12", PaymentFailure::CardLocked},
    {"13", PaymentFailure::WrongOtp},
    {"24", PaymentFailure::Cancelled},
    {"51", PaymentFailure::InsufficientFunds},
    {"65", PaymentFailure::LimitExceeded},
    {"75", PaymentFailure::BankMaintenance},
    {"79", PaymentFailure::TooManyAttempts},
});

struct Reply {
    std::string_view code;
    std::string_view message;
};

Reply reply_of(NoticeOutcome outcome) {
    switch (outcome) {  // No default: a new outcome must fail to compile here.
        case NoticeOutcome::Recorded: return {"00", "Confirm Success"};
        case NoticeOutcome::AlreadyRecorded: return {"02", "Order already confirmed"};
        case NoticeOutcome::UnknownOrder: return {"01", "Order not found"};
        case NoticeOutcome::AmountMismatch: return {"04", "Invalid amount"};
        case NoticeOutcome::BadSignature: return {"97", "Invalid signature"};
        case NoticeOutcome::Failure: return {"99", "Unknown error"};
    }
    std::unreachable();
}

}  // namespace

Verdict normalize_status(std::string_view transaction_status) {
    const auto* const row = std::ranges::find(kStatuses, transaction_status, &Row::code);
    return row == kStatuses.end() ? Verdict{} : row->verdict;
}

Verdict normalize(std::string_view response_code, std::string_view transaction_status) {
    const auto verdict = normalize_status(transaction_status);
    if (response_code == kFraud) return normalize_status(kFraud);
    const bool says_success = response_code == kSuccess;
    if (says_success && MUTANT("vnpay.response_code_only")) return normalize_status(kSuccess);
    if (verdict.state == PaymentState::Paid) return says_success ? verdict : Verdict{};
    if (verdict.state != PaymentState::Failed) return verdict;
    if (says_success) return {};
    const auto* const reason = std::ranges::find(kReasons, response_code, &Reason::code);
    if (reason == kReasons.end()) return verdict;
    return {PaymentState::Failed, reason->failure};
}

Vnd parse_amount(std::string_view text) {
    std::int64_t hundredths = 0;
    const char* const end = text.data() + text.size();
    if (text.empty() || text.size() > kMaxAmountDigits || text[0] < '1' || text[0] > '9') return {};
    const auto [stop, error] = std::from_chars(text.data(), end, hundredths);
    if (error != std::errc{} || stop != end || hundredths % 100 != 0) return {};
    return Vnd{hundredths / 100};
}

std::string format_amount(Vnd amount) {
    return std::to_string(amount.amount * 100);  // VNPAY: vnp_Amount is VND x 100.
}

std::string parse_transaction_number(std::string_view text) {
    return std::string(text == "0" ? std::string_view{} : text);
}

GatewayReply notice_reply(NoticeOutcome outcome) {
    const auto [code, message] = reply_of(outcome);
    std::string body = R"({"RspCode":")";
    body += code;
    body += R"(","Message":")";
    body += message;
    body += R"("})";
    return {"application/json", std::move(body)};
}

}  // namespace imagify::vnpay
