#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "adapters/vnpay/signature.hpp"
#include "base/form_encoding.hpp"
#include "sandbox/vnpay_simulator.hpp"
#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::sandbox {

using testing::run_task;
using vnpay::Fields;
using vnpay::kTestSecret;
using vnpay::parse_form;
using vnpay::value_of;

/// A simulator whose merchant is a function, and the merchant's own gateway beside it. Background
/// work runs at once, or when `run_background` is called after `defer_background`.
class SimulatorTest : public ::testing::Test {
protected:
    SimulatorTest() {
        order_.created_at = clock_.now();
        order_.expires_at = clock_.now() + std::chrono::minutes{15};
        notices_to_shop_.handler = [this](const OutboundRequest&) -> Result<OutboundAnswer> {
            return OutboundAnswer{.status = 200, .body = shop_answer_};
        };
        questions_to_gateway_.handler =
            [this](const OutboundRequest& request) -> Result<OutboundAnswer> {
            const auto response = post("/dev/vnpay/merchant_webapi/api/transaction", request.body);
            return OutboundAnswer{.status = response.status, .body = text(response)};
        };
    }

    static VnpayConfig shop_config() {
        auto config = vnpay::test_config();
        config.pay_url = "http://localhost:8080/dev/vnpay/pay";
        return config;
    }
    static VnpaySimulatorConfig simulator_config() {
        return {.tmn_code = vnpay::kTestTerminal,
                .hash_secret = kTestSecret,
                .notice_url = "http://127.0.0.1:8080/payment/vnpay-ipn"};
    }

    static const std::string& text(const http::Response& response) {
        return std::get<std::string>(response.body);
    }
    http::Response send(http::Method method, std::string path, std::string query, std::string body,
                        const std::vector<std::pair<std::string, std::string>>& headers = {}) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = std::move(body);
        request.headers.add("Host", "localhost:8080");
        for (const auto& [name, value] : headers) request.headers.add(name, value);
        return run_task(simulator_.handle(std::move(request)));
    }
    http::Response get(std::string path, std::string query = {}) {
        return send(http::Method::Get, std::move(path), std::move(query), {});
    }
    http::Response post(std::string path, std::string body) {
        return send(http::Method::Post, std::move(path), {}, std::move(body));
    }

    /// The query of the pay URL that the shop makes for `order_`.
    std::string pay_query() const {
        const auto url = gateway_.pay_url(order_);
        return url.substr(url.find('?') + 1);
    }
    /// Submits the form of the pay page.
    http::Response pay_with(const std::string& card) {
        return post("/dev/vnpay/pay",
                    "action=pay&card=" + card + "&query=" + form_encode(pay_query()));
    }
    http::Response cancel() {
        return post("/dev/vnpay/pay", "action=cancel&card=ncb&query=" + form_encode(pay_query()));
    }
    /// What the shop's gateway reads out of a redirect to the return address.
    Result<PaymentNotice> returned(const http::Response& response) const {
        const std::string location(response.headers.get("Location"));
        EXPECT_TRUE(location.starts_with(shop_config().return_url + "?")) << location;
        return gateway_.verify(location.substr(location.find('?') + 1));
    }
    /// What the shop's gateway reads out of a notice.
    Result<PaymentNotice> noticed(std::size_t index) const {
        const auto& url = notices_to_shop_.sent.at(index).url;
        return gateway_.verify(url.substr(url.find('?') + 1));
    }

    void defer_background() { is_deferred_ = true; }
    void run_background() {
        for (auto& task : std::exchange(background_, {})) run_task(std::move(task));
    }

    testing::FakeClock clock_;
    testing::SeededRandom random_;
    vnpay::FakeHttpClient notices_to_shop_;
    vnpay::FakeHttpClient questions_to_gateway_;
    std::string shop_answer_ = R"({"RspCode":"00","Message":"Confirm Success"})";
    Order order_ = vnpay::test_order();
    bool is_deferred_ = false;
    std::vector<Task<void>> background_;
    VnpaySimulator simulator_{simulator_config(),
                              {.http = notices_to_shop_,
                               .clock = clock_,
                               .random = random_,
                               .spawn = [this](Task<void> task) {
                                   if (is_deferred_) {
                                       background_.push_back(std::move(task));
                                   } else {
                                       run_task(std::move(task));
                                   }
                               }}};
    VnpayGateway gateway_{shop_config(), questions_to_gateway_, clock_, random_};
};

}  // namespace imagify::sandbox
