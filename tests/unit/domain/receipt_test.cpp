#include "domain/receipt.hpp"

#include <gtest/gtest.h>

#include "domain/amount_in_words.hpp"
#include "domain/operator_act.hpp"
#include "domain/refund.hpp"

namespace imagify {
namespace {

std::string vi(std::int64_t amount) { return amount_in_words({amount}, Locale::Vietnamese); }
std::string en(std::int64_t amount) { return amount_in_words({amount}, Locale::English); }

}  // namespace

TEST(AmountInWordsTest, VietnameseFollowsTheRulesOfReadingNumbers) {
    EXPECT_EQ(vi(0), "Không đồng");
    EXPECT_EQ(vi(5), "Năm đồng");
    EXPECT_EQ(vi(10), "Mười đồng");
    EXPECT_EQ(vi(11), "Mười một đồng");
    EXPECT_EQ(vi(15), "Mười lăm đồng");
    EXPECT_EQ(vi(21), "Hai mươi mốt đồng");
    EXPECT_EQ(vi(25), "Hai mươi lăm đồng");
    EXPECT_EQ(vi(105), "Một trăm linh năm đồng");
    EXPECT_EQ(vi(111), "Một trăm mười một đồng");
    EXPECT_EQ(vi(250'000), "Hai trăm năm mươi nghìn đồng");
    EXPECT_EQ(vi(1'250'000), "Một triệu hai trăm năm mươi nghìn đồng");
    EXPECT_EQ(vi(6'250'000), "Sáu triệu hai trăm năm mươi nghìn đồng");
    EXPECT_EQ(vi(1'005'000), "Một triệu không trăm linh năm nghìn đồng");
    EXPECT_EQ(vi(1'000'000'021), "Một tỷ không trăm hai mươi mốt đồng");
    EXPECT_EQ(vi(999'999'999),
              "Chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi "
              "chín đồng");
}

TEST(AmountInWordsTest, EnglishIsPlain) {
    EXPECT_EQ(en(0), "Zero Vietnamese dong");
    EXPECT_EQ(en(19), "Nineteen Vietnamese dong");
    EXPECT_EQ(en(21), "Twenty-one Vietnamese dong");
    EXPECT_EQ(en(100), "One hundred Vietnamese dong");
    EXPECT_EQ(en(250'000), "Two hundred fifty thousand Vietnamese dong");
    EXPECT_EQ(en(1'250'000), "One million two hundred fifty thousand Vietnamese dong");
    EXPECT_EQ(en(999'999'999'999),
              "Nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred "
              "ninety-nine thousand nine hundred ninety-nine Vietnamese dong");
}

TEST(ReceiptTest, NumberCarriesTheDayInVietnam) {
    Order order;
    order.id = OrderId("01ARZ3NDEKTSV4RFFQ69G5FAV");
    order.paid_at = from_unix_ms(1'768'446'245'000);  // 2026-01-15T03:04:05Z
    EXPECT_EQ(receipt_number(order), "IMG-20260115-FFQ69G5FAV");

    order.paid_at = *order.paid_at + std::chrono::hours(14);  // 17:04 UTC: the next day there.
    EXPECT_EQ(receipt_number(order), "IMG-20260116-FFQ69G5FAV");
}

TEST(RefundAmountTest, IsTheShareOfTheCreditsRoundedDown) {
    Order order;
    order.credits = {3};
    order.amount = {10'000};

    EXPECT_EQ(refund_amount(order, {1}), Vnd{3'333});
    EXPECT_EQ(refund_amount(order, {2}), Vnd{6'666});
    EXPECT_EQ(refund_amount(order, {3}), Vnd{10'000});
    EXPECT_FALSE(refund_amount(order, {0}));
    EXPECT_FALSE(refund_amount(order, {-1}));
    EXPECT_FALSE(refund_amount(order, {4}));
    order.credits = {1'000'000};
    order.amount = {999'999'999};
    EXPECT_EQ(refund_amount(order, {999'999}), Vnd{999'998'999});
}

TEST(NoteTest, HasThreeToFiveHundredCodePoints) {
    EXPECT_EQ(note_problem(""), "required");
    EXPECT_EQ(note_problem("   "), "required");
    EXPECT_EQ(note_problem("ab"), "too_short");
    EXPECT_FALSE(note_problem("abc"));
    EXPECT_FALSE(note_problem("đã gọi\nngân hàng"));
    std::string longest;
    for (std::size_t i = 0; i < kNoteMaxCodePoints; ++i) longest += "ô";
    EXPECT_FALSE(note_problem(longest));
    EXPECT_EQ(note_problem(longest + "x"), "too_long");
    EXPECT_EQ(note_problem("a\tb\x01"), "invalid");
    EXPECT_EQ(note_problem("\xff\xfe\xfd"), "invalid");
}

}  // namespace imagify
