#include "adapters/vnpay/api_message.hpp"
#include "unit/sandbox/simulator_fixture.hpp"

namespace imagify::sandbox {
namespace {

using namespace std::chrono_literals;
using vnpay::ApiMessage;
using vnpay::to_api_body;

class SimulatedMerchantApiTest : public SimulatorTest {
protected:
    Fields ask(const std::string& body) {
        const auto response = post("/dev/vnpay/merchant_webapi/api/transaction", body);
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
        const auto answer = vnpay::parse_api_body(text(response));
        EXPECT_TRUE(answer.has_value());
        return answer.value_or(Fields{});
    }
    Fields ask(ApiMessage message, const Fields& request) {
        return ask(to_api_body(with_signature(message, request, kTestSecret)));
    }
    std::string next_request_id() { return "R" + std::to_string(++requests_); }
    Fields query_request() {
        return {{"vnp_RequestId", next_request_id()},
                {"vnp_Version", "2.1.0"},
                {"vnp_Command", "querydr"},
                {"vnp_TmnCode", vnpay::kTestTerminal},
                {"vnp_TxnRef", order_.id.text()},
                {"vnp_TransactionDate", vnpay::format_gateway_time(order_.created_at)},
                {"vnp_CreateDate", vnpay::format_gateway_time(clock_.now())},
                {"vnp_IpAddr", "127.0.0.1"},
                {"vnp_OrderInfo", "query"}};
    }
    Fields refund_request(const std::string& type, const std::string& amount) {
        auto request = query_request();
        request["vnp_Command"] = "refund";
        request["vnp_TransactionType"] = type;
        request["vnp_Amount"] = amount;
        request["vnp_CreateBy"] = "admin";
        return request;
    }
    Fields refund(const std::string& type, const std::string& amount) {
        return ask(ApiMessage::RefundRequest, refund_request(type, amount));
    }

private:
    int requests_ = 0;
};

TEST_F(SimulatedMerchantApiTest, TellsTheGatewayEveryStageOfAPayment) {
    EXPECT_EQ(run_task(gateway_.query(order_)).error().kind, ErrorKind::NotFound);

    get("/dev/vnpay/pay", pay_query());
    EXPECT_EQ(run_task(gateway_.query(order_))->state, PaymentState::Pending);

    pay_with("notice-lost");
    const auto paid = run_task(gateway_.query(order_));
    ASSERT_TRUE(paid.has_value());
    EXPECT_EQ(paid->state, PaymentState::Paid);
    EXPECT_EQ(paid->amount, order_.amount);
    EXPECT_FALSE(paid->gateway_transaction.empty());
}

TEST_F(SimulatedMerchantApiTest, TellsFailureFraudAndAnExpiredVisit) {
    pay_with("insufficient");
    EXPECT_EQ(run_task(gateway_.query(order_))->state, PaymentState::Failed);

    order_.id = OrderId{"T2"};
    pay_with("fraud");
    EXPECT_EQ(run_task(gateway_.query(order_))->failure, PaymentFailure::SuspectedFraud);

    order_.id = OrderId{"T3"};
    get("/dev/vnpay/pay", pay_query());
    clock_.advance(15min);
    EXPECT_EQ(run_task(gateway_.query(order_))->state, PaymentState::Failed);
}

TEST_F(SimulatedMerchantApiTest, ForgetsEverythingOnRestart) {
    pay_with("ncb");
    VnpaySimulator restarted{
        simulator_config(),
        {.http = notices_to_shop_, .clock = clock_, .random = random_, .spawn = [](auto) {}}};
    http::Request request;
    request.method = http::Method::Post;
    request.path = "/dev/vnpay/merchant_webapi/api/transaction";
    request.body =
        to_api_body(with_signature(ApiMessage::QueryRequest, query_request(), kTestSecret));

    const auto response = run_task(restarted.handle(std::move(request)));

    const auto answer = *vnpay::parse_api_body(text(response));
    EXPECT_EQ(answer.at("vnp_ResponseCode"), "91");
    EXPECT_TRUE(api_signature_matches(ApiMessage::QueryAnswer, answer, kTestSecret));
}

TEST_F(SimulatedMerchantApiTest, WantsTheDateOfThePayRequest) {
    pay_with("ncb");
    auto request = query_request();
    request["vnp_TransactionDate"] = "20200101000000";

    EXPECT_EQ(ask(ApiMessage::QueryRequest, request).at("vnp_ResponseCode"), "91");
}

TEST_F(SimulatedMerchantApiTest, TakesARequestIdOnce) {
    pay_with("ncb");
    const auto request = query_request();

    EXPECT_EQ(ask(ApiMessage::QueryRequest, request).at("vnp_ResponseCode"), "00");
    const auto again = ask(ApiMessage::QueryRequest, request);
    EXPECT_EQ(again.at("vnp_ResponseCode"), "94");
    EXPECT_TRUE(api_signature_matches(ApiMessage::QueryAnswer, again, kTestSecret));
}

TEST_F(SimulatedMerchantApiTest, AnswersStrangersUnsigned) {
    auto other_terminal = query_request();
    other_terminal["vnp_TmnCode"] = "OTHERTMN";
    auto badly_signed =
        with_signature(ApiMessage::QueryRequest, query_request(), Secret{"another"});
    const auto bad_checksum = ask(to_api_body(badly_signed));

    EXPECT_EQ(bad_checksum.at("vnp_ResponseCode"), "97");
    EXPECT_FALSE(bad_checksum.contains(vnpay::kSecureHash));
    EXPECT_EQ(ask(to_api_body(query_request())).at("vnp_ResponseCode"), "97");
    EXPECT_EQ(ask(ApiMessage::QueryRequest, other_terminal).at("vnp_ResponseCode"), "02");
    EXPECT_EQ(ask("not json").at("vnp_ResponseCode"), "03");
    EXPECT_EQ(ask("{}").at("vnp_ResponseCode"), "03");
}

TEST_F(SimulatedMerchantApiTest, RefundsInFullAndSettlesLater) {
    pay_with("ncb");

    const auto answer = refund("02", "25000000");

    EXPECT_TRUE(api_signature_matches(ApiMessage::RefundAnswer, answer, kTestSecret));
    EXPECT_EQ(answer.at("vnp_ResponseCode"), "00");
    EXPECT_EQ(answer.at("vnp_TransactionStatus"), "05");
    EXPECT_EQ(answer.at("vnp_TransactionType"), "02");
    EXPECT_EQ(answer.at("vnp_Amount"), "25000000");
    EXPECT_EQ(refund("02", "25000000").at("vnp_ResponseCode"), "94");
    clock_.advance(10s);
    const auto later = ask(ApiMessage::QueryRequest, query_request());
    EXPECT_EQ(later.at("vnp_TransactionType"), "02");
    EXPECT_EQ(later.at("vnp_TransactionStatus"), "00");
    // A refund is no proof of payment.
    EXPECT_EQ(run_task(gateway_.query(order_)).error().kind, ErrorKind::BadUpstream);
}

TEST_F(SimulatedMerchantApiTest, RefundsOnlyWhatWasPaid) {
    EXPECT_EQ(refund("02", "25000000").at("vnp_ResponseCode"), "91");
    get("/dev/vnpay/pay", pay_query());
    EXPECT_EQ(refund("02", "25000000").at("vnp_ResponseCode"), "95");
    pay_with("ncb");
    EXPECT_EQ(refund("02", "24999900").at("vnp_ResponseCode"), "93");
    EXPECT_EQ(refund("03", "25000000").at("vnp_ResponseCode"), "93");
    EXPECT_EQ(refund("03", "0").at("vnp_ResponseCode"), "93");
    EXPECT_EQ(refund("04", "100000").at("vnp_ResponseCode"), "03");
    EXPECT_EQ(refund("03", "100000").at("vnp_ResponseCode"), "00");
}

TEST_F(SimulatedMerchantApiTest, DoesNotRefundAFailedPayment) {
    pay_with("insufficient");

    EXPECT_EQ(refund("02", "25000000").at("vnp_ResponseCode"), "95");
}

}  // namespace
}  // namespace imagify::sandbox
