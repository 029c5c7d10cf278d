#include "crash/buyer.hpp"

#include <boost/json.hpp>
#include <stdexcept>

namespace imagify::testing {

Buyer::Buyer(std::uint16_t port, const std::string& name) {
    HttpProbe line(port);
    const auto reply = line.ask(http_request(
        "POST", "/auth/register",
        R"({"email":")" + name + R"(@example.vn","password":"correct horse battery staple"})"));
    if (!reply || reply->status != 201) throw std::runtime_error("no account for " + name);
    token_ = boost::json::parse(reply->body).at("token").as_string().c_str();
    go_on(port);
}

void Buyer::go_on(std::uint16_t port) {
    stopping_ = false;
    gone_ = false;
    thread_ = std::thread([this, port] { buy(port); });
}

void Buyer::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void Buyer::wait_for(std::size_t orders) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return gone_ || orders_.size() >= orders; });
}

std::vector<AcknowledgedOrder> Buyer::take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(orders_, {});
}

void Buyer::buy(std::uint16_t port) {
    buy_until_told(port);
    const std::scoped_lock lock(mutex_);
    gone_ = true;
    changed_.notify_all();
}

void Buyer::buy_until_told(std::uint16_t port) {
    HttpProbe line(port);
    const auto order = http_request("POST", "/user/pay-vnpay", R"({"planId":"basic"})", token_);
    while (!stopping_) {
        const auto asked = std::chrono::system_clock::now();
        const auto reply = line.ask(order);
        const auto answered = std::chrono::system_clock::now();
        if (!reply || !reply->complete || reply->status != 201) return;
        const auto answer = boost::json::parse(reply->body);
        const std::scoped_lock lock(mutex_);
        orders_.push_back({.id = answer.at("transactionId").as_string().c_str(),
                           .address = answer.at("paymentUrl").as_string().c_str(),
                           .asked = asked,
                           .answered = answered});
        changed_.notify_all();
    }
}

}  // namespace imagify::testing
