#include <algorithm>

#include "api/admin_fixture.hpp"

namespace imagify::testing {

TEST_F(AdminTest, RefundHoldsCreditsSendsAndEndsOnTheGatewaysWord) {
    const auto order = paid_order();
    http_client.answers.push_back(refund_answer(order, {}));

    const auto asked = refund(order);

    EXPECT_EQ(asked.status, 202U) << asked.body;
    EXPECT_EQ(order_text(asked, "status"), "refunding");
    EXPECT_EQ(credits(customer), 5);
    http_client.answers.push_back(refund_state(order, "05"));
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(run_task(backend->tend_refunds().run())->asked, 1);
    EXPECT_EQ(status_of(order), "refunding");
    http_client.answers.push_back(refund_state(order, "00"));
    clock.advance(std::chrono::minutes(5));
    EXPECT_EQ(run_task(backend->tend_refunds().run())->closed, 1);
    EXPECT_EQ(status_of(order), "refunded");
    EXPECT_EQ(credits(customer), 5);
    const auto shown = get("/user/transactions/" + order, customer).json();
    EXPECT_EQ(shown.at("refund").at("status").as_string(), "done");
    EXPECT_EQ(shown.at("refund").at("amountVnd").as_int64(), 250'000);
}

TEST_F(AdminTest, PartialRefundTakesItsShare) {
    const auto order = paid_order();
    http_client.answers.push_back(refund_answer(order, {{"vnp_TransactionType", "03"}}));
    http_client.answers.push_back(refund_state(order, "00", "10000000"));

    ASSERT_EQ(refund(order, R"({"credits":40,"note":"not all of it"})").status, 202U);
    const auto checked = post("/admin/orders/" + order + "/check", "", operator_token);

    EXPECT_EQ(checked.status, 200U) << checked.body;
    EXPECT_EQ(order_text(checked, "status"), "refunded");
    EXPECT_EQ(credits(customer), 65);
}

TEST_F(AdminTest, RefusedRefundGivesTheCreditsBackAndMayBeTriedAgain) {
    const auto order = paid_order();
    http_client.answers.push_back(refund_answer(order, {{"vnp_ResponseCode", "95"}}));

    const auto refused = refund(order);

    EXPECT_EQ(refused.status, 202U);
    EXPECT_EQ(order_text(refused, "status"), "paid");
    EXPECT_EQ(credits(customer), 105);
    http_client.answers.push_back(refund_answer(order, {}));
    EXPECT_EQ(order_text(refund(order), "status"), "refunding");
}

TEST_F(AdminTest, LostRefundIsSentAgainUnderTheSameNameOnlyThatDay) {
    const auto order = paid_order();
    ASSERT_EQ(order_text(refund(order), "status"), "refunding");  // The gateway is out of reach.
    const auto absent = refund_answer(order, {{"vnp_Command", "querydr"},
                                              {"vnp_TransactionType", "01"},
                                              {"vnp_TransactionStatus", "00"}});
    http_client.answers.push_back(absent);
    http_client.answers.push_back(refund_answer(order, {}));
    clock.advance(std::chrono::minutes(1));

    EXPECT_EQ(run_task(backend->tend_refunds().run())->asked, 1);

    ASSERT_EQ(http_client.requests.size(), 3U);
    const auto name_of = [](const OutboundRequest& request) {
        const auto fields = boost::json::parse(request.body).as_object();
        return std::string(fields.at("vnp_RequestId").as_string());
    };
    EXPECT_EQ(name_of(http_client.requests[0]), name_of(http_client.requests[2]));
    // The day after, a repetition could pay twice: only a question is sent.
    clock.advance(std::chrono::hours(24));
    http_client.answers.push_back(absent);
    EXPECT_EQ(run_task(backend->tend_refunds().run())->asked, 1);
    EXPECT_EQ(http_client.requests.size(), 4U);
    sign_in_again();
    EXPECT_EQ(status_of(order), "refunding");
}

TEST_F(AdminTest, RefundNobodyCanTellAboutGoesBeforeAPersonWhoEndsIt) {
    const auto order = paid_order();
    ASSERT_EQ(refund(order).status, 202U);
    for (int day = 0; day < 9; ++day) {
        run_task(backend->tend_refunds().run());
        clock.advance(std::chrono::hours(24));
        for (int i = 0; i < 8; ++i) run_task(backend->tend_refunds().run());
    }

    sign_in_again();
    const auto cases = get("/admin/reviews?open=true", operator_token).json();
    ASSERT_EQ(cases.at("items").as_array().size(), 1U);
    EXPECT_EQ(cases.at("items").as_array()[0].at("reason").as_string(), "unsettled");
    const auto closed = post("/admin/orders/" + order + "/refund/close",
                             R"({"outcome":"done","note":"seen in the portal"})", operator_token);
    EXPECT_EQ(closed.status, 200U) << closed.body;
    EXPECT_EQ(order_text(closed, "status"), "refunded");
    const auto again =
        post("/admin/orders/" + order + "/refund/close",
             R"({"outcome":"rejected","note":"seen in the portal"})", operator_token);
    EXPECT_EQ(again.text("code"), "refund.closed");
    EXPECT_EQ(credits(customer), 5);
}

TEST_F(AdminTest, SpentCreditsAndUnpaidOrdersAreNotRefundedAndNothingIsSent) {
    const auto unpaid = open_order(customer);
    EXPECT_EQ(refund(unpaid).text("code"), "refund.not_paid");
    EXPECT_EQ(refund("01ARZ3NDEKTSV4RRFFQ69G5FAV").text("code"), "order.not_found");
    const auto order = paid_order();
    EXPECT_EQ(refund(order, R"({"credits":101,"note":"too much"})").status, 422U);
    EXPECT_EQ(refund(order, R"({"note":""})").status, 422U);
    EXPECT_EQ(refund(order, R"({"credits":1})").status, 422U);
    for (int i = 0; i < 6; ++i) {
        ASSERT_EQ(post("/image/generate-image", R"({"prompt":"a cat"})", customer).status, 200U);
    }

    const auto spent = refund(order);

    EXPECT_EQ(spent.status, 409U);
    EXPECT_EQ(spent.text("code"), "refund.credits_spent");
    EXPECT_TRUE(http_client.requests.empty());
}

TEST_F(AdminTest, GatewayThatSaysNothingLeavesARefundOpen) {
    const auto order = paid_order();
    ASSERT_EQ(refund(order).status, 202U);

    const auto silent = post("/admin/orders/" + order + "/check", "", operator_token);
    http_client.answers.push_back(OutboundAnswer{.status = 200, .headers = {}, .body = "{}"});
    const auto nonsense = post("/admin/orders/" + order + "/check", "", operator_token);

    EXPECT_EQ(silent.status, 503U);
    EXPECT_EQ(silent.text("code"), "payment.no_answer");
    EXPECT_EQ(nonsense.text("code"), "payment.bad_answer");
    EXPECT_EQ(status_of(order), "refunding");
}

TEST_F(AdminTest, ReceiptTellsThePaymentAndItsRefund) {
    const auto order = paid_order();

    const auto receipt = get("/user/transactions/" + order + "/receipt", customer);

    ASSERT_EQ(receipt.status, 200U) << receipt.body;
    EXPECT_TRUE(receipt.text("number").starts_with("IMG-20260115-"));
    EXPECT_EQ(receipt.number("amountVnd"), 250'000);
    const auto words = receipt.json().at("amountInWords");
    EXPECT_EQ(words.at("vi").as_string(), "Hai trăm năm mươi nghìn đồng");
    EXPECT_EQ(words.at("en").as_string(), "Two hundred fifty thousand Vietnamese dong");
    EXPECT_EQ(receipt.json().at("customer").at("email").as_string(), "an@example.vn");
    EXPECT_FALSE(receipt.json().as_object().contains("refund"));
    ASSERT_EQ(refund(order).status, 202U);
    const auto after = get("/user/transactions/" + order + "/receipt", customer).json();
    EXPECT_EQ(after.at("refund").at("status").as_string(), "open");
}

TEST_F(AdminTest, OnlyPaidOrdersOfOnesOwnHaveAReceipt) {
    const auto unpaid = open_order(customer);
    const auto paid = paid_order();

    EXPECT_EQ(get("/user/transactions/" + unpaid + "/receipt", customer).text("code"),
              "order.not_paid");
    EXPECT_EQ(get("/user/transactions/" + paid + "/receipt", operator_token).text("code"),
              "order.not_found");
    EXPECT_EQ(get("/user/transactions/" + paid + "/receipt").status, 401U);
}

}  // namespace imagify::testing
