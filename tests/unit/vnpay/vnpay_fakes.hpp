#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>

#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "ports/http_client.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"

namespace imagify::vnpay {

using imagify::testing::FakeClock;
using imagify::testing::run_task;
using imagify::testing::SeededRandom;

inline const Secret kTestSecret{"TESTONLYINVENTEDSECRETKEY0000001"};
inline constexpr const char* kTestTerminal = "TESTTMN1";
inline constexpr const char* kTestReference = "INV20260115A0001";

/// Answers from a function and remembers what was sent.
class FakeHttpClient final : public HttpClient {
public:
    using Handler = std::function<Result<OutboundAnswer>(const OutboundRequest&)>;

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override {
        sent.push_back(request);
        co_return handler(sent.back());
    }
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink&) override {
        co_return co_await send(std::move(request));
    }

    Handler handler = [](const OutboundRequest&) -> Result<OutboundAnswer> {
        return fail(ErrorKind::Unavailable, "upstream.unreachable");
    };
    std::deque<OutboundRequest> sent;
};

inline VnpayConfig test_config() {
    return {.tmn_code = kTestTerminal,
            .hash_secret = kTestSecret,
            .pay_url = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
            .api_url = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
            .return_url = "https://shop.example.vn/payment-result"};
}

/// Made at 2025-12-31 17:05:00.789 UTC, which is already the next year in Vietnam.
inline Order test_order() {
    const auto created = *parse_gateway_time("20260101000500") + std::chrono::milliseconds{789};
    return {.id = OrderId{"T01ARZ3NDEKTSV4RRFFQ69G5FAV"},
            .user_id = UserId{"u_01ARZ3NDEKTSV4RRFFQ69G5FAV"},
            .plan_id = "basic",
            .credits = {100},
            .amount = {250'000},
            .created_at = created,
            .expires_at = created + std::chrono::minutes{15},
            .client_address = "203.0.113.7",
            .gateway_locale = "vn"};
}

}  // namespace imagify::vnpay
