#include "security/guessing_people.hpp"

#include <fmt/format.h>

namespace imagify::testing {

using http::Method;

GuessedApi::GuessedApi(GiftTime gift_time) : counting_(std::make_unique<CountingHasher>(*hasher)) {
    config.gift_time = gift_time;
    serve_with(*counting_);
}

GuessedApi::GuessedApi(PasswordHasher& own_hasher)
    : counting_(std::make_unique<CountingHasher>(own_hasher)) {
    serve_with(*counting_);
}

void GuessedApi::serve_with(PasswordHasher& used) {
    backend = std::make_unique<Backend>(Backend::Parts{.config = config,
                                                       .machinery = {clock, random, worker, worker},
                                                       .storage = storage,
                                                       .gateway = *gateway,
                                                       .painters = {&painter},
                                                       .hasher = used,
                                                       .jwt_secret = Secret(std::string(32, 's'))});
    router = {};
    backend->add_routes_to(router);
    serve_limited(false);
}

void GuessedApi::serve_limited(bool unlimited_loopback) {
    api = std::make_unique<http::Api>(http::Api::Parts{.authenticate = backend->authenticate(),
                                                       .router = router,
                                                       .limits = backend->limits(),
                                                       .unlimited_loopback = unlimited_loopback,
                                                       .web = {},
                                                       .sandbox = {}});
}

void GuessedApi::without_limits() { serve_limited(true); }

Answer GuessedApi::register_from(const std::string& address, const std::string& email) {
    return call({.method = Method::Post,
                 .target = "/auth/register",
                 .body = fmt::format(R"({{"email":"{}","password":"{}"}})", email, kOwnersPassword),
                 .client_address = address});
}

Answer GuessedApi::log_in_from(const std::string& address, const std::string& email,
                               const std::string& password, const std::string& device) {
    Call call_in{.method = Method::Post,
                 .target = "/auth/login",
                 .body = fmt::format(R"({{"email":"{}","password":"{}"}})", email, password),
                 .client_address = address};
    if (!device.empty()) call_in.headers.emplace_back("Cookie", "imagify_device=" + device);
    return call(std::move(call_in));
}

std::string GuessedApi::device_of_owner(const std::string& email) {
    const auto answer = register_from("203.0.113.9", email);
    for (const auto& [name, value] : answer.headers) {
        constexpr std::string_view kStart = "imagify_device=";
        if (name == "Set-Cookie" && value.starts_with(kStart)) {
            return value.substr(kStart.size(), value.find(';') - kStart.size());
        }
    }
    throw std::runtime_error("no device cookie");
}

}  // namespace imagify::testing
