#include "adapters/vnpay/codes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace imagify::vnpay {
namespace {

constexpr Verdict kNoVerdict{PaymentState::Pending, PaymentFailure::None};

Verdict failed(PaymentFailure failure) { return {PaymentState::Failed, failure}; }
Verdict review(PaymentFailure failure) { return {PaymentState::Review, failure}; }

std::string two_digits(int code) {
    return {static_cast<char>('0' + code / 10), static_cast<char>('0' + code % 10)};
}

TEST(Codes, OnlyTwiceSuccessIsPaid) {
    for (int response = 0; response < 100; ++response) {
        for (int status = 0; status < 100; ++status) {
            const auto verdict = normalize(two_digits(response), two_digits(status));
            EXPECT_EQ(verdict.state == PaymentState::Paid, response == 0 && status == 0)
                << response << "/" << status;
        }
        EXPECT_NE(normalize(two_digits(response), "").state, PaymentState::Paid);
        EXPECT_NE(normalize("", two_digits(response)).state, PaymentState::Paid);
    }
    EXPECT_NE(normalize("", "").state, PaymentState::Paid);
    EXPECT_NE(normalize("0", "00").state, PaymentState::Paid);
    EXPECT_NE(normalize("000", "00").state, PaymentState::Paid);
}

TEST(Codes, ReasonsOfAFailureBecomeOurs) {
    EXPECT_EQ(normalize("24", "02"), failed(PaymentFailure::Cancelled));
    EXPECT_EQ(normalize("11", "02"), failed(PaymentFailure::Timeout));
    EXPECT_EQ(normalize("51", "02"), failed(PaymentFailure::InsufficientFunds));
    EXPECT_EQ(normalize("65", "02"), failed(PaymentFailure::LimitExceeded));
    EXPECT_EQ(normalize("75", "02"), failed(PaymentFailure::BankMaintenance));
    EXPECT_EQ(normalize("12", "02"), failed(PaymentFailure::CardLocked));
    EXPECT_EQ(normalize("09", "02"), failed(PaymentFailure::NotRegistered));
    EXPECT_EQ(normalize("13", "02"), failed(PaymentFailure::WrongOtp));
    EXPECT_EQ(normalize("10", "02"), failed(PaymentFailure::TooManyAttempts));
    EXPECT_EQ(normalize("79", "02"), failed(PaymentFailure::TooManyAttempts));
    EXPECT_EQ(normalize("99", "02"), failed(PaymentFailure::Other));
    EXPECT_EQ(normalize("42", "02"), failed(PaymentFailure::Other));
    EXPECT_EQ(normalize("", "02"), failed(PaymentFailure::Other));
    EXPECT_EQ(normalize("99", "08"), failed(PaymentFailure::Timeout));
    EXPECT_EQ(normalize("99", "11"), failed(PaymentFailure::Cancelled));
}

TEST(Codes, SuspectedFraudIsHeldWhicheverCodeSaysIt) {
    for (const std::string_view other : {"00", "01", "02", "07", "99", ""}) {
        EXPECT_EQ(normalize("07", other), review(PaymentFailure::SuspectedFraud)) << other;
        EXPECT_EQ(normalize(other, "07"), review(PaymentFailure::SuspectedFraud)) << other;
    }
}

TEST(Codes, MoneyThatMovedOtherwiseIsForAPerson) {
    EXPECT_EQ(normalize("00", "04"), review(PaymentFailure::Reversed));
    EXPECT_EQ(normalize("99", "04"), review(PaymentFailure::Reversed));
    EXPECT_EQ(normalize("00", "05"), review(PaymentFailure::Reversed));
    EXPECT_EQ(normalize("00", "06"), review(PaymentFailure::Reversed));
    EXPECT_EQ(normalize("00", "09"), review(PaymentFailure::Other));
    EXPECT_EQ(normalize("00", "10"), review(PaymentFailure::Other));
    EXPECT_EQ(normalize("00", "20"), review(PaymentFailure::Other));
}

TEST(Codes, NoVerdictStaysPending) {
    EXPECT_EQ(normalize("00", "01"), kNoVerdict);
    EXPECT_EQ(normalize("24", "01"), kNoVerdict);
    EXPECT_EQ(normalize("00", "02"), kNoVerdict);
    EXPECT_EQ(normalize("24", "00"), kNoVerdict);
    EXPECT_EQ(normalize("00", ""), kNoVerdict);
    EXPECT_EQ(normalize("", "00"), kNoVerdict);
    EXPECT_EQ(normalize("51", "33"), kNoVerdict);
}

TEST(Codes, StatusOfAQueryStandsAlone) {
    EXPECT_EQ(normalize_status("00"), (Verdict{PaymentState::Paid, PaymentFailure::None}));
    EXPECT_EQ(normalize_status("02"), failed(PaymentFailure::Other));
    EXPECT_EQ(normalize_status("01"), kNoVerdict);
    EXPECT_EQ(normalize_status("07"), review(PaymentFailure::SuspectedFraud));
    EXPECT_EQ(normalize_status(""), kNoVerdict);
}

TEST(Amount, IsWholeDongWithoutLeadingZero) {
    EXPECT_EQ(parse_amount("100"), Vnd{1});
    EXPECT_EQ(parse_amount("25000000"), Vnd{250'000});
    EXPECT_EQ(parse_amount("999999999900"), Vnd{9'999'999'999});
    EXPECT_EQ(format_amount(Vnd{250'000}), "25000000");
}

TEST(Amount, OfAnyOtherFormMatchesNoOrder) {
    for (const std::string_view text :
         {"", "0", "00", "-100", "+100", "0100", "150", "1", "100.00", "1e4", " 100", "100 ",
          "1000000000000", "99999999999999999999", "NaN", "0x100", "10,000"}) {
        EXPECT_EQ(parse_amount(text), Vnd{0}) << text;
    }
}

TEST(TransactionNumber, ZeroIsNone) {
    EXPECT_EQ(parse_transaction_number("14226112"), "14226112");
    EXPECT_EQ(parse_transaction_number("0"), "");
    EXPECT_EQ(parse_transaction_number(""), "");
}

TEST(Reply, IsExactlyWhatVnpayReads) {
    EXPECT_EQ(notice_reply(NoticeOutcome::Recorded).body,
              R"({"RspCode":"00","Message":"Confirm Success"})");
}

}  // namespace
}  // namespace imagify::vnpay
