#include "adapters/vnpay/order_info.hpp"

#include <gtest/gtest.h>

#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {

TEST(OrderInfoTest, TellsWhoBoughtWhat) {
    const auto claim = parse_order_info(order_info(test_order()));

    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->user_id, test_order().user_id);
    EXPECT_EQ(claim->plan_id, "basic");
    EXPECT_EQ(claim->credits, Credits{100});
}

TEST(OrderInfoTest, TextThatIsNotOursClaimsNothing) {
    const std::string user = "u_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    for (const std::string& text : std::vector<std::string>{
             "", "Imagify", "Imagify 100 credits", " IMG1 ", " IMG1 " + user,
             " IMG1 " + user + " basic", " IMG1 " + user + " basic 0",
             " IMG1 " + user + " basic -5", " IMG1 " + user + " basic 1000001",
             " IMG1 " + user + " basic 99999999999999999999", " IMG1 " + user + " basic 100 more",
             " IMG1 " + user + " basic 1x", " IMG1 " + user + "  100",
             " IMG1 u_" + user + " basic 100", " IMG1 ../etc basic 100",
             "IMG1 " + user + " basic 100"}) {
        EXPECT_FALSE(parse_order_info(text)) << text;
    }
    EXPECT_TRUE(parse_order_info(" IMG1 " + user + " basic 1000000"));
}

TEST(OrderInfoTest, AccountWithoutAnIdOfOursIsLeftOut) {
    auto order = test_order();
    order.user_id = UserId("somebody");

    EXPECT_EQ(order_info(order), "Imagify 100 credits");
}

TEST(OrderInfoTest, IsNeverLongerThanVnpayTakes) {
    EXPECT_EQ(plain_text(std::string(255, 'x')).size(), 255U);
    EXPECT_EQ(plain_text(std::string(256, 'x')).size(), 255U);
}

}  // namespace imagify::vnpay
