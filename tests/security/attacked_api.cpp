#include "security/attacked_api.hpp"

#include <fmt/format.h>

namespace imagify::testing {
namespace {

constexpr auto kThisMachine = "127.0.0.1";
constexpr std::uint64_t kPrintedFindings = 25;

std::string credentials(const std::string& email) {
    return fmt::format(R"({{"email":"{}","password":"{}"}})", email, kOwnersPassword);
}

}  // namespace

AttackedApi::AttackedApi() { serve(router); }

void AttackedApi::serve(http::Router served) {
    router = std::move(served);
    api = std::make_unique<http::Api>(http::Api::Parts{
        .authenticate = backend->authenticate(),
        .router = router,
        .limits = backend->limits(),
        .unlimited_loopback = true,
        .web = [](const http::Request&) { return http::Response{.status = 200, .body = "web"}; },
        .sandbox = {}});
}

Answer AttackedApi::ask(http::Method method, const std::string& target, const std::string& body,
                        const std::string& token) {
    return call({.method = method,
                 .target = target,
                 .body = body,
                 .token = token,
                 .client_address = kThisMachine});
}

std::string AttackedApi::sign_up(const std::string& email) {
    return ask(http::Method::Post, "/auth/register", credentials(email)).text("token");
}

std::string AttackedApi::log_in(const std::string& email) {
    return ask(http::Method::Post, "/auth/login", credentials(email)).text("token");
}

std::string AttackedApi::paint(const std::string& token) {
    return ask(http::Method::Post, "/image/generate-image", R"({"prompt":"hoa sen"})", token)
        .text("imageId");
}

void AttackedApi::make_admin(const std::string& email) {
    const auto made = run_task(storage.store->set_role(
        *Email::parse(email), Role::Admin, {.actor = "u_0", .note = "corpus", .now = clock.now()}));
    if (!made) throw std::runtime_error("no operator");
}

void Findings::expect(bool holds, const std::string& what) {
    ++cases_;
    if (holds) return;
    if (loud_ && ++found_ <= kPrintedFindings) fmt::print("finding: {}\n", what);
    if (!loud_) ++found_;
}

}  // namespace imagify::testing
