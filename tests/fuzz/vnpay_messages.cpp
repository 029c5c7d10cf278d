#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "unit/vnpay/vnpay_fakes.hpp"
#include "vnpay/second_signer.hpp"

namespace imagify::fuzz {
namespace {

namespace second = testing::second;

struct Shop {
    testing::FakeClock clock;
    testing::SeededRandom random;
    vnpay::FakeHttpClient http;
    VnpayGateway gateway{vnpay::test_config(), http, clock, random};
};

Shop& shop() {
    static Shop one;
    return one;
}

std::string value_in(const second::Sorted& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

// VND from hundredths of VND, by string: 1 to 12 digits that end in "00".
std::int64_t money_of(const std::string& text) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.size() < 3 || text.size() > 12 || !digits || text[0] == '0' || !text.ends_with("00")) {
        return 0;
    }
    return std::stoll(text.substr(0, text.size() - 2));
}

void check(const PaymentNotice& notice, const second::Sorted& fields) {
    require(notice.order_id.text() == value_in(fields, "vnp_TxnRef"), "the same order");
    require(notice.amount.amount == money_of(value_in(fields, "vnp_Amount")), "the same amount");
    require(value_in(fields, "vnp_TmnCode") == vnpay::kTestTerminal, "our terminal");
    require(
        notice.state != PaymentState::Paid || (value_in(fields, "vnp_ResponseCode") == "00" &&
                                               value_in(fields, "vnp_TransactionStatus") == "00"),
        "paid is 00 and 00");
}

template <class Answer>
bool ask(bool refund, std::string body, Answer& answer) {
    shop().http.sent.clear();
    shop().http.handler = [&body](const OutboundRequest&) -> Result<OutboundAnswer> {
        return OutboundAnswer{.status = 200, .headers = {}, .body = body};
    };
    const auto order = vnpay::test_order();
    if (refund) {
        const Refund request{.id = RefundId("R01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                             .order_id = order.id,
                             .user_id = order.user_id,
                             .credits = order.credits,
                             .amount = order.amount,
                             .actor = "ops"};
        return vnpay::run_task(shop().gateway.refund(order, request)).has_value();
    }
    answer = vnpay::run_task(shop().gateway.query(order));
    return answer.has_value();
}

}  // namespace

void read_vnpay_notice(std::string_view input) {
    const auto fields = vnpay::parse_form(input, vnpay::kFieldPrefix);
    const auto reading = second::read_notice(input);
    require(fields.has_value() == reading.has_value(), "both readers take it, or neither");
    require(!shop().gateway.verify(input), "unsigned, so not believed");
    if (!reading || !reading->hash.empty()) return;
    const second::Pairs pairs(reading->fields.begin(), reading->fields.end());
    const auto hash = second::hmac_sha512(vnpay::kTestSecret.reveal(), second::signed_text(pairs));
    const auto query = std::string(input) + "&vnp_SecureHash=" + hash;
    const auto notice = shop().gateway.verify(query);
    // Refused all the same when it names the signature twice or has become too long.
    const bool readable = second::read_notice(query).has_value();
    const bool ours = value_in(reading->fields, "vnp_TmnCode") == vnpay::kTestTerminal;
    require(notice.has_value() == (readable && ours), "signed for our terminal, so believed");
    if (notice) check(*notice, reading->fields);
}

void read_vnpay_answer(std::string_view input) {
    if (input.empty()) return;
    const bool refund = input[0] == 'r';
    std::string body(input.substr(1));
    Result<PaymentNotice> notice = fail(ErrorKind::Unknown, "none");
    require(!ask(refund, body, notice), "unsigned, so not believed");
    const auto kind = refund ? second::Answer::Refund : second::Answer::Query;
    const auto reading = second::read_answer(kind, body);
    const auto close = body.rfind('}');
    if (!reading || close == std::string::npos || body.find(':') == std::string::npos) return;
    const auto hash = second::hmac_sha512(vnpay::kTestSecret.reveal(),
                                          second::signed_text(kind, reading->fields));
    body.insert(close, R"(,"vnp_SecureHash":")" + hash + '"');
    if (!ask(refund, body, notice)) return;
    require(value_in(reading->fields, "vnp_TxnRef") == vnpay::test_order().id.text(),
            "about our order");
    require(value_in(reading->fields, "vnp_TmnCode") == vnpay::kTestTerminal, "our terminal");
    if (notice) check(*notice, reading->fields);
}

}  // namespace imagify::fuzz
