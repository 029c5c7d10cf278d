#include "vnpay/http_storm.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>
#include <stdexcept>

#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

constexpr std::int64_t kPlanVnd = 250'000;
constexpr std::int64_t kPlanCredits = 100;
constexpr std::int64_t kGift = 5;

boost::json::value json_of(const std::optional<Reply>& reply, unsigned status) {
    if (!reply || reply->status != status) throw std::runtime_error("the server did not answer");
    return boost::json::parse(reply->body);
}

Door door_of(std::uint16_t port) {
    const auto line = std::make_shared<HttpProbe>(port);
    return [line](const std::string& query) -> std::string {
        const auto reply = line->ask(http_request("GET", "/payment/vnpay-ipn?" + query));
        if (!reply || reply->status != 200) return "none";
        return std::string(boost::json::parse(reply->body).at("RspCode").as_string());
    };
}

}  // namespace

StormReport raise_storm_over_http(const StormPlan& plan) {
    ServerProcess server;
    server.start();
    const auto person =
        json_of(server.ask("POST", "/auth/register",
                           R"({"email":"an@example.vn","password":"a long pass phrase"})"),
                201);
    const std::string token(person.at("token").as_string());
    std::vector<StormOrder> orders;
    for (std::size_t i = 0; i < plan.orders; ++i) {
        const auto order =
            json_of(server.ask("POST", "/user/pay-vnpay", R"({"planId":"basic"})", token), 201);
        orders.push_back({.reference = std::string(order.at("transactionId").as_string()),
                          .amount_vnd = kPlanVnd});
    }
    auto report = rain(plan, orders, [&server] { return door_of(server.port()); });
    for (const auto& order : orders) {
        const auto found =
            json_of(server.ask("GET", "/user/transactions/" + order.reference, "", token), 200);
        report.credited_orders += found.at("status").as_string() == "paid" ? 1 : 0;
    }
    const auto balance = json_of(server.ask("GET", "/user/credits", "", token), 200);
    const auto expected = kGift + static_cast<std::int64_t>(orders.size()) * kPlanCredits;
    if (balance.at("credits").as_int64() != expected) {
        report.failures.push_back(
            fmt::format("{} credits instead of {}", balance.at("credits").as_int64(), expected));
    }
    server.kill_now();
    if (server.verify() != 0) report.failures.emplace_back("imagify verify found something");
    return report;
}

}  // namespace imagify::testing
