#include "api/admin_fixture.hpp"

namespace imagify::testing {

TEST_F(AdminTest, RoutesOfOperatorsAreForOperatorsOnly) {
    int routes = 0;
    for (const auto& route : router.routes()) {
        if (!route.pattern.starts_with("/admin")) continue;
        ++routes;
        EXPECT_EQ(route.access, http::Access::Admin) << route.pattern;
        std::string target(route.pattern);
        if (const auto id = target.find("{id}"); id != std::string::npos)
            target.replace(id, 4, "1");
        const auto refused = call({.method = route.method,
                                   .target = target,
                                   .body = R"({"note":"let me"})",
                                   .token = customer});
        EXPECT_EQ(refused.status, 403U) << target;
        EXPECT_EQ(refused.text("code"), "auth.admin_required") << target;
        EXPECT_EQ(call({.method = route.method, .target = target}).status, 401U) << target;
    }
    EXPECT_EQ(routes, 13);
}

TEST_F(AdminTest, RoleThatWasTakenWorksNoMore) {
    EXPECT_EQ(get("/admin/summary", operator_token).status, 200U);
    ASSERT_TRUE(run_task(storage.store->set_role(*Email::parse("boss@example.vn"), Role::User,
                                                 {"command", "left us", clock.now()})));

    EXPECT_EQ(get("/admin/summary", operator_token).status, 403U);
}

TEST_F(AdminTest, GrantNeedsANoteAndIsMadeOncePerKey) {
    const auto target = "/admin/users/" + customer_id + "/grants";
    const Call grant{.method = http::Method::Post,
                     .target = target,
                     .body = R"({"credits":20,"note":"sorry for Monday"})",
                     .token = operator_token,
                     .headers = {{"Idempotency-Key", "g-1"}}};

    const auto first = call(grant);
    const auto second = call(grant);

    EXPECT_EQ(first.status, 201U) << first.body;
    EXPECT_EQ(second.text("code"), "ledger.repeated");
    EXPECT_EQ(credits(customer), 25);
    for (const auto* body :
         {R"({"credits":20})", R"({"credits":20,"note":"  "})", R"({"credits":0,"note":"because"})",
          R"({"note":"because"})", R"({"credits":1000001,"note":"because"})",
          R"({"credits":"20","note":"because"})"}) {
        EXPECT_EQ(post(target, body, operator_token).status, 422U) << body;
    }
    EXPECT_EQ(
        post("/admin/users/u_none/grants", R"({"credits":1,"note":"because"})", operator_token)
            .text("code"),
        "account.not_found");
    EXPECT_EQ(credits(customer), 25);
    const auto audit = get("/admin/audit", operator_token).json().at("items").as_array();
    ASSERT_EQ(audit.size(), 2U);  // The grant, and the role that was given at the start.
    EXPECT_EQ(audit[0].at("action").as_string(), "grant");
    EXPECT_EQ(audit[0].at("detail").as_string(), "+20 credits");
    EXPECT_EQ(audit[0].at("note").as_string(), "sorry for Monday");
}

TEST_F(AdminTest, SuspectedFraudIsSettledByAPerson) {
    const auto order = open_order(customer);
    ipn(order, {{"vnp_ResponseCode", "07"}, {"vnp_TransactionStatus", "07"}});
    EXPECT_EQ(credits(customer), 5);
    const auto cases = get("/admin/reviews?open=true", operator_token).json().at("items");
    ASSERT_EQ(cases.as_array().size(), 1U);
    const std::string id(cases.as_array()[0].at("id").as_string());
    const auto target = "/admin/reviews/" + id + "/settle";

    EXPECT_EQ(
        post(target, R"({"action":"dismiss","note":"whatever"})", operator_token).text("code"),
        "review.needs_decision");
    EXPECT_EQ(post(target, R"({"action":"burn","note":"whatever"})", operator_token).status, 422U);
    const auto settled =
        post(target, R"({"action":"approve","note":"cleared by phone"})", operator_token);
    const auto again = post(target, R"({"action":"reject","note":"no wait"})", operator_token);

    EXPECT_EQ(settled.status, 200U) << settled.body;
    EXPECT_EQ(settled.text("resolution"), "approve");
    EXPECT_EQ(again.text("code"), "review.settled");
    EXPECT_EQ(credits(customer), 105);
    EXPECT_EQ(
        post("/admin/reviews/x/settle", R"({"action":"dismiss","note":"whatever"})", operator_token)
            .status,
        404U);
}

TEST_F(AdminTest, OrderIsShownWithItsMessagesAndCases) {
    const auto order = paid_order();
    ipn(order, {{"vnp_TransactionNo", "999"}});

    const auto shown = get("/admin/orders/" + order, operator_token).json();

    EXPECT_EQ(shown.at("order").at("email").as_string(), "an@example.vn");
    ASSERT_EQ(shown.at("notices").as_array().size(), 1U);
    ASSERT_EQ(shown.at("reviews").as_array().size(), 1U);
    EXPECT_EQ(shown.at("reviews").as_array()[0].at("reason").as_string(), "paid_twice");
    EXPECT_EQ(get("/admin/orders/none", operator_token).text("code"), "order.not_found");
}

TEST_F(AdminTest, CheckAsksTheGatewayNow) {
    const auto order = open_order(customer);
    const auto target = "/admin/orders/" + order + "/check";
    EXPECT_EQ(post(target, "", operator_token).text("code"), "payment.no_answer");
    http_client.answers.push_back(query_answer(order));

    const auto checked = post(target, "", operator_token);

    EXPECT_EQ(order_text(checked, "status"), "paid");
    EXPECT_EQ(credits(customer), 105);
}

TEST_F(AdminTest, ListsArePagedAndFiltered) {
    const auto pending = open_order(customer);
    clock.advance(std::chrono::milliseconds(1));  // Ids of one moment sort by chance.
    paid_order();

    const auto first = get("/admin/orders?limit=1", operator_token).json();
    ASSERT_EQ(first.at("items").as_array().size(), 1U);
    const std::string cursor(first.at("nextCursor").as_string());
    const auto second = get("/admin/orders?limit=1&cursor=" + cursor, operator_token).json();
    EXPECT_EQ(second.at("items").as_array()[0].at("id").as_string(), pending);
    const auto filtered = get("/admin/orders?status=pending", operator_token).json();
    EXPECT_EQ(filtered.at("items").as_array().size(), 1U);
    EXPECT_EQ(get("/admin/orders?status=odd", operator_token).status, 422U);
    EXPECT_EQ(get("/admin/reviews?open=maybe", operator_token).status, 422U);
    EXPECT_EQ(get("/admin/orders?limit=101", operator_token).status, 422U);
    const auto found = get("/admin/users?q=boss", operator_token).json();
    ASSERT_EQ(found.at("items").as_array().size(), 1U);
    EXPECT_EQ(found.at("items").as_array()[0].at("role").as_string(), "admin");
    EXPECT_EQ(get("/admin/users/" + customer_id, operator_token).number("credits"), 105);
    EXPECT_EQ(get("/admin/users/" + customer_id + "/ledger", operator_token)
                  .json()
                  .at("items")
                  .as_array()
                  .size(),
              2U);
}

TEST_F(AdminTest, SummaryAddsUp) {
    paid_order();

    const auto summary = get("/admin/summary", operator_token);

    EXPECT_EQ(summary.number("accounts"), 2);
    EXPECT_EQ(summary.number("paidOrders"), 1);
    EXPECT_EQ(summary.number("revenueVnd"), 250'000);
    EXPECT_EQ(summary.number("creditsOutstanding"), 110);
}

}  // namespace imagify::testing
