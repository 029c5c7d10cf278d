#include "api/api_fixture.hpp"

namespace imagify::testing {

using http::Method;

std::string rsp_code(const Answer& answer) {
    EXPECT_EQ(answer.status, 200U);
    return answer.text("RspCode");
}

TEST_F(ApiTest, PlansAreTheOnlyPrices) {
    const auto plans = get("/plans").json().at("items").as_array();
    ASSERT_EQ(plans.size(), 3U);
    EXPECT_EQ(plans[0].at("amountVnd").as_int64(), 250'000);
    const auto token = sign_up();
    const auto tampered =
        post("/user/pay-vnpay", R"({"planId":"basic","amountVnd":5000,"credits":9999})", token);
    const auto order = get("/user/transactions/" + tampered.text("transactionId"), token);
    EXPECT_EQ(order.number("amountVnd"), 250'000);
    EXPECT_EQ(order.number("credits"), 100);
    EXPECT_EQ(post("/user/pay-vnpay", R"({"planId":"gold"})", token).text("code"),
              "plan.not_found");
}

TEST_F(ApiTest, NoticeCreditsOnceHoweverOftenItComes) {
    const auto token = sign_up();
    const auto order = open_order(token);

    EXPECT_EQ(rsp_code(ipn(order)), "00");
    EXPECT_EQ(rsp_code(ipn(order)), "02");

    EXPECT_EQ(credits(token), 105);
    const auto paid = get("/user/transactions/" + order, token);
    EXPECT_EQ(paid.text("status"), "paid");
    EXPECT_EQ(paid.text("paymentUrl"), "");
}

TEST_F(ApiTest, ParallelNoticesCreditOnce) {
    const auto token = sign_up();
    const auto order = open_order(token);
    const Call request{.target = "/payment/vnpay-ipn?" + notice(order)};

    const auto answers = call_together(std::vector<Call>(20, request));

    std::multiset<std::string> codes;
    for (const auto& answer : answers) codes.insert(rsp_code(answer));
    EXPECT_EQ(codes.count("00"), 1U);
    EXPECT_EQ(codes.count("02"), 19U);
    EXPECT_EQ(credits(token), 105);
}

TEST_F(ApiTest, EachWrongNoticeHasItsCode) {
    const auto token = sign_up();
    const auto order = open_order(token);

    EXPECT_EQ(rsp_code(ipn(order, {{"vnp_Amount", "25000100"}})), "04");
    EXPECT_EQ(rsp_code(ipn("01UNKNOWNORDER")), "01");
    EXPECT_EQ(rsp_code(get("/payment/vnpay-ipn?" + notice(order) + "0")), "97");
    EXPECT_EQ(rsp_code(get("/payment/vnpay-ipn")), "97");
    EXPECT_EQ(rsp_code(ipn(order, {{"vnp_TmnCode", "OTHERTMN"}})), "97");

    EXPECT_EQ(credits(token), 5);
}

TEST_F(ApiTest, AcceptanceTestOfVnpayPasses) {
    const auto token = sign_up();
    const auto failing = open_order(token);
    const auto paying = open_order(token);

    EXPECT_EQ(rsp_code(get("/payment/vnpay-ipn?" + notice(paying) + "0")), "97");
    EXPECT_EQ(rsp_code(ipn("SITNOTFOUND1")), "01");
    EXPECT_EQ(rsp_code(ipn(paying, {{"vnp_Amount", "25100000"}})), "04");
    EXPECT_EQ(rsp_code(ipn(failing, {{"vnp_ResponseCode", "24"}, {"vnp_TransactionStatus", "02"}})),
              "00");
    EXPECT_EQ(rsp_code(ipn(paying)), "00");
    EXPECT_EQ(rsp_code(ipn(paying)), "02");
    EXPECT_EQ(rsp_code(ipn(failing, {{"vnp_ResponseCode", "24"}, {"vnp_TransactionStatus", "02"}})),
              "02");

    EXPECT_EQ(credits(token), 105);
    EXPECT_EQ(get("/user/transactions/" + failing, token).text("reason"), "cancelled");
}

TEST_F(ApiTest, ContradictoryNoticeIsNotPaid) {
    const auto token = sign_up();
    const auto order = open_order(token);

    ipn(order, {{"vnp_TransactionStatus", "02"}});

    EXPECT_EQ(credits(token), 5);
    EXPECT_NE(get("/user/transactions/" + order, token).text("status"), "paid");
}

TEST_F(ApiTest, SuspectedFraudIsHeldForReview) {
    const auto token = sign_up();
    const auto order = open_order(token);

    EXPECT_EQ(rsp_code(ipn(order, {{"vnp_ResponseCode", "07"}, {"vnp_TransactionStatus", "07"}})),
              "00");

    EXPECT_EQ(credits(token), 5);
    EXPECT_EQ(get("/user/transactions/" + order, token).text("status"), "review");
}

TEST_F(ApiTest, ReturnAloneCreditsNothing) {
    const auto token = sign_up();
    const auto order = open_order(token);

    for (int i = 0; i < 10; ++i) {
        const auto answer = get("/user/vnpay-return?" + notice(order));
        EXPECT_EQ(answer.text("status"), "pending");
        EXPECT_EQ(answer.text("transactionId"), order);
    }

    EXPECT_EQ(credits(token), 5);
    EXPECT_EQ(http_client.requests.size(), 1U);
}

TEST_F(ApiTest, ReturnCreditsOnceWhenTheGatewayConfirms) {
    const auto token = sign_up();
    const auto order = open_order(token);
    http_client.answers.emplace_back(query_answer(order));

    EXPECT_EQ(get("/user/vnpay-return?" + notice(order)).text("status"), "paid");
    EXPECT_EQ(get("/user/vnpay-return?" + notice(order)).text("status"), "paid");

    EXPECT_EQ(credits(token), 105);
}

TEST_F(ApiTest, UnsignedGatewayAnswerCreditsNothing) {
    const auto token = sign_up();
    const auto order = open_order(token);
    auto unsigned_answer = query_answer(order);
    const auto at = unsigned_answer.body.find("vnp_SecureHash");
    unsigned_answer.body.replace(at, 14, "vnp_Nonsense00");
    http_client.answers.emplace_back(unsigned_answer);

    EXPECT_EQ(get("/user/vnpay-return?" + notice(order)).text("status"), "pending");

    EXPECT_EQ(credits(token), 5);
}

TEST_F(ApiTest, ForgedReturnTellsNothing) {
    const auto order = open_order(sign_up());

    const auto answer = get("/user/vnpay-return?" + notice(order) + "0");

    EXPECT_EQ(answer.body, R"({"status":"invalid"})");
    EXPECT_TRUE(http_client.requests.empty());
}

TEST_F(ApiTest, LostNoticeIsFoundByTheReconciler) {
    const auto token = sign_up();
    const auto order = open_order(token);
    clock.advance(std::chrono::minutes(5));
    http_client.answers.emplace_back(query_answer(order));

    const auto done = run_task(backend->reconcile_orders().run());

    EXPECT_EQ(done->settled, 1);
    EXPECT_EQ(credits(token), 105);
    EXPECT_EQ(run_task(backend->reconcile_orders().run())->asked, 0);
}

TEST_F(ApiTest, OrderUnknownToTheGatewayExpiresAfterItsTimeAndNotBefore) {
    const auto token = sign_up();
    const auto order = open_order(token);
    const auto unknown = query_answer(order, {{"vnp_ResponseCode", "91"}});

    clock.advance(std::chrono::minutes(5));
    http_client.answers.emplace_back(unknown);
    run_task(backend->reconcile_orders().run());
    EXPECT_EQ(get("/user/transactions/" + order, token).text("status"), "pending");

    clock.advance(std::chrono::minutes(15));
    http_client.answers.emplace_back(unknown);
    EXPECT_EQ(run_task(backend->reconcile_orders().run())->expired, 1);
    EXPECT_EQ(get("/user/transactions/" + order, token).text("status"), "expired");
    EXPECT_EQ(rsp_code(ipn(order)), "00");
    EXPECT_EQ(credits(token), 105);
}

TEST_F(ApiTest, OrderNobodyCanTellAboutGoesToReviewAfterAWeek) {
    const auto order = open_order(sign_up());
    int rounds = 0;
    for (; rounds < 20; ++rounds) {
        clock.advance(std::chrono::hours(24));
        const auto done = run_task(backend->reconcile_orders().run());
        if (done->asked == 0) break;
    }

    EXPECT_EQ(rounds, 8);  // Daily: the checks of the first day were missed.
    const auto found = run_task(storage.store->find_order(OrderId(order)));
    EXPECT_EQ(found->status, OrderStatus::Review);
}

TEST_F(ApiTest, RepeatedKeyYieldsTheSameAddressByteForByte) {
    const auto token = sign_up();
    const Call request{.method = Method::Post,
                       .target = "/user/pay-vnpay",
                       .body = R"({"planId":"basic"})",
                       .token = token,
                       .headers = {{"Idempotency-Key", "order-1"}}};

    const auto first = call(request);
    clock.advance(std::chrono::seconds(7));
    const auto second = call(request);

    EXPECT_EQ(first.status, 201U);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(get("/user/transactions", token).json().at("items").as_array().size(), 1U);
}

TEST_F(ApiTest, AnothersOrderIsAbsent) {
    const auto order = open_order(sign_up("an@example.vn"));
    const auto bo = sign_up("bo@example.vn");

    const auto answer = get("/user/transactions/" + order, bo);

    EXPECT_EQ(answer.status, 404U);
    EXPECT_EQ(answer.body, get("/user/transactions/NONE", bo).body);
}

}  // namespace imagify::testing
