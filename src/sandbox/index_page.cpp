#include "sandbox/index_page.hpp"

#include <string>
#include <utility>

#include "adapters/vnpay/form.hpp"
#include "sandbox/display.hpp"
#include "sandbox/html.hpp"

namespace imagify::sandbox {
namespace {

constexpr std::string_view kBody = R"(<main class="wide">
<div class="brand"><span class="mark"><b>VN</b>PAY</span>
<span class="terminal">/dev/vnpay</span></div>
<h1>Simulated payments</h1>
<p class="small lead">Notices (IPN) go to <code>{notice_url}</code>: answers 00 and 02 end them,
anything else is repeated, 10 calls at most. The list lives in memory: after a restart it is empty
and querydr answers 91. Mail: <a href="/dev/mail">/dev/mail</a>.</p>
{&payments}
</main>
)";

constexpr std::string_view kEmpty = R"(<section class="panel"><p>No payment yet. Buy credits in the
app: its pay button leads here.</p></section>
)";

constexpr std::string_view kPayment = R"(<section class="panel" data-testid="vnpay-payment">
<div class="head"><h2><code>{reference}</code></h2><strong>{amount}</strong></div>
<div class="head"><span class="outcome {tone}">{outcome}</span>
<span class="small">{order}</span></div>
{&calls}{&actions}</section>
)";

constexpr std::string_view kCall =
    R"(<li><code>{at}</code> {kind} &rarr; <strong>{answer}</strong></li>
)";

constexpr std::string_view kActions = R"(<form class="row" method="post" action="/dev/vnpay/resend">
<input type="hidden" name="reference" value="{reference}">
<button type="submit" name="kind" value="genuine">Send the IPN again</button>
<button type="submit" name="kind" value="forged">Send a forged IPN (97)</button>
<button type="submit" name="kind" value="wrong-amount">Send a wrong amount (04)</button>
</form>
)";

std::string_view name_of(NoticeKind kind) {
    switch (kind) {  // No default: a new kind must fail to compile here.
        case NoticeKind::Genuine: return "IPN";
        case NoticeKind::Forged: return "forged IPN";
        case NoticeKind::WrongAmount: return "IPN, wrong amount";
    }
    std::unreachable();
}

std::string calls_of(const SimulatedPayment& payment) {
    if (payment.calls.empty()) return R"(<p class="small">No IPN was sent.</p>)";
    std::string items;
    for (const auto& call : payment.calls) {
        items += fill(
            kCall,
            {{"at", time_text(call.at)}, {"kind", name_of(call.kind)}, {"answer", call.answer}});
    }
    return "<ol>" + items + "</ol>";
}

std::string outcome_of(const SimulatedPayment& payment) {
    if (payment.card == nullptr) return "The customer is on the pay page";
    const auto& card = *payment.card;
    auto text = std::string(card.name_en) + ": " + std::string(card.outcome_en) + " (" +
                std::string(card.response_code) + "/" + std::string(card.transaction_status) + ")";
    if (payment.refund) text += ", refund of " + money_text(payment.refund->amount, true);
    return text;
}

std::string_view tone_of(const SimulatedPayment& payment) {
    if (payment.card == nullptr) return "warn";
    return payment.card->response_code == "00" ? "ok" : "bad";
}

}  // namespace

http::Response index_page(std::span<const SimulatedPayment> payments, std::string_view notice_url) {
    std::string list;
    for (const auto& payment : payments) {
        const auto& reference = payment.request.reference;
        const bool has_ended = payment.card != nullptr;
        list += fill(kPayment, {{"reference", reference},
                                {"amount", money_text(payment.request.amount, true)},
                                {"tone", tone_of(payment)},
                                {"outcome", outcome_of(payment)},
                                {"order", vnpay::value_of(payment.request.fields, "vnp_OrderInfo")},
                                {"calls", has_ended ? calls_of(payment) : std::string()},
                                {"actions", has_ended ? fill(kActions, {{"reference", reference}})
                                                      : std::string()}});
    }
    HtmlPage page{.language = "en", .title = "VNPAY simulator"};
    page.body = fill(kBody, {{"notice_url", notice_url},
                             {"payments", payments.empty() ? std::string(kEmpty) : list}});
    return html_response(200, page);
}

}  // namespace imagify::sandbox
