#include "unit/sandbox/simulator_fixture.hpp"

namespace imagify::sandbox {
namespace {

using namespace std::chrono_literals;

class SimulatedNoticeTest : public SimulatorTest {
protected:
    static std::string reply(const std::string& code) { return R"({"RspCode":")" + code + R"("})"; }
    http::Response resend(const std::string& kind) {
        return post("/dev/vnpay/resend", "reference=" + order_.id.text() + "&kind=" + kind);
    }
};

TEST_F(SimulatedNoticeTest, ArrivesSignedBeforeTheCustomerComesBack) {
    const auto response = pay_with("ncb");

    ASSERT_EQ(notices_to_shop_.sent.size(), 1U);
    const auto& call = notices_to_shop_.sent[0];
    EXPECT_EQ(call.method, "GET");
    EXPECT_TRUE(call.url.starts_with("http://127.0.0.1:8080/payment/vnpay-ipn?vnp_Amount="));
    const auto notice = noticed(0);
    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Paid);
    EXPECT_EQ(notice->order_id, order_.id);
    EXPECT_EQ(notice->evidence, returned(response)->evidence);
}

TEST_F(SimulatedNoticeTest, EndsWithAnAnswer00Or02) {
    for (const char* const code : {"00", "02"}) {
        order_.id = OrderId{std::string("T") + code};
        shop_answer_ = reply(code);
        pay_with("ncb");
    }

    EXPECT_EQ(notices_to_shop_.sent.size(), 2U);
}

TEST_F(SimulatedNoticeTest, IsRepeatedTenTimesFiveMinutesApart) {
    int payment = 0;
    for (const std::string& answer :
         {reply("01"), reply("04"), reply("97"), reply("99"), std::string("{}"),
          std::string("not json"), std::string(), std::string(R"({"RspCode":0})")}) {
        SCOPED_TRACE(answer);
        notices_to_shop_.sent.clear();
        order_.id = OrderId{"T" + std::to_string(payment++)};
        order_.expires_at = clock_.now() + 15min;
        shop_answer_ = answer;
        const auto start = clock_.now();

        pay_with("ncb");

        EXPECT_EQ(notices_to_shop_.sent.size(), 10U);
        EXPECT_EQ(clock_.now() - start, 9 * 5min);
    }
}

TEST_F(SimulatedNoticeTest, IsRepeatedWhenTheShopIsDown) {
    int calls = 0;
    notices_to_shop_.handler = [&](const OutboundRequest&) -> Result<OutboundAnswer> {
        ++calls;
        if (calls == 1) return fail(ErrorKind::Unavailable, "upstream.unreachable");
        if (calls == 2) return fail(ErrorKind::Timeout, "upstream.timeout");
        if (calls == 3) return OutboundAnswer{.status = 500, .body = reply("00")};
        return OutboundAnswer{.status = 200, .body = reply("00")};
    };

    pay_with("ncb");

    EXPECT_EQ(calls, 4);
    const auto page = get("/dev/vnpay");
    for (const char* const part :
         {"upstream.unreachable", "upstream.timeout", "HTTP 500", "<strong>00</strong>"}) {
        EXPECT_TRUE(text(page).contains(part)) << part;
    }
}

TEST_F(SimulatedNoticeTest, ASlowShopDelaysTheCustomerTwoSecondsAtMost) {
    defer_background();
    const auto start = clock_.now();

    const auto response = pay_with("ncb");

    EXPECT_EQ(response.status, 303U);
    EXPECT_EQ(clock_.now() - start, 2s);
    EXPECT_TRUE(notices_to_shop_.sent.empty());
    run_background();
    EXPECT_EQ(notices_to_shop_.sent.size(), 1U);
}

TEST_F(SimulatedNoticeTest, IsNotRepeatedAfterItWasSentByHand) {
    defer_background();
    pay_with("ncb");
    resend("genuine");
    run_background();

    EXPECT_EQ(notices_to_shop_.sent.size(), 1U);
}

TEST_F(SimulatedNoticeTest, CanBeLost) {
    const auto notice = returned(pay_with("notice-lost"));

    EXPECT_EQ(notice->state, PaymentState::Paid);
    EXPECT_TRUE(notices_to_shop_.sent.empty());
}

TEST_F(SimulatedNoticeTest, CanArriveLate) {
    defer_background();
    const auto start = clock_.now();

    EXPECT_EQ(pay_with("notice-late").status, 303U);

    EXPECT_EQ(clock_.now(), start);
    run_background();
    EXPECT_EQ(clock_.now() - start, 30s);
    EXPECT_EQ(notices_to_shop_.sent.size(), 1U);
}

TEST_F(SimulatedNoticeTest, CanBeSentAgainForgedOrWithAWrongAmount) {
    pay_with("ncb");

    EXPECT_EQ(resend("genuine").headers.get("Location"), "/dev/vnpay");
    EXPECT_EQ(resend("forged").status, 303U);
    EXPECT_EQ(resend("wrong-amount").status, 303U);

    ASSERT_EQ(notices_to_shop_.sent.size(), 4U);
    EXPECT_EQ(noticed(1)->amount, order_.amount);
    EXPECT_FALSE(noticed(2).has_value());
    EXPECT_EQ(noticed(3)->amount, Vnd{order_.amount.amount + 1'000});
}

TEST_F(SimulatedNoticeTest, NothingElseCanBeSent) {
    EXPECT_EQ(resend("genuine").status, 404U);
    get("/dev/vnpay/pay", pay_query());
    EXPECT_EQ(resend("genuine").status, 404U);
    pay_with("ncb");
    EXPECT_EQ(resend("other").status, 400U);
    EXPECT_EQ(post("/dev/vnpay/resend", "%").status, 400U);

    EXPECT_EQ(notices_to_shop_.sent.size(), 1U);
}

TEST_F(SimulatedNoticeTest, TheListShowsPaymentsAndAnswers) {
    EXPECT_TRUE(text(get("/dev/vnpay")).contains("No payment yet"));

    get("/dev/vnpay/pay", pay_query());
    EXPECT_TRUE(text(get("/dev/vnpay")).contains("The customer is on the pay page"));
    EXPECT_FALSE(text(get("/dev/vnpay")).contains("<form"));

    shop_answer_ = R"({"RspCode":"<b>00"})";
    pay_with("fraud");
    const auto page = get("/dev/vnpay");
    EXPECT_EQ(page.status, 200U);
    EXPECT_TRUE(text(page).contains(order_.id.text()));
    EXPECT_TRUE(text(page).contains("250,000 VND"));
    EXPECT_TRUE(text(page).contains("Paid, suspected fraud: Held (07/07)"));
    EXPECT_TRUE(text(page).contains("&lt;b&gt;00"));
    EXPECT_FALSE(text(page).contains("<b>00"));
}

}  // namespace
}  // namespace imagify::sandbox
