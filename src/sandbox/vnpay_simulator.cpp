#include "sandbox/vnpay_simulator.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <utility>

#include "adapters/vnpay/form.hpp"
#include "sandbox/index_page.hpp"
#include "sandbox/pay_page.hpp"
#include "sandbox/pay_request.hpp"
#include "sandbox/test_cards.hpp"

namespace imagify::sandbox {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view kIndex = "/dev/vnpay";
constexpr std::string_view kPay = "/dev/vnpay/pay";
constexpr std::string_view kResend = "/dev/vnpay/resend";
constexpr std::string_view kMerchantApi = "/dev/vnpay/merchant_webapi/api/transaction";
constexpr std::size_t kListed = 100;
constexpr std::chrono::milliseconds kNoticePoll{10};

struct NamedKind {
    std::string_view name;
    NoticeKind kind;
};
constexpr auto kNoticeKinds = std::to_array<NamedKind>({{"genuine", NoticeKind::Genuine},
                                                        {"forged", NoticeKind::Forged},
                                                        {"wrong-amount", NoticeKind::WrongAmount}});

/// A browser must say that the form was ours. Fetch metadata is believed first: a page without a
/// referrer sends `Origin: null` even to its own server.
bool is_our_form(const Request& request) {
    const auto site = request.headers.get("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin";
    const auto origin = request.headers.get("Origin");
    const std::string host(request.headers.get("Host"));
    return origin.empty() || origin == "http://" + host || origin == "https://" + host;
}

Response plain(unsigned status, std::string text) {
    Response response{.status = status};
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("Cache-Control", "no-store");
    response.body = std::move(text);
    return response;
}

Response redirect(std::string location) {
    auto response = plain(303, "");
    response.headers.add("Location", std::move(location));
    response.headers.add("Referrer-Policy", "same-origin");
    return response;
}

Response not_allowed(std::string allow) {
    auto response = plain(405, "This address takes " + allow + ".\n");
    response.headers.add("Allow", std::move(allow));
    return response;
}

/// The language of a pay URL that may be anything.
bool wants_english(std::string_view raw_query) { return raw_query.contains("vnp_Locale=en"); }

}  // namespace

VnpaySimulator::VnpaySimulator(VnpaySimulatorConfig config, Parts parts)
    : config_(std::move(config)),
      parts_(std::move(parts)),
      notices_({.notice_url = config_.notice_url,
                .secret = config_.hash_secret,
                .retry_interval = config_.retry_interval,
                .http = parts_.http,
                .clock = parts_.clock,
                .book = book_}),
      merchant_api_({.tmn_code = config_.tmn_code,
                     .secret = config_.hash_secret,
                     .refund_time = config_.refund_time,
                     .clock = parts_.clock,
                     .random = parts_.random,
                     .book = book_}) {}

Task<Response> VnpaySimulator::handle(Request request) {
    const bool is_get = request.method == Method::Get || request.method == Method::Head;
    const bool is_post = request.method == Method::Post;
    if (request.path == kIndex) co_return is_get ? show_index() : not_allowed("GET");
    if (request.path == kMerchantApi) {
        co_return is_post ? answer_merchant(request) : not_allowed("POST");
    }
    if (request.path != kPay && request.path != kResend) co_return plain(404, "Not found.\n");
    if (is_get && request.path == kPay) co_return show_pay_page(request);
    if (!is_post) co_return not_allowed(request.path == kPay ? "GET, POST" : "POST");
    if (!is_our_form(request)) co_return plain(403, "This form came from another site.\n");
    if (request.path == kPay) co_return co_await take_payment(std::move(request));
    co_return co_await send_again(std::move(request));
}

Response VnpaySimulator::show_index() const {
    return index_page(book_.latest(kListed), config_.notice_url);
}

Response VnpaySimulator::show_pay_page(const Request& request) {
    const auto pay = read_pay_request(request.query, config_.tmn_code, config_.hash_secret);
    if (!pay) return refusal_page(pay.error(), wants_english(request.query));
    const auto known = book_.find(pay->reference);
    if (known && known->card != nullptr) return finished_page(*known, result_url(*known));
    const auto now = parts_.clock.now();
    if (now >= pay->expires_at) return refusal_page(PayRefusal::Expired, pay->english);
    book_.open(*pay);
    return pay_page(*pay, request.query, now);
}

Task<Response> VnpaySimulator::take_payment(Request request) {
    const auto form = vnpay::parse_form(request.body);
    if (!form) co_return refusal_page(PayRefusal::BadFormat, false);
    const auto query = vnpay::value_of(*form, "query");
    const auto pay = read_pay_request(query, config_.tmn_code, config_.hash_secret);
    if (!pay) co_return refusal_page(pay.error(), wants_english(query));
    const auto now = parts_.clock.now();
    const TestCard* card = find_card(vnpay::value_of(*form, "card"));
    if (vnpay::value_of(*form, "action") == "cancel") card = &cancelled_payment();
    if (now >= pay->expires_at) card = &timed_out_payment();
    if (card == nullptr) co_return refusal_page(PayRefusal::BadFormat, pay->english);
    const auto finished = book_.finish(*pay, *card, now);
    if (finished.is_new) co_await notify(pay->reference, card->notice);
    co_return redirect(result_url(finished.payment));
}

Task<void> VnpaySimulator::notify(std::string reference, NoticeFate fate) {
    if (fate == NoticeFate::Lost) co_return;
    const bool is_late = fate == NoticeFate::Late;
    const auto delay = is_late ? config_.late_notice_delay : std::chrono::milliseconds{0};
    // Shared with the delivery, which goes on after this Task has given up waiting.
    const auto first_done = std::make_shared<std::atomic<bool>>(false);
    parts_.spawn(notices_.deliver(std::move(reference), delay, first_done));
    if (is_late) co_return;
    const auto until = parts_.clock.steady_now() + config_.notice_patience;
    while (!first_done->load() && parts_.clock.steady_now() < until) {
        co_await parts_.clock.sleep_for(kNoticePoll);
    }
}

Task<Response> VnpaySimulator::send_again(Request request) {
    const auto form = vnpay::parse_form(request.body);
    if (!form) co_return plain(400, "Malformed form.\n");
    const auto kind_name = vnpay::value_of(*form, "kind");
    const std::string reference{vnpay::value_of(*form, "reference")};
    const auto payment = book_.find(reference);
    if (!payment || payment->card == nullptr) co_return plain(404, "No such payment.\n");
    for (const auto& [name, kind] : kNoticeKinds) {
        if (name != kind_name) continue;
        co_await notices_.send(reference, kind);
        co_return redirect(std::string(kIndex));
    }
    co_return plain(400, "Unknown kind of notice.\n");
}

Response VnpaySimulator::answer_merchant(const Request& request) {
    auto response = plain(200, merchant_api_.answer(request.body));
    response.headers.set("Content-Type", "application/json");
    return response;
}

std::string VnpaySimulator::result_url(const SimulatedPayment& payment) const {
    return with_query(payment.request.return_url, result_query(payment, config_.hash_secret));
}

}  // namespace imagify::sandbox
