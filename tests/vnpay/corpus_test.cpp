#include <gtest/gtest.h>

#include "base/log.hpp"
#include "vnpay/examiner.hpp"
#include "vnpay/genuine.hpp"
#include "vnpay/stages.hpp"
#include "vnpay/storm.hpp"

namespace imagify::testing {
namespace {

// A taste of what ./test vnpay does at length.
TEST(VnpayCorpusTest, NoForgeryIsBelievedAndNoGenuineMessageRefused) {
    set_log_level(LogLevel::Error);
    Merchant merchant;
    Examiner examiner(merchant);

    play_corpus({.cases = 5'000, .genuine = 40, .all_codes = false}, merchant, examiner);

    EXPECT_EQ(examiner.total().wrong(), 0U);
    EXPECT_THAT(examiner.failures(), ::testing::IsEmpty());
    EXPECT_EQ(merchant.credits(), examiner.expected_credits());
    EXPECT_EQ(merchant.broken_invariants(), "");
}

TEST(VnpayCorpusTest, StormOfNoticesCreditsEachOrderOnce) {
    set_log_level(LogLevel::Error);

    const auto report = raise_storm({.orders = 40});

    EXPECT_EQ(report.credited_orders, 40U);
    EXPECT_THAT(report.failures, ::testing::IsEmpty());
    EXPECT_EQ(report.replies.at("97"), report.forged);
}

TEST(VnpayCorpusTest, ExaminerReportsWhatIsNotAsItShouldBe) {
    Merchant merchant;
    Examiner examiner(merchant);
    const auto order = merchant.open_order();
    examiner.open_order(order);
    Dice dice(1);
    const auto subject = paid_notice(order.id.text(), order.amount.amount, dice);
    const auto query = second::notice(kOurSecret, subject.fields);

    examiner.show({"planted", Channel::Notice, Truth::Genuine, query + "0", ""}, order);
    EXPECT_EQ(examiner.total().genuine_refused, 1U);
    examiner.show({"planted", Channel::Return, Truth::Forged, query, ""}, order);
    EXPECT_EQ(examiner.total().forged_believed, 1U);
    examiner.show({"planted", Channel::Notice, Truth::Forged, query, ""}, order);
    EXPECT_EQ(examiner.total().forged_believed, 2U);
    EXPECT_EQ(examiner.total().changed_by_forgery, 1U);
    examiner.show({"planted", Channel::Notice, Truth::Unproven, query, "04"}, order);
    EXPECT_EQ(examiner.total().wrong_reply, 3U);
}

TEST(VnpayCorpusTest, WitnessSeesASingleWrite) {
    Merchant merchant;
    auto& witness = merchant.witness();
    const auto version = witness.version();
    const auto rows = witness.digest();

    merchant.take_notice("vnp_TxnRef=1");
    EXPECT_EQ(witness.version(), version);
    EXPECT_EQ(witness.digest(), rows);

    merchant.open_order();
    EXPECT_NE(witness.version(), version);
    EXPECT_NE(witness.digest(), rows);
}

}  // namespace
}  // namespace imagify::testing
