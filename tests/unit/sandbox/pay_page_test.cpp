#include "sandbox/display.hpp"

#include "sandbox/test_cards.hpp"
#include "unit/sandbox/simulator_fixture.hpp"

namespace imagify::sandbox {
namespace {

class PayPageTest : public SimulatorTest {
protected:
    /// Opens the pay page with the shop's fields changed and signed anew.
    http::Response open_with(const std::string& name, const std::string& value) {
        auto fields = *parse_form(pay_query());
        fields.insert_or_assign(name, value);
        fields.erase(std::string(vnpay::kSecureHash));
        return get("/dev/vnpay/pay", vnpay::signed_query(kTestSecret, fields));
    }
    static void expect_refusal(const http::Response& response, std::string_view code) {
        EXPECT_EQ(response.status, 400U);
        EXPECT_TRUE(
            text(response).contains("data-testid=\"vnpay-error-code\">" + std::string(code) + "<"))
            << code;
        EXPECT_FALSE(text(response).contains("<form"));
    }
};

TEST_F(PayPageTest, ShowsTheOrderAndEveryCard) {
    const auto page = get("/dev/vnpay/pay", pay_query());

    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.get("Cache-Control"), "no-store");
    for (const std::string_view part :
         {"lang=\"vi\"", "MÔ PHỎNG VNPAY — chỉ để phát triển", "VNPAY simulator — development only",
          "250.000 ₫", "Imagify 100 credits", "T01ARZ3NDEKTSV4RRFFQ69G5FAV", "10:19:05 15/01/2026",
          "data-testid=\"vnpay-pay\"", "data-testid=\"vnpay-cancel\"",
          "method=\"post\" action=\"/dev/vnpay/pay\""}) {
        EXPECT_TRUE(text(page).contains(part)) << part;
    }
    for (const auto& card : test_cards()) {
        EXPECT_TRUE(text(page).contains("name=\"card\" value=\"" + std::string(card.id) + "\""));
        EXPECT_TRUE(text(page).contains(card.outcome_vi)) << card.id;
    }
    EXPECT_FALSE(text(page).contains(kTestSecret.reveal()));
}

TEST_F(PayPageTest, SpeaksEnglishWhenAsked) {
    order_.gateway_locale = "en";
    const auto page = get("/dev/vnpay/pay", pay_query());

    EXPECT_TRUE(text(page).contains("lang=\"en\""));
    EXPECT_TRUE(text(page).contains("250,000 VND"));
    EXPECT_TRUE(text(page).contains("Insufficient funds"));
    EXPECT_FALSE(text(page).contains("Không đủ số dư"));
}

TEST_F(PayPageTest, CountsDownAndReloadsWhenTheTimeIsOver) {
    clock_.advance(std::chrono::minutes{5});
    const auto page = get("/dev/vnpay/pay", pay_query());

    EXPECT_EQ(page.headers.get("Refresh"), "601");
    EXPECT_TRUE(text(page).contains("animation:run 600s"));
}

TEST_F(PayPageTest, LetsTheFormLeadBackToTheShop) {
    const auto page = get("/dev/vnpay/pay", pay_query());

    EXPECT_TRUE(page.headers.get("Content-Security-Policy")
                    .contains("form-action 'self' https://shop.example.vn;"));
}

TEST_F(PayPageTest, EscapesWhatTheShopSent) {
    const auto page = open_with("vnp_OrderInfo", "<script>alert(\"1\")</script>&'");

    EXPECT_EQ(page.status, 200U);
    EXPECT_FALSE(text(page).contains("<script"));
    EXPECT_TRUE(text(page).contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"));
}

TEST_F(PayPageTest, RefusesAsVnpayDoes) {
    expect_refusal(get("/dev/vnpay/pay", pay_query() + "0"), "70");
    expect_refusal(get("/dev/vnpay/pay", "vnp_TmnCode=TESTTMN1"), "70");
    expect_refusal(get("/dev/vnpay/pay", ""), "72");
    expect_refusal(get("/dev/vnpay/pay", "vnp_TmnCode=%zz"), "03");
    expect_refusal(open_with("vnp_TmnCode", "OTHERTMN"), "72");
    expect_refusal(open_with("vnp_Command", "refund"), "03");
    expect_refusal(open_with("vnp_Version", "2.0.1"), "03");
    expect_refusal(open_with("vnp_CurrCode", "USD"), "03");
    expect_refusal(open_with("vnp_Locale", "fr"), "03");
    expect_refusal(open_with("vnp_TxnRef", "a-b"), "03");
    expect_refusal(open_with("vnp_TxnRef", ""), "03");
    expect_refusal(open_with("vnp_IpAddr", "::1"), "03");
    expect_refusal(open_with("vnp_CreateDate", "20260230000000"), "03");
    expect_refusal(open_with("vnp_ExpireDate", ""), "03");
    expect_refusal(open_with("vnp_ReturnUrl", "javascript:alert(1)"), "03");
    expect_refusal(open_with("vnp_ReturnUrl", "https://a.example/\r\nX: y"), "03");
    expect_refusal(open_with("vnp_ReturnUrl", "https://a.example;x/return"), "03");
}

TEST_F(PayPageTest, TakesAmountsFromFiveThousandToLessThanABillion) {
    expect_refusal(open_with("vnp_Amount", "499900"), "03");
    EXPECT_EQ(open_with("vnp_Amount", "500000").status, 200U);
    EXPECT_EQ(open_with("vnp_Amount", "99999999900").status, 200U);
    expect_refusal(open_with("vnp_Amount", "100000000000"), "03");
    expect_refusal(open_with("vnp_Amount", "500050"), "03");
    expect_refusal(open_with("vnp_Amount", "0500000"), "03");
}

TEST_F(PayPageTest, ExpiresAtTheSecond) {
    clock_.advance(std::chrono::minutes{15} - std::chrono::milliseconds{1});
    EXPECT_EQ(get("/dev/vnpay/pay", pay_query()).status, 200U);

    clock_.advance(std::chrono::milliseconds{1});
    expect_refusal(get("/dev/vnpay/pay", pay_query()), "15");
}

TEST_F(PayPageTest, EveryCardGivesWhatIsWrittenBesideIt) {
    int payments = 0;
    for (const auto& card : test_cards()) {
        SCOPED_TRACE(card.id);
        order_.id = OrderId{"T" + std::to_string(++payments)};
        const auto response = pay_with(std::string(card.id));

        EXPECT_EQ(response.status, 303U);
        const auto notice = returned(response);
        ASSERT_TRUE(notice.has_value());
        EXPECT_EQ(notice->order_id, order_.id);
        EXPECT_EQ(notice->amount, order_.amount);
        EXPECT_EQ(notice->state == PaymentState::Paid, card.response_code == "00");
        EXPECT_EQ(notice->state == PaymentState::Review, card.response_code == "07");
        EXPECT_EQ(notice->gateway_transaction.empty(), !card.moves_money());
    }
}

TEST_F(PayPageTest, CancelIsCode24) {
    const auto notice = returned(cancel());

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Failed);
    EXPECT_EQ(notice->failure, PaymentFailure::Cancelled);
    EXPECT_TRUE(notices_to_shop_.sent.at(0).url.contains("vnp_ResponseCode=24"));
}

TEST_F(PayPageTest, PayingTooLateIsCode11) {
    const auto query = pay_query();
    get("/dev/vnpay/pay", query);
    clock_.advance(std::chrono::minutes{15});

    const auto notice = returned(pay_with("ncb"));

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Failed);
    EXPECT_EQ(notice->failure, PaymentFailure::Timeout);
}

TEST_F(PayPageTest, ASecondSubmitChangesNothing) {
    const std::string first(pay_with("ncb").headers.get("Location"));
    const auto second = cancel();

    EXPECT_EQ(second.headers.get("Location"), first);
    EXPECT_EQ(notices_to_shop_.sent.size(), 1U);
    EXPECT_TRUE(text(get("/dev/vnpay/pay", pay_query())).contains("vnpay-finished"));
}

TEST_F(PayPageTest, RefusesABadForm) {
    const auto query = form_encode(pay_query());

    expect_refusal(post("/dev/vnpay/pay", "action=pay&card=unknown&query=" + query), "03");
    expect_refusal(post("/dev/vnpay/pay", "action=pay&card=ncb"), "72");
    expect_refusal(post("/dev/vnpay/pay", "action=pay&card=ncb&query=" + query + "0"), "70");
    expect_refusal(post("/dev/vnpay/pay", "a=1&a=2"), "03");
    EXPECT_TRUE(notices_to_shop_.sent.empty());
}

TEST_F(PayPageTest, TakesFormsFromItsOwnPagesOnly) {
    using Headers = std::vector<std::pair<std::string, std::string>>;
    const auto body = "action=pay&card=ncb&query=" + form_encode(pay_query());
    const auto status = [&](const char* path, const Headers& headers) {
        return send(http::Method::Post, path, {}, body, headers).status;
    };

    for (const char* const path : {"/dev/vnpay/pay", "/dev/vnpay/resend"}) {
        EXPECT_EQ(status(path, {{"Origin", "https://evil.example"}}), 403U);
        EXPECT_EQ(status(path, {{"Origin", "null"}}), 403U);
        EXPECT_EQ(status(path, {{"Sec-Fetch-Site", "cross-site"}}), 403U);
        EXPECT_EQ(status(path, {{"Sec-Fetch-Site", "same-site"}}), 403U);
    }
    EXPECT_TRUE(notices_to_shop_.sent.empty());
    EXPECT_EQ(status("/dev/vnpay/pay", {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}}),
              303U);
    EXPECT_EQ(status("/dev/vnpay/pay", {{"Origin", "http://localhost:8080"}}), 303U);
}

TEST_F(PayPageTest, KnowsItsPathsAndMethods) {
    EXPECT_EQ(get("/dev/vnpay/other").status, 404U);
    EXPECT_EQ(get("/dev/vnpay/").status, 404U);
    EXPECT_EQ(get("/dev/vnpay/resend").status, 405U);
    EXPECT_EQ(get("/dev/vnpay/merchant_webapi/api/transaction").status, 405U);
    EXPECT_EQ(post("/dev/vnpay", "").status, 405U);
    EXPECT_EQ(send(http::Method::Delete, "/dev/vnpay/pay", {}, {}).headers.get("Allow"),
              "GET, POST");
}

TEST(Urls, AQueryIsAddedToWhatIsThere) {
    EXPECT_EQ(with_query("https://a.example/r", "x=1"), "https://a.example/r?x=1");
    EXPECT_EQ(with_query("https://a.example/r?y=2", "x=1"), "https://a.example/r?y=2&x=1");
    EXPECT_EQ(with_query("https://a.example/r#top", "x=1"), "https://a.example/r?x=1#top");
}

TEST(Urls, OnlyPlainWebOriginsCount) {
    EXPECT_EQ(origin_of("https://a.example:8443/r?x=1"), "https://a.example:8443");
    EXPECT_EQ(origin_of("http://[::1]:8080"), "http://[::1]:8080");
    EXPECT_EQ(origin_of("http://localhost?x"), "http://localhost");
    for (const std::string_view url : {"", "a.example", "ftp://a.example", "https://", "https:///x",
                                       "https://user@a.example/", "https://a.example'/"}) {
        EXPECT_EQ(origin_of(url), "") << url;
    }
}

TEST(Money, IsGroupedAsEachLanguageDoes) {
    EXPECT_EQ(money_text(Vnd{5'000}, false), "5.000 ₫");
    EXPECT_EQ(money_text(Vnd{6'250'000}, false), "6.250.000 ₫");
    EXPECT_EQ(money_text(Vnd{6'250'000}, true), "6,250,000 VND");
    EXPECT_EQ(money_text(Vnd{999}, true), "999 VND");
}

}  // namespace
}  // namespace imagify::sandbox
