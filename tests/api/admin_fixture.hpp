#pragma once

#include "api/api_fixture.hpp"

namespace imagify::testing {

/// An operator beside a customer.
class AdminTest : public ApiTest {
protected:
    AdminTest();

    /// Signs both in again: sessions last a day.
    void sign_in_again();
    /// Opens an order, and has it paid by a notice.
    std::string paid_order();
    /// VNPAY's signed answer to a refund request or, as `querydr`, about the refund.
    OutboundAnswer refund_answer(const std::string& order,
                                 std::map<std::string, std::string> changes);
    OutboundAnswer refund_state(const std::string& order, const std::string& status,
                                const std::string& amount = "25000000");
    Answer refund(const std::string& order, const std::string& body = R"({"note":"bought twice"})");
    std::string status_of(const std::string& order);
    /// One member of the order in an answer about it.
    static std::string order_text(const Answer& answer, std::string_view name);

    std::string customer;
    std::string operator_token;
    std::string customer_id;
};

}  // namespace imagify::testing
