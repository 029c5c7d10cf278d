#include "api/admin_fixture.hpp"

#include "adapters/vnpay/api_message.hpp"

namespace imagify::testing {

AdminTest::AdminTest() : customer(sign_up()), operator_token(sign_up("boss@example.vn")) {
    customer_id = get("/user/me", customer).text("id");
    EXPECT_TRUE(run_task(storage.store->set_role(*Email::parse("boss@example.vn"), Role::Admin,
                                                 {"command", "first operator", clock.now()})));
}

void AdminTest::sign_in_again() {
    const auto sign_in = [this](const std::string& email) {
        const auto answer =
            post("/auth/login", R"({"email":")" + email + R"(","password":"a long pass phrase"})");
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return answer.text("token");
    };
    customer = sign_in("an@example.vn");
    operator_token = sign_in("boss@example.vn");
}

std::string AdminTest::paid_order() {
    auto order = open_order(customer);
    EXPECT_TRUE(ipn(order).body.contains(R"("RspCode":"00")"));
    return order;
}

OutboundAnswer AdminTest::refund_answer(const std::string& order,
                                        std::map<std::string, std::string> changes) {
    vnpay::Fields fields{{"vnp_ResponseId", "r"},         {"vnp_Command", "refund"},
                         {"vnp_ResponseCode", "00"},      {"vnp_Message", "ok"},
                         {"vnp_TmnCode", "TESTTMN1"},     {"vnp_TxnRef", order},
                         {"vnp_Amount", "25000000"},      {"vnp_TransactionType", "02"},
                         {"vnp_TransactionStatus", "05"}, {"vnp_OrderInfo", "Hoan tien"}};
    for (auto& [name, value] : changes) fields.insert_or_assign(name, value);
    const auto kind = fields["vnp_Command"] == "refund" ? vnpay::ApiMessage::RefundAnswer
                                                        : vnpay::ApiMessage::QueryAnswer;
    return {.status = 200,
            .headers = {},
            .body = vnpay::to_api_body(
                vnpay::with_signature(kind, fields, Secret("TESTONLYINVENTEDSECRETKEY0000001")))};
}

OutboundAnswer AdminTest::refund_state(const std::string& order, const std::string& status,
                                       const std::string& amount) {
    return refund_answer(
        order,
        {{"vnp_Command", "querydr"}, {"vnp_TransactionStatus", status}, {"vnp_Amount", amount}});
}

Answer AdminTest::refund(const std::string& order, const std::string& body) {
    return post("/admin/orders/" + order + "/refund", body, operator_token);
}

std::string AdminTest::status_of(const std::string& order) {
    return get("/user/transactions/" + order, customer).text("status");
}

std::string AdminTest::order_text(const Answer& answer, std::string_view name) {
    const auto value = answer.json();
    const auto& order = value.at("order").as_object();
    const auto* member = order.if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

}  // namespace imagify::testing
