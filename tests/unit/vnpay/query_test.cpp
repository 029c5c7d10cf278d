#include <gtest/gtest.h>

#include <array>

#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {
namespace {

class QueryTest : public ::testing::Test {
protected:
    QueryTest() {
        http_.handler = [this](const OutboundRequest&) -> Result<OutboundAnswer> {
            return OutboundAnswer{.status = status_, .body = body_};
        };
    }

    static Fields paid_answer() {
        return {{"vnp_ResponseId", "b8fdbc7a032349e7bdaf23432fe89db7"},
                {"vnp_Command", "querydr"},
                {"vnp_ResponseCode", "00"},
                {"vnp_Message", "QueryDR Success"},
                {"vnp_TmnCode", kTestTerminal},
                {"vnp_TxnRef", test_order().id.text()},
                {"vnp_Amount", "25000000"},
                {"vnp_BankCode", "NCB"},
                {"vnp_PayDate", "20260101000712"},
                {"vnp_TransactionNo", "14226112"},
                {"vnp_TransactionType", "01"},
                {"vnp_TransactionStatus", "00"},
                {"vnp_OrderInfo", "Imagify basic"}};
    }
    /// Signs the answer with `changes` made to it and asks.
    Result<PaymentNotice> ask(std::initializer_list<std::pair<const char*, const char*>> changes) {
        auto answer = paid_answer();
        for (const auto& [name, value] : changes) answer[name] = value;
        body_ = to_api_body(with_signature(ApiMessage::QueryAnswer, answer, kTestSecret));
        return run_task(gateway_.query(test_order()));
    }
    Result<PaymentNotice> ask_raw(std::string body) {
        body_ = std::move(body);
        return run_task(gateway_.query(test_order()));
    }

    FakeHttpClient http_;
    FakeClock clock_;
    SeededRandom random_;
    VnpayGateway gateway_{test_config(), http_, clock_, random_};
    unsigned status_ = 200;
    std::string body_;
};

TEST_F(QueryTest, AsksAsThePublishedRuleSays) {
    ASSERT_TRUE(ask({}).has_value());

    ASSERT_EQ(http_.sent.size(), 1U);
    const auto& request = http_.sent[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, test_config().api_url);
    EXPECT_EQ(request.deadline, clock_.steady_now() + std::chrono::seconds{10});
    EXPECT_EQ(request.body_limit_bytes, kMaxApiBodyBytes);
    const auto fields = parse_api_body(request.body);
    ASSERT_TRUE(fields.has_value());
    EXPECT_TRUE(api_signature_matches(ApiMessage::QueryRequest, *fields, kTestSecret));
    EXPECT_EQ(fields->at("vnp_TransactionDate"), "20260101000500");
    EXPECT_EQ(fields->at("vnp_CreateDate"), "20260115100405");
    EXPECT_EQ(fields->at("vnp_TxnRef"), test_order().id.text());
    EXPECT_EQ(fields->at("vnp_IpAddr"), "127.0.0.1");
    EXPECT_EQ(fields->at("vnp_OrderInfo"), "Truy van GD ma: T01ARZ3NDEKTSV4RRFFQ69G5FAV");
    EXPECT_FALSE(request.body.contains(kTestSecret.reveal()));
}

TEST_F(QueryTest, NamesEachRequestAnew) {
    ASSERT_TRUE(ask({}).has_value());
    ASSERT_TRUE(ask({}).has_value());

    const auto first = parse_api_body(http_.sent[0].body)->at("vnp_RequestId");
    EXPECT_NE(first, parse_api_body(http_.sent[1].body)->at("vnp_RequestId"));
    EXPECT_TRUE(is_ulid(first, "Q"));
    EXPECT_LE(first.size(), 32U);
}

TEST_F(QueryTest, TellsWhatTheGatewayKnows) {
    const auto paid = ask({});
    ASSERT_TRUE(paid.has_value());
    EXPECT_EQ(paid->state, PaymentState::Paid);
    EXPECT_EQ(paid->order_id, test_order().id);
    EXPECT_EQ(paid->amount, Vnd{250'000});
    EXPECT_EQ(paid->gateway_transaction, "14226112");
    EXPECT_EQ(paid->bank_code, "NCB");

    EXPECT_EQ(ask({{"vnp_TransactionStatus", "01"}})->state, PaymentState::Pending);
    EXPECT_EQ(ask({{"vnp_TransactionStatus", "02"}})->state, PaymentState::Failed);
    EXPECT_EQ(ask({{"vnp_TransactionStatus", "07"}})->failure, PaymentFailure::SuspectedFraud);
    EXPECT_EQ(ask({{"vnp_TransactionStatus", ""}})->state, PaymentState::Pending);
    EXPECT_EQ(ask({{"vnp_Amount", "1"}})->amount, Vnd{0});
}

TEST_F(QueryTest, TakesNumbersWhereTheirTextIsTheSame) {
    auto fields = with_signature(ApiMessage::QueryAnswer, paid_answer(), kTestSecret);
    auto body = to_api_body(fields);
    const std::string_view quoted = R"("25000000")";
    body.replace(body.find(quoted), quoted.size(), "25000000");

    const auto notice = ask_raw(body);

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->amount, Vnd{250'000});
}

TEST_F(QueryTest, AnUnsignedAnswerIsNotBelieved) {
    const auto notice = ask_raw(to_api_body(paid_answer()));
    ASSERT_FALSE(notice.has_value());
    EXPECT_EQ(notice.error().kind, ErrorKind::BadUpstream);

    const auto not_found = ask_raw(R"({"vnp_ResponseCode":"91","vnp_Message":"not found"})");
    ASSERT_FALSE(not_found.has_value());
    EXPECT_EQ(not_found.error().kind, ErrorKind::BadUpstream);
}

TEST_F(QueryTest, AnyChangedSignedValueIsNotBelieved) {
    const auto signed_answer = with_signature(ApiMessage::QueryAnswer, paid_answer(), kTestSecret);
    for (const auto& [name, value] : signed_answer) {
        auto tampered = signed_answer;
        auto& last = tampered[name].back();
        last = last == '1' ? '2' : '1';
        const auto notice = ask_raw(to_api_body(tampered));
        ASSERT_FALSE(notice.has_value()) << name;
        EXPECT_EQ(notice.error().kind, ErrorKind::BadUpstream) << name;
    }
    EXPECT_TRUE(ask_raw(to_api_body(signed_answer)).has_value());
}

TEST_F(QueryTest, AnswersAboutSomethingElseAreNotBelieved) {
    constexpr auto kChanges =
        std::to_array<std::pair<const char*, const char*>>({{"vnp_TxnRef", kTestReference},
                                                            {"vnp_TxnRef", ""},
                                                            {"vnp_TmnCode", "OTHERTMN"},
                                                            {"vnp_Command", "refund"},
                                                            {"vnp_TransactionType", "02"},
                                                            {"vnp_TransactionType", "03"},
                                                            {"vnp_TransactionType", ""}});
    for (const auto& change : kChanges) {
        const auto notice = ask({change});
        ASSERT_FALSE(notice.has_value()) << change.first << change.second;
        EXPECT_EQ(notice.error().kind, ErrorKind::BadUpstream);
    }
}

TEST_F(QueryTest, RefusalsOfTheGatewayAreNoVerdictOnThePayment) {
    const auto kind_of = [&](const char* code) {
        return ask({{"vnp_ResponseCode", code}}).error().kind;
    };

    EXPECT_EQ(kind_of("91"), ErrorKind::NotFound);
    EXPECT_EQ(kind_of("08"), ErrorKind::Unavailable);
    EXPECT_EQ(kind_of("94"), ErrorKind::Unavailable);
    for (const char* const code : {"02", "03", "97", "99", "", "0", "000"}) {
        EXPECT_EQ(kind_of(code), ErrorKind::BadUpstream) << code;
    }
}

TEST_F(QueryTest, ANotFoundAnswerAboutAnotherOrderIsNotBelieved) {
    const auto notice = ask({{"vnp_ResponseCode", "91"}, {"vnp_TxnRef", kTestReference}});

    ASSERT_FALSE(notice.has_value());
    EXPECT_EQ(notice.error().kind, ErrorKind::BadUpstream);
}

TEST_F(QueryTest, HttpStatusesAreNoAnswers) {
    for (const unsigned status : {500U, 502U, 503U, 504U, 429U}) {
        status_ = status;
        EXPECT_EQ(ask({}).error().kind, ErrorKind::Unavailable) << status;
    }
    for (const unsigned status : {201U, 204U, 301U, 302U, 400U, 401U, 403U, 404U}) {
        status_ = status;
        EXPECT_EQ(ask({}).error().kind, ErrorKind::BadUpstream) << status;
    }
}

TEST_F(QueryTest, BodiesThatAreNoJsonObjectAreBad) {
    for (const char* const body : {"", "<html></html>", "[]", "null", "{\"a\":1} x"}) {
        EXPECT_EQ(ask_raw(body).error().kind, ErrorKind::BadUpstream) << body;
    }
}

TEST_F(QueryTest, TransportErrorsKeepTheirKindWhenThePortKnowsIt) {
    const auto kind_after = [&](ErrorKind kind) {
        http_.handler = [kind](const OutboundRequest&) -> Result<OutboundAnswer> {
            return fail(kind, "upstream.x");
        };
        return run_task(gateway_.query(test_order())).error().kind;
    };

    EXPECT_EQ(kind_after(ErrorKind::Timeout), ErrorKind::Timeout);
    EXPECT_EQ(kind_after(ErrorKind::Unavailable), ErrorKind::Unavailable);
    EXPECT_EQ(kind_after(ErrorKind::BadUpstream), ErrorKind::BadUpstream);
    EXPECT_EQ(kind_after(ErrorKind::TooLarge), ErrorKind::BadUpstream);
}

TEST_F(QueryTest, AnAnswerSignedWithTheOldSecretCountsDuringAChange) {
    auto config = test_config();
    config.previous_hash_secret = config.hash_secret;
    config.hash_secret = Secret{"NEWSECRET"};
    VnpayGateway changing{config, http_, clock_, random_};
    body_ = to_api_body(with_signature(ApiMessage::QueryAnswer, paid_answer(), kTestSecret));

    EXPECT_TRUE(run_task(changing.query(test_order())).has_value());
}

}  // namespace
}  // namespace imagify::vnpay
