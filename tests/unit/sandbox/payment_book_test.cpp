#include "sandbox/payment_book.hpp"

#include <gtest/gtest.h>

namespace imagify::sandbox {
namespace {

PayRequest request(const std::string& reference) {
    return {.reference = reference, .amount = Vnd{250'000}};
}

TEST(PaymentBook, RemembersTheLastThousand) {
    PaymentBook book;
    for (std::size_t i = 0; i <= PaymentBook::kMaxPayments; ++i) {
        book.open(request("R" + std::to_string(i)));
    }

    EXPECT_FALSE(book.find("R0").has_value());
    EXPECT_TRUE(book.find("R1").has_value());
    EXPECT_TRUE(book.find("R1000").has_value());
    EXPECT_EQ(book.latest(5000).size(), PaymentBook::kMaxPayments);
    EXPECT_EQ(book.latest(2).front().request.reference, "R1000");
}

TEST(PaymentBook, AFinishedPaymentKeepsItsOutcome) {
    PaymentBook book;
    const auto first = book.finish(request("R"), *find_card("ncb"), TimePoint{});
    const auto second = book.finish(request("R"), cancelled_payment(), TimePoint{});

    EXPECT_TRUE(first.is_new);
    EXPECT_FALSE(second.is_new);
    EXPECT_EQ(second.payment.card, find_card("ncb"));
    EXPECT_EQ(second.payment.transaction_number, first.payment.transaction_number);
}

TEST(PaymentBook, NumbersPaymentsThatReachedABankFromTheClock) {
    const TimePoint now = from_unix_ms(1'768'446'245'000);
    PaymentBook book;
    PaymentBook after_restart;

    EXPECT_EQ(book.finish(request("A"), *find_card("ncb"), now).payment.transaction_number,
              "1768446245000");
    EXPECT_EQ(book.finish(request("B"), *find_card("ncb"), now).payment.transaction_number,
              "1768446245001");
    EXPECT_EQ(book.finish(request("C"), *find_card("locked"), now).payment.transaction_number, "0");
    EXPECT_EQ(after_restart.finish(request("D"), *find_card("ncb"), now + std::chrono::seconds{1})
                  .payment.transaction_number,
              "1768446246000");
}

TEST(PaymentBook, KeepsTheLastCalls) {
    PaymentBook book;
    book.open(request("R"));
    for (std::size_t i = 0; i <= PaymentBook::kMaxCalls; ++i) {
        book.add_call("R", {.answer = std::to_string(i)}, false);
    }
    book.add_call("unknown", {}, true);

    const auto payment = *book.find("R");
    EXPECT_EQ(payment.calls.size(), PaymentBook::kMaxCalls);
    EXPECT_EQ(payment.calls.front().answer, "1");
    EXPECT_FALSE(payment.acknowledged);
}

TEST(PaymentBook, TakesARequestIdOnce) {
    PaymentBook book;

    EXPECT_TRUE(book.claim_request_id("Q"));
    EXPECT_FALSE(book.claim_request_id("Q"));
}

}  // namespace
}  // namespace imagify::sandbox
