#include "transport/http/dto.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace imagify::http {
namespace {

const TimePoint kMoment = from_unix_ms(1'768'446'245'007);

std::string keys_of(const boost::json::object& document) {
    std::string keys;
    for (const auto& [key, value] : document) keys += std::string(key) + ' ';
    return keys;
}

}  // namespace

TEST(DtoTest, TimesAreRfc3339InUtcWithMilliseconds) {
    EXPECT_EQ(to_rfc3339(kMoment), "2026-01-15T03:04:05.007Z");
    EXPECT_EQ(to_rfc3339(from_unix_ms(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(from_unix_ms(-1)), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_rfc3339(from_unix_ms(1'709'164'799'999)), "2024-02-28T23:59:59.999Z");
    EXPECT_EQ(to_rfc3339(from_unix_ms(1'709'164'800'000)), "2024-02-29T00:00:00.000Z");
}

TEST(DtoTest, UserShowsNoSessionEpochAndNoBalance) {
    const auto document = user_json({.id = UserId("u_1"),
                                     .email = "an@example.vn",
                                     .name = "An",
                                     .credits = {5},
                                     .held = {0},
                                     .session_epoch = 3,
                                     .created_at = kMoment});

    EXPECT_EQ(keys_of(document),
              "id email emailVerified mfaEnabled giftPending name locale role createdAt ");
    EXPECT_EQ(document.at("locale"), "vi");
    EXPECT_EQ(document.at("role"), "user");
}

TEST(DtoTest, OrderShowsOnlyWhatThereIs) {
    Order order{.id = OrderId("o1"),
                .user_id = UserId("u_1"),
                .plan_id = "basic",
                .credits = {100},
                .amount = {250'000},
                .created_at = kMoment,
                .expires_at = kMoment,
                .client_address = "10.0.0.1"};

    EXPECT_EQ(keys_of(order_json(order, "")),
              "id planId credits amountVnd status createdAt expiresAt ");
    order.status = OrderStatus::Paid;
    order.paid_at = kMoment;
    order.bank_code = "NCB";
    order.gateway_transaction = "14226112";
    EXPECT_EQ(keys_of(order_json(order, "https://pay.example/x")),
              "id planId credits amountVnd status createdAt expiresAt paidAt paymentUrl bankCode "
              "vnpTransactionNo ");
    order.failure = PaymentFailure::WrongOtp;
    EXPECT_EQ(order_json(order, "").at("reason"), "wrong_otp");
}

TEST(DtoTest, PictureCostsNothingUntilItIsReady) {
    Generation generation{.id = GenerationId("g1"),
                          .user_id = UserId("u_1"),
                          .order = {.prompt = "chợ"},
                          .price = {1},
                          .requested_engine = "demo",
                          .lease = "p_secret",
                          .error = ""};

    auto document = image_json(generation);
    EXPECT_EQ(document.at("creditsUsed"), 0);
    EXPECT_FALSE(document.contains("imageUrl"));
    EXPECT_FALSE(boost::json::serialize(document).contains("p_secret"));

    generation.state = GenerationState::Ready;
    generation.picture = StoredPicture{.mime = "image/png",
                                       .width_px = 8,
                                       .height_px = 9,
                                       .sha256 = "ab",
                                       .color = "#102030",
                                       .engine = "clipdrop"};
    document = image_json(generation);
    EXPECT_EQ(document.at("creditsUsed"), 1);
    EXPECT_EQ(document.at("engine"), "clipdrop");
    EXPECT_EQ(document.at("imageUrl"), "/image/g1/file");
    EXPECT_EQ(document.at("thumbUrl"), "/image/g1/thumb");
}

TEST(DtoTest, PageEndsWithANullCursor) {
    const auto number = [](int item) { return boost::json::value(item); };

    EXPECT_EQ(
        boost::json::serialize(page_json(Page<int>{.items = {1, 2}, .next_cursor = {}}, number)),
        R"({"items":[1,2],"nextCursor":null})");
    EXPECT_EQ(boost::json::serialize(page_json(Page<int>{.items = {}, .next_cursor = "c"}, number)),
              R"({"items":[],"nextCursor":"c"})");
}

TEST(DtoTest, PrivateAnswersAreNeverStored) {
    EXPECT_EQ(private_json(200, {}).headers.get("Cache-Control"), "no-store");
    EXPECT_EQ(json_response(200, {}).headers.count("Cache-Control"), 0U);
    EXPECT_EQ(json_response(201, {}).headers.get("Content-Type"), "application/json");
    EXPECT_EQ(json_response(201, {}).status, 201U);
}

}  // namespace imagify::http
