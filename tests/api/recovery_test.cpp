#include "api/api_fixture.hpp"

namespace imagify::testing {

/// A restored backup that does not know an order, and what VNPAY signed about it.
class RecoveryTest : public ApiTest {
protected:
    /// Serves from now on with or without recovery mode.
    void serve(bool recovery) {
        config.recovery = recovery;
        backend =
            std::make_unique<Backend>(Backend::Parts{.config = config,
                                                     .machinery = {clock, random, worker, worker},
                                                     .storage = storage,
                                                     .gateway = *gateway,
                                                     .painters = {&painter},
                                                     .hasher = *hasher,
                                                     .jwt_secret = Secret(std::string(32, 's'))});
        router = {};
        backend->add_routes_to(router);
        api = std::make_unique<http::Api>(http::Api::Parts{.authenticate = backend->authenticate(),
                                                           .router = router,
                                                           .limits = backend->limits(),
                                                           .web = {},
                                                           .sandbox = {}});
    }
    std::string reply(const std::string& order, const std::map<std::string, std::string>& changes) {
        return ipn(order, changes).text("RspCode");
    }
    std::string info(const std::string& user, const std::string& credits = "100") {
        return "Imagify " + credits + " credits IMG1 " + user + " basic " + credits;
    }
    /// A reference as this program makes them, which the store does not know.
    std::string lost_order() { return new_ulid("", clock, random); }
};

TEST_F(RecoveryTest, LostOrderIsMadeAgainFromItsSignedNotice) {
    const auto token = sign_up();
    const auto user = get("/user/me", token).text("id");
    const auto order = lost_order();
    serve(false);
    EXPECT_EQ(reply(order, {{"vnp_OrderInfo", info(user)}}), "01");  // VNPAY will call again.
    EXPECT_EQ(credits(token), 5);

    serve(true);
    EXPECT_EQ(reply(order, {{"vnp_OrderInfo", info(user)}}), "00");
    EXPECT_EQ(reply(order, {{"vnp_OrderInfo", info(user)}}), "02");

    EXPECT_EQ(credits(token), 105);
    EXPECT_EQ(get("/user/transactions/" + order, token).text("status"), "paid");
}

TEST_F(RecoveryTest, WhatTheCustomerSawIsWhatComesBack) {
    const auto token = sign_up();
    const auto order = open_order(token);
    const auto shown = get("/user/transactions/" + order, token);
    const auto pay_url = shown.text("paymentUrl");
    const auto start = pay_url.find("vnp_OrderInfo=") + 14;
    auto sent = pay_url.substr(start, pay_url.find('&', start) - start);
    std::ranges::replace(sent, '+', ' ');

    EXPECT_EQ(sent, info(get("/user/me", token).text("id")));
    EXPECT_EQ(shown.text("createdAt"), "2026-01-15T03:04:05.000Z");
}

TEST_F(RecoveryTest, MessagesThatClaimNothingOfOursMakeNoOrder) {
    const auto token = sign_up();
    const auto user = get("/user/me", token).text("id");
    serve(true);

    EXPECT_EQ(reply(lost_order(), {{"vnp_OrderInfo", "Imagify 100 credits"}}), "01");
    EXPECT_EQ(reply("INV20260115", {{"vnp_OrderInfo", info(user)}}), "01");
    EXPECT_EQ(reply(lost_order(), {{"vnp_OrderInfo", info("u_01ARZ3NDEKTSV4RRFFQ69G5FAV")}}), "01");
    EXPECT_EQ(reply(lost_order(), {{"vnp_OrderInfo", info(user)}, {"vnp_Amount", "100"}}), "01");
    EXPECT_EQ(reply(lost_order(), {{"vnp_OrderInfo", info(user)},
                                   {"vnp_ResponseCode", "24"},
                                   {"vnp_TransactionStatus", "02"}}),
              "01");

    EXPECT_EQ(credits(token), 5);
}

TEST_F(RecoveryTest, ForgedNoticeMakesNoOrder) {
    const auto token = sign_up();
    const auto user = get("/user/me", token).text("id");
    serve(true);
    auto forged = notice(lost_order(), {{"vnp_OrderInfo", info(user)}});
    forged.replace(forged.find("IMG1"), 4, "IMG2");

    EXPECT_EQ(get("/payment/vnpay-ipn?" + forged).text("RspCode"), "97");
    EXPECT_EQ(credits(token), 5);
}

}  // namespace imagify::testing
