#include "domain/order.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace imagify {

TEST(OrderTest, LatePaymentIsTakenButNotTwiceAndNotUnderReview) {
    EXPECT_TRUE(can_become_paid(OrderStatus::Pending));
    EXPECT_TRUE(can_become_paid(OrderStatus::Failed));
    EXPECT_TRUE(can_become_paid(OrderStatus::Expired));
    EXPECT_FALSE(can_become_paid(OrderStatus::Paid));
    EXPECT_TRUE(can_become_paid(OrderStatus::Review));
}

TEST(OrderTest, OnlyAPendingOrderIsUnsettled) {
    EXPECT_TRUE(is_unsettled(OrderStatus::Pending));
    for (const auto status :
         {OrderStatus::Paid, OrderStatus::Failed, OrderStatus::Expired, OrderStatus::Review}) {
        EXPECT_FALSE(is_unsettled(status)) << to_text(status);
    }
}

TEST(OrderTest, EveryStatusReadsBackFromItsText) {
    std::set<std::string_view> texts;
    for (const auto status : {OrderStatus::Pending, OrderStatus::Paid, OrderStatus::Failed,
                              OrderStatus::Expired, OrderStatus::Review}) {
        EXPECT_EQ(parse_order_status(to_text(status)), status);
        texts.insert(to_text(status));
    }
    EXPECT_EQ(texts,
              (std::set<std::string_view>{"pending", "paid", "failed", "expired", "review"}));
    EXPECT_FALSE(parse_order_status(""));
    EXPECT_FALSE(parse_order_status("PAID"));
    EXPECT_FALSE(parse_order_status("paid "));
}

TEST(OrderTest, EveryFailureReadsBackFromItsOwnText) {
    std::set<std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(PaymentFailure::Other); ++i) {
        const auto failure = static_cast<PaymentFailure>(i);
        EXPECT_EQ(parse_payment_failure(to_text(failure)), failure) << i;
        EXPECT_TRUE(texts.insert(to_text(failure)).second) << to_text(failure);
    }
    EXPECT_EQ(to_text(PaymentFailure::None), "");
    EXPECT_EQ(parse_payment_failure("no such word"), PaymentFailure::Other);
}

}  // namespace imagify
