#include <gtest/gtest.h>

#include <thread>

#include "adapters/vnpay/signature.hpp"
#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

constexpr auto kPrompt = R"({"prompt":"ruộng bậc thang mùa lúa chín"})";
constexpr std::chrono::seconds kSettleLimit{10};

class CrashTest : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        server.start();
        const auto reply = server.ask("POST", "/auth/register", kPerson);
        ASSERT_TRUE(reply);
        ASSERT_EQ(reply->status, 201U) << reply->body;
        token = text_of(*reply, "token");
    }

    void TearDown() override { EXPECT_EQ(server.verify(), 0); }

    static std::string text_of(const Reply& reply, std::string_view name) {
        return std::string(boost::json::parse(reply.body).at(name).as_string());
    }

    std::int64_t balance(std::string_view name) {
        const auto reply = server.ask("GET", "/user/credits", {}, token);
        EXPECT_TRUE(reply);
        return reply ? boost::json::parse(reply->body).at(name).as_int64() : -1;
    }

    // Asks until the recovery, which runs beside the first requests, has resolved every hold.
    void wait_for_holds() {
        const auto limit = std::chrono::steady_clock::now() + kSettleLimit;
        while (balance("held") != 0 && std::chrono::steady_clock::now() < limit) {
        }
        EXPECT_EQ(balance("held"), 0);
    }

    std::int64_t pictures() {
        const auto reply = server.ask("GET", "/image?status=ready", {}, token);
        return static_cast<std::int64_t>(
            boost::json::parse(reply->body).at("items").as_array().size());
    }

    std::string open_order(const std::string& key = "order-1") {
        const auto reply = server.ask("POST", "/user/pay-vnpay", R"({"planId":"basic"})", token,
                                      "Idempotency-Key: " + key + "\r\n");
        return reply ? text_of(*reply, "transactionId") : "";
    }

    static std::string notice(const std::string& order) {
        return "/payment/vnpay-ipn?" +
               vnpay::signed_query(kCrashHashSecret, {{"vnp_Amount", "25000000"},
                                                      {"vnp_BankCode", "NCB"},
                                                      {"vnp_OrderInfo", "Imagify"},
                                                      {"vnp_ResponseCode", "00"},
                                                      {"vnp_TmnCode", kCrashTerminal},
                                                      {"vnp_TransactionNo", "14226112"},
                                                      {"vnp_TransactionStatus", "00"},
                                                      {"vnp_TxnRef", order}});
    }

    static constexpr auto kPerson = R"({"email":"an@example.vn","password":"a long pass phrase"})";
    ServerProcess server;
    std::string token;
};

using GenerationCrash = CrashTest;

TEST_P(GenerationCrash, LosesNoCreditAndLeavesNoHold) {
    server.arm(GetParam());
    EXPECT_FALSE(server.ask("POST", "/image/generate-image", kPrompt, token,
                            "Idempotency-Key: picture-1\r\n"));
    ASSERT_TRUE(server.was_killed());

    server.start();
    wait_for_holds();

    EXPECT_EQ(balance("credits") + pictures(), 5);
    const auto retry = server.ask("POST", "/image/generate-image", kPrompt, token,
                                  "Idempotency-Key: picture-1\r\n");
    ASSERT_TRUE(retry);
    // A retry finds what its first try became: the picture, or a failure that cost nothing.
    EXPECT_TRUE(retry->status == 200 || retry->status == 503) << retry->body;
    EXPECT_EQ(balance("credits") + pictures(), 5);
}

INSTANTIATE_TEST_SUITE_P(AtEachFailpoint, GenerationCrash,
                         ::testing::Values("sqlite.before_commit", "sqlite.after_commit",
                                           "generate.after_hold", "blob.synced", "blob.renamed",
                                           "paint.before_publish", "paint.before_capture"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '.', '_');
                             return name;
                         });

using NoticeCrash = CrashTest;

TEST_P(NoticeCrash, CreditsExactlyOnceAfterTheRetry) {
    const auto order = open_order();
    server.arm(GetParam());
    EXPECT_FALSE(server.ask("GET", notice(order)));
    ASSERT_TRUE(server.was_killed());

    server.start();
    const auto retry = server.ask("GET", notice(order));

    ASSERT_TRUE(retry);
    const auto code = text_of(*retry, "RspCode");
    EXPECT_EQ(code, std::string_view(GetParam()) == "sqlite.after_commit" ? "02" : "00");
    EXPECT_EQ(balance("credits"), 105);
}

TEST_P(NoticeCrash, OrderIsOpenedOnceAfterTheRetry) {
    server.arm(GetParam());
    EXPECT_EQ(open_order("order-2"), "");
    ASSERT_TRUE(server.was_killed());

    server.start();

    const auto first = open_order("order-2");
    EXPECT_EQ(first, open_order("order-2"));
    const auto orders = server.ask("GET", "/user/transactions", {}, token);
    EXPECT_EQ(boost::json::parse(orders->body).at("items").as_array().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(AroundTheCommit, NoticeCrash,
                         ::testing::Values("sqlite.before_commit", "sqlite.after_commit"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '.', '_');
                             return name;
                         });

using KillCrash = CrashTest;

TEST_F(KillCrash, AnswersSeenBeforeAKillStayTrue) {
    std::int64_t ready = 0;
    for (int round = 0; round < 4; ++round) {
        std::optional<Reply> reply;
        std::thread client([&] {
            reply = server.ask("POST", "/image/generate-image", kPrompt, token,
                               "Idempotency-Key: round-" + std::to_string(round) + "\r\n");
        });
        // Another moment in every round: after a few requests that take a while themselves.
        for (int i = 0; i < round * 20; ++i) server.ask("GET", "/user/credits", {}, token);
        server.kill_now();
        client.join();
        server.start();
        wait_for_holds();
        if (reply && reply->status == 200) ++ready;
        EXPECT_GE(pictures(), ready);
        EXPECT_EQ(balance("credits") + pictures(), 5);
    }
}

}  // namespace
}  // namespace imagify::testing
