#include "sandbox/pay_page.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sandbox/display.hpp"
#include "sandbox/html.hpp"
#include "sandbox/test_cards.hpp"

namespace imagify::sandbox {
namespace {

using vnpay::value_of;

struct Words {
    std::string_view title, amount, left, until, order, reference, cards, situations, pay, cancel,
        terminal;
};

constexpr Words kVietnamese{.title = "Thanh toán qua VNPAY",
                            .amount = "Số tiền thanh toán",
                            .left = "Còn lại",
                            .until = "Hết hạn lúc",
                            .order = "Nội dung",
                            .reference = "Mã đơn hàng",
                            .cards = "Thẻ thử",
                            .situations = "Tình huống khác",
                            .pay = "Thanh toán",
                            .cancel = "Hủy",
                            .terminal = "Điểm bán"};
constexpr Words kEnglish{.title = "Pay with VNPAY",
                         .amount = "Amount to pay",
                         .left = "Time left",
                         .until = "Expires at",
                         .order = "Order",
                         .reference = "Reference",
                         .cards = "Test cards",
                         .situations = "Other situations",
                         .pay = "Pay",
                         .cancel = "Cancel",
                         .terminal = "Terminal"};

constexpr std::string_view kChoice = R"(<label class="choice">
<input type="radio" name="card" value="{id}"{&checked}>
<span><span class="name">{name}</span><span class="number">{number}</span></span>
<span class="outcome {tone}">{outcome}<span>{codes}</span></span>
</label>
)";

constexpr std::string_view kPayBody = R"(<main>
<div class="brand"><span class="mark"><b>VN</b>PAY</span>
<span class="terminal">{terminal_label} {terminal}</span></div>
<h1>{title}</h1>
<section class="panel">
<div class="total">
<div><p class="small">{amount_label}</p>
<div class="amount" data-testid="vnpay-amount">{amount}</div></div>
<div class="left"><p class="small">{left_label}</p>
<div class="clock" aria-hidden="true"></div></div>
</div>
<dl>
<dt>{order_label}</dt><dd>{order}</dd>
<dt>{reference_label}</dt><dd><code>{reference}</code></dd>
<dt>{until_label}</dt><dd>{until} (GMT+7)</dd>
</dl>
</section>
<form method="post" action="/dev/vnpay/pay">
<input type="hidden" name="query" value="{query}">
<fieldset><legend>{cards_label}</legend><div class="choices">
{&cards}</div></fieldset>
<fieldset><legend>{situations_label}</legend><div class="choices">
{&situations}</div></fieldset>
<div class="actions">
<button type="submit" name="action" value="cancel" data-testid="vnpay-cancel">{cancel}</button>
<button class="primary" type="submit" name="action" value="pay" data-testid="vnpay-pay">
{pay} {amount}</button>
</div>
</form>
</main>
)";

// A countdown without script: an integer property runs down, two counters show it as m:ss.
constexpr std::string_view kClockStyle = R"(
@property --left{syntax:"<integer>";inherits:true;initial-value:0}
@property --minutes{syntax:"<integer>";inherits:true;initial-value:0}
@keyframes run{from{--left:SECONDS}to{--left:0}}
.clock{--minutes:calc(var(--left)/60 - .5);animation:run SECONDSs linear forwards;
counter-reset:minutes var(--minutes) seconds calc(var(--left) - 60*var(--minutes))}
.clock::after{content:counter(minutes) ":" counter(seconds,decimal-leading-zero)}
)";

std::string clock_style(std::int64_t seconds) {
    std::string style(kClockStyle);
    constexpr std::string_view kMark = "SECONDS";
    for (auto at = style.find(kMark); at != std::string::npos; at = style.find(kMark)) {
        style.replace(at, kMark.size(), std::to_string(seconds));
    }
    return style;
}

std::string grouped_number(std::string_view digits) {
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && i % 4 == 0) grouped += ' ';
        grouped += digits[i];
    }
    return grouped;
}

std::string_view tone_of(const TestCard& card) {
    if (card.notice != NoticeFate::Sent || card.response_code == "07") return "warn";
    return card.response_code == "00" ? "ok" : "bad";
}

std::string choices(bool english, bool with_number) {
    std::string html;
    for (const auto& card : test_cards()) {
        if (card.number.empty() == with_number) continue;
        const bool is_first = &card == test_cards().data();
        const auto codes =
            std::string(card.response_code) + "/" + std::string(card.transaction_status);
        html += fill(kChoice, {{"id", card.id},
                               {"checked", is_first ? " checked" : ""},
                               {"name", english ? card.name_en : card.name_vi},
                               {"number", grouped_number(card.number)},
                               {"tone", tone_of(card)},
                               {"outcome", english ? card.outcome_en : card.outcome_vi},
                               {"codes", codes}});
    }
    return html;
}

struct Notice {
    std::string_view vietnamese;
    std::string_view english;
};

Notice explanation(PayRefusal refusal) {
    switch (refusal) {  // No default: a new refusal must fail to compile here.
        case PayRefusal::BadFormat:
            return {
                "Dữ liệu gửi sang không đúng định dạng, hoặc số tiền ngoài khoảng từ 5.000 đến "
                "dưới 1 tỷ đồng.",
                "A field is missing or malformed, or the amount is not within 5,000 VND and "
                "1 billion VND."};
        case PayRefusal::Expired:
            return {"Giao dịch đã quá thời gian chờ thanh toán. Hãy quay lại và đặt lại đơn hàng.",
                    "The time to pay is over. Go back and order again."};
        case PayRefusal::BadSignature:
            return {"Sai chữ ký. Kiểm tra VNPAY_HASH_SECRET và cách tạo vnp_SecureHash.",
                    "Wrong signature. Check VNPAY_HASH_SECRET and how vnp_SecureHash is made."};
        case PayRefusal::UnknownTerminal:
            return {"Không tìm thấy website. Kiểm tra VNPAY_TMN_CODE.",
                    "No such terminal. Check VNPAY_TMN_CODE."};
    }
    std::unreachable();
}

constexpr std::string_view kRefusalBody = R"(<main>
<div class="brand"><span class="mark"><b>VN</b>PAY</span></div>
<section class="panel" data-testid="vnpay-error">
<h1>{title}</h1>
<p class="code" data-testid="vnpay-error-code">{code}</p>
<p>{text}</p>
</section>
<p class="small"><a href="/dev/vnpay">{index}</a></p>
</main>
)";

constexpr std::string_view kFinishedBody = R"(<main>
<div class="brand"><span class="mark"><b>VN</b>PAY</span></div>
<section class="panel" data-testid="vnpay-finished">
<h1>{title}</h1>
<p>{outcome} ({codes})</p>
<a class="button primary" href="{url}">{back}</a>
</section>
</main>
)";

}  // namespace

http::Response pay_page(const PayRequest& request, std::string_view raw_query, TimePoint now) {
    const auto& words = request.english ? kEnglish : kVietnamese;
    const auto left = std::max<std::int64_t>(
        0, std::chrono::ceil<std::chrono::seconds>(request.expires_at - now).count());
    HtmlPage page{.language = request.english ? "en" : "vi",
                  .title = std::string(words.title),
                  .extra_style = clock_style(left),
                  .form_origin = origin_of(request.return_url)};
    page.body = fill(kPayBody, {{"title", words.title},
                                {"terminal_label", words.terminal},
                                {"terminal", value_of(request.fields, "vnp_TmnCode")},
                                {"amount_label", words.amount},
                                {"amount", money_text(request.amount, request.english)},
                                {"left_label", words.left},
                                {"order_label", words.order},
                                {"order", value_of(request.fields, "vnp_OrderInfo")},
                                {"reference_label", words.reference},
                                {"reference", request.reference},
                                {"until_label", words.until},
                                {"until", time_text(request.expires_at)},
                                {"query", raw_query},
                                {"cards_label", words.cards},
                                {"cards", choices(request.english, true)},
                                {"situations_label", words.situations},
                                {"situations", choices(request.english, false)},
                                {"cancel", words.cancel},
                                {"pay", words.pay}});
    auto response = html_response(200, page);
    response.headers.add("Refresh", std::to_string(left + 1));
    return response;
}

http::Response refusal_page(PayRefusal refusal, bool english) {
    const auto text = explanation(refusal);
    const std::string_view title =
        english ? "VNPAY refuses this payment" : "VNPAY từ chối giao dịch";
    HtmlPage page{.language = english ? "en" : "vi", .title = std::string(title)};
    page.body =
        fill(kRefusalBody, {{"title", title},
                            {"code", code_of(refusal)},
                            {"text", english ? text.english : text.vietnamese},
                            {"index", english ? "Simulated payments" : "Các giao dịch mô phỏng"}});
    return html_response(400, page);
}

http::Response finished_page(const SimulatedPayment& payment, const std::string& result_url) {
    const bool english = payment.request.english;
    const auto& card = *payment.card;
    const std::string_view title =
        english ? "This payment has already ended" : "Giao dịch này đã kết thúc";
    HtmlPage page{.language = english ? "en" : "vi", .title = std::string(title)};
    page.body = fill(kFinishedBody, {{"title", title},
                                     {"outcome", english ? card.outcome_en : card.outcome_vi},
                                     {"codes", std::string(card.response_code) + "/" +
                                                   std::string(card.transaction_status)},
                                     {"url", result_url},
                                     {"back", english ? "Back to the shop" : "Quay lại cửa hàng"}});
    return html_response(200, page);
}

}  // namespace imagify::sandbox
