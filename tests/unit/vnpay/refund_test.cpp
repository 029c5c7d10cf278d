#include <gtest/gtest.h>

#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {
namespace {

using Changes = std::initializer_list<std::pair<const char*, const char*>>;

class RefundTest : public ::testing::Test {
protected:
    RefundTest() {
        order_.gateway_transaction = "14226112";
        http_.handler = [this](const OutboundRequest&) -> Result<OutboundAnswer> {
            return OutboundAnswer{.status = 200, .body = body_};
        };
    }

    Fields answer(const char* command) const {
        return {{"vnp_ResponseId", "b8fdbc7a"},      {"vnp_Command", command},
                {"vnp_ResponseCode", "00"},          {"vnp_Message", "ok"},
                {"vnp_TmnCode", kTestTerminal},      {"vnp_TxnRef", order_.id.text()},
                {"vnp_Amount", "10000000"},          {"vnp_BankCode", "NCB"},
                {"vnp_PayDate", "20260101000712"},   {"vnp_TransactionNo", "14226113"},
                {"vnp_TransactionType", "03"},       {"vnp_TransactionStatus", "05"},
                {"vnp_OrderInfo", "Hoan tien GD ma"}};
    }
    Result<RefundNotice> refund(Changes changes = {}) {
        auto fields = answer("refund");
        for (const auto& [name, value] : changes) fields[name] = value;
        body_ = to_api_body(with_signature(ApiMessage::RefundAnswer, fields, kTestSecret));
        return run_task(gateway_.refund(order_, refund_));
    }
    Result<RefundNotice> query(Changes changes = {}) {
        auto fields = answer("querydr");
        for (const auto& [name, value] : changes) fields[name] = value;
        body_ = to_api_body(with_signature(ApiMessage::QueryAnswer, fields, kTestSecret));
        return run_task(gateway_.query_refund(order_, refund_));
    }

    FakeHttpClient http_;
    FakeClock clock_;
    SeededRandom random_;
    VnpayGateway gateway_{test_config(), http_, clock_, random_};
    Order order_ = test_order();
    Refund refund_{.id = RefundId("R01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                   .order_id = order_.id,
                   .user_id = order_.user_id,
                   .credits = {40},
                   .amount = {100'000},
                   .actor = "u_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                   .created_at = clock_.now()};
    std::string body_;
};

}  // namespace

TEST_F(RefundTest, IsAskedForAsThePublishedRuleSays) {
    ASSERT_TRUE(refund());

    ASSERT_EQ(http_.sent.size(), 1U);
    const auto fields = parse_api_body(http_.sent[0].body);
    ASSERT_TRUE(fields);
    EXPECT_TRUE(api_signature_matches(ApiMessage::RefundRequest, *fields, kTestSecret));
    EXPECT_EQ(fields->at("vnp_Command"), "refund");
    EXPECT_EQ(fields->at("vnp_RequestId"), refund_.id.text());
    EXPECT_LE(fields->at("vnp_RequestId").size(), 32U);
    EXPECT_EQ(fields->at("vnp_TransactionType"), "03");
    EXPECT_EQ(fields->at("vnp_Amount"), "10000000");
    EXPECT_EQ(fields->at("vnp_TransactionNo"), "14226112");
    EXPECT_EQ(fields->at("vnp_TransactionDate"), "20260101000500");
    EXPECT_EQ(fields->at("vnp_CreateBy"), "u_01ARZ3NDEKTSV4RRFFQ69G5FAV");
    EXPECT_FALSE(http_.sent[0].body.contains(kTestSecret.reveal()));
}

TEST_F(RefundTest, OfTheWholeAmountIsAFullRefund) {
    refund_.amount = order_.amount;
    ASSERT_TRUE(refund());

    EXPECT_EQ(parse_api_body(http_.sent[0].body)->at("vnp_TransactionType"), "02");
}

TEST_F(RefundTest, AcceptedOrRepeatedIsOnItsWayAndNotDone) {
    EXPECT_EQ(refund()->progress, RefundProgress::Moving);
    EXPECT_EQ(refund({{"vnp_TransactionStatus", "00"}})->progress, RefundProgress::Moving);
    EXPECT_EQ(refund({{"vnp_ResponseCode", "94"}})->progress, RefundProgress::Moving);
}

TEST_F(RefundTest, SignedRefusalIsFinal) {
    for (const char* const code : {"02", "03", "16", "91", "93", "95", "97"}) {
        const auto notice = refund({{"vnp_ResponseCode", code}});
        ASSERT_TRUE(notice) << code;
        EXPECT_EQ(notice->progress, RefundProgress::Rejected) << code;
        EXPECT_EQ(notice->reason, code);
    }
}

TEST_F(RefundTest, OtherCodesLeaveTheOutcomeUnknown) {
    for (const char* const code : {"08", "99", "", "1", "77"}) {
        EXPECT_FALSE(refund({{"vnp_ResponseCode", code}})) << code;
    }
}

TEST_F(RefundTest, UnsignedOrForeignAnswersAreNotBelieved) {
    auto unsigned_refusal = answer("refund");
    unsigned_refusal["vnp_ResponseCode"] = "95";
    body_ = to_api_body(unsigned_refusal);
    EXPECT_EQ(run_task(gateway_.refund(order_, refund_)).error().kind, ErrorKind::BadUpstream);

    EXPECT_FALSE(refund({{"vnp_TxnRef", "ANOTHER"}}));
    EXPECT_FALSE(refund({{"vnp_TmnCode", "OTHERTMN"}}));
    EXPECT_FALSE(refund({{"vnp_Command", "querydr"}}));
    // The signature of a query answer does not fit a refund answer.
    body_ = to_api_body(with_signature(ApiMessage::QueryAnswer, answer("refund"), kTestSecret));
    EXPECT_FALSE(run_task(gateway_.refund(order_, refund_)));
}

TEST_F(RefundTest, QueryTellsHowFarItIs) {
    EXPECT_EQ(query({{"vnp_TransactionStatus", "00"}})->progress, RefundProgress::Done);
    EXPECT_EQ(query({{"vnp_TransactionStatus", "05"}})->progress, RefundProgress::Moving);
    EXPECT_EQ(query({{"vnp_TransactionStatus", "06"}})->progress, RefundProgress::Moving);
    EXPECT_EQ(query({{"vnp_TransactionStatus", "09"}})->progress, RefundProgress::Rejected);
    EXPECT_EQ(query({{"vnp_TransactionType", "02"}, {"vnp_TransactionStatus", "00"}})->progress,
              RefundProgress::Done);
}

TEST_F(RefundTest, PaymentWithoutARefundIsAbsent) {
    const auto absent = query({{"vnp_TransactionType", "01"},
                               {"vnp_TransactionStatus", "00"},
                               {"vnp_Amount", "25000000"}});
    const auto marked = query({{"vnp_TransactionType", "01"},
                               {"vnp_TransactionStatus", "05"},
                               {"vnp_Amount", "25000000"}});

    EXPECT_EQ(absent->progress, RefundProgress::Absent);
    EXPECT_EQ(marked->progress, RefundProgress::Moving);
}

TEST_F(RefundTest, QueryOfAnotherAmountOrUnknownPaymentIsNoVerdict) {
    EXPECT_EQ(query({{"vnp_Amount", "25000000"}, {"vnp_TransactionStatus", "00"}}).error().kind,
              ErrorKind::BadUpstream);
    EXPECT_EQ(query({{"vnp_ResponseCode", "91"}}).error().kind, ErrorKind::NotFound);
    body_ = to_api_body(answer("querydr"));
    EXPECT_EQ(run_task(gateway_.query_refund(order_, refund_)).error().kind,
              ErrorKind::BadUpstream);
}

TEST_F(RefundTest, MayBeSentAgainOnTheSameDayInVietnam) {
    // 2026-01-15T03:04:05Z is 10:04 in Vietnam.
    EXPECT_TRUE(gateway_.may_send_again(refund_));
    clock_.advance(std::chrono::hours(13) + std::chrono::minutes(55));
    EXPECT_TRUE(gateway_.may_send_again(refund_));
    clock_.advance(std::chrono::minutes(1));
    EXPECT_FALSE(gateway_.may_send_again(refund_));
}

}  // namespace imagify::vnpay
