#include "unit/vnpay/vectors.hpp"

#include <gtest/gtest.h>

#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/signature.hpp"
#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {
namespace {

class VectorTest : public ::testing::TestWithParam<Vector> {};
#define IMAGIFY_VECTORS(suite, list)                                             \
    INSTANTIATE_TEST_SUITE_P(Vectors, suite, ::testing::ValuesIn(vectors(list)), \
                             [](const auto& info) { return vector_name(info); })

class PayUrlVector : public VectorTest {};
IMAGIFY_VECTORS(PayUrlVector, "pay_urls");

TEST_P(PayUrlVector, GivesTheSameBytes) {
    const auto fields = GetParam().fields("fields");
    const std::string page = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?";

    EXPECT_EQ(canonical(fields), GetParam().text("hash_data"));
    EXPECT_EQ(sign(kTestSecret, canonical(fields)), GetParam().text("secure_hash"));
    EXPECT_EQ(page + signed_query(kTestSecret, fields), GetParam().text("expected_url"));
}

TEST_P(PayUrlVector, IsReadBackUnchanged) {
    auto expected = GetParam().fields("fields");
    std::erase_if(expected, [](const auto& field) { return field.second.empty(); });

    auto fields = parse_form(GetParam().text("hash_data"), kFieldPrefix);

    EXPECT_EQ(fields, expected);
}

TEST_P(PayUrlVector, AmountIsHundredths) {
    const Vnd amount{GetParam().data.at("amount_vnd").to_number<std::int64_t>()};
    const auto text = GetParam().fields("fields").at("vnp_Amount");

    EXPECT_EQ(format_amount(amount), text);
    EXPECT_EQ(parse_amount(text), amount);
}

class CallbackVector : public VectorTest {};
IMAGIFY_VECTORS(CallbackVector, "callbacks");

TEST_P(CallbackVector, IsBelievedOnlyWhenGenuine) {
    FakeHttpClient http;
    FakeClock clock;
    SeededRandom random;
    const VnpayGateway gateway{test_config(), http, clock, random};

    const auto notice = gateway.verify(GetParam().text("query"));

    ASSERT_EQ(notice.has_value(), GetParam().flag("expect_signature_valid"));
    if (!notice) {
        EXPECT_EQ(notice.error().kind, ErrorKind::Unauthenticated);
        EXPECT_EQ(notice.error().code, "payment.bad_signature");
        return;
    }
    EXPECT_EQ(notice->state == PaymentState::Paid, GetParam().flag("expect_paid"));
    EXPECT_EQ(notice->order_id.text(), kTestReference);
    EXPECT_EQ(notice->amount, Vnd{100'000});
}

/// The lists of the two merchant API calls differ in the message alone.
void expect_signature(const Vector& vector, ApiMessage message) {
    const auto fields = vector.fields("body");
    auto unsigned_fields = fields;
    unsigned_fields.erase(std::string(kSecureHash));

    EXPECT_EQ(pipe_data(message, fields), vector.text("hash_data"));
    EXPECT_EQ(with_signature(message, unsigned_fields, kTestSecret), fields);
    EXPECT_TRUE(api_signature_matches(message, fields, kTestSecret));
    EXPECT_FALSE(api_signature_matches(message, unsigned_fields, kTestSecret));
    EXPECT_FALSE(api_signature_matches(message, fields, Secret{"another"}));
    EXPECT_EQ(parse_api_body(to_api_body(fields)), fields);
}

class QueryRequestVector : public VectorTest {};
IMAGIFY_VECTORS(QueryRequestVector, "querydr_requests");
TEST_P(QueryRequestVector, SignsThePipeJoinedValues) {
    expect_signature(GetParam(), ApiMessage::QueryRequest);
}

class RefundRequestVector : public VectorTest {};
IMAGIFY_VECTORS(RefundRequestVector, "refund_requests");
TEST_P(RefundRequestVector, SignsThePipeJoinedValues) {
    expect_signature(GetParam(), ApiMessage::RefundRequest);
}

class QueryAnswerVector : public VectorTest {};
IMAGIFY_VECTORS(QueryAnswerVector, "querydr_responses");
TEST_P(QueryAnswerVector, SignsThePipeJoinedValues) {
    expect_signature(GetParam(), ApiMessage::QueryAnswer);
}

TEST_P(QueryAnswerVector, IsBelievedByTheGateway) {
    FakeHttpClient http;
    http.handler = [&](const OutboundRequest&) -> Result<OutboundAnswer> {
        return OutboundAnswer{.status = 200, .body = to_api_body(GetParam().fields("body"))};
    };
    FakeClock clock;
    SeededRandom random;
    VnpayGateway gateway{test_config(), http, clock, random};
    auto order = test_order();
    order.id = OrderId{kTestReference};

    const auto notice = run_task(gateway.query(order));

    if (GetParam().name == "not_found_91") {
        ASSERT_FALSE(notice.has_value());
        EXPECT_EQ(notice.error().kind, ErrorKind::NotFound);
        EXPECT_EQ(notice.error().code, "payment.not_found");
        return;
    }
    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Paid);
    EXPECT_EQ(notice->amount, Vnd{100'000});
    EXPECT_EQ(notice->gateway_transaction, "14226112");
    EXPECT_EQ(notice->bank_code, "NCB");
    EXPECT_EQ(notice->evidence, GetParam().text("hash_data"));
}

class RefundAnswerVector : public VectorTest {};
IMAGIFY_VECTORS(RefundAnswerVector, "refund_responses");
TEST_P(RefundAnswerVector, SignsThePipeJoinedValues) {
    expect_signature(GetParam(), ApiMessage::RefundAnswer);
}

TEST(ReplyVectors, AreOurAnswersInTheOrderOfTheChecks) {
    constexpr auto kOutcomes = std::to_array<NoticeOutcome>(
        {NoticeOutcome::BadSignature, NoticeOutcome::UnknownOrder, NoticeOutcome::AmountMismatch,
         NoticeOutcome::AlreadyRecorded, NoticeOutcome::Recorded, NoticeOutcome::Recorded,
         NoticeOutcome::Failure});
    const auto replies = vectors("ipn_replies");

    ASSERT_EQ(replies.size(), kOutcomes.size());
    for (std::size_t i = 0; i < replies.size(); ++i) {
        SCOPED_TRACE(replies[i].text("condition"));
        const auto reply = notice_reply(kOutcomes[i]);
        EXPECT_EQ(reply.content_type, "application/json");
        EXPECT_EQ(boost::json::parse(reply.body), replies[i].data.at("body"));
    }
}

TEST(EncoderVectors, WeEncodeAsJavaDoes) {
    const auto all = load_vectors();
    for (const auto& row : all.at("encoder_table").as_object()) {
        SCOPED_TRACE(std::string(row.key()));
        EXPECT_EQ(form_encode(row.key()), row.value().at("form").as_string());
        EXPECT_EQ(form_encode(row.key()), row.value().at("java").as_string());
    }
}

}  // namespace
}  // namespace imagify::vnpay
