#include "api/credentials_fixture.hpp"

#include "support/authenticator.hpp"

namespace imagify::testing {

std::string CredentialsTest::mailed_token(MailKind kind, const std::string& email) {
    const auto mails = run_task(storage.store->due_mails(clock.now(), 1'000));
    std::string token;
    for (const auto& mail : mails.value()) {
        if (mail.kind == kind && mail.to == email) token = backend->links().text_of(mail.link);
    }
    return token;
}

std::size_t CredentialsTest::letters_to(const std::string& email) {
    const auto mails = run_task(storage.store->due_mails(clock.now(), 1'000));
    return static_cast<std::size_t>(
        std::ranges::count_if(*mails, [&](const OutboxMail& mail) { return mail.to == email; }));
}

Answer CredentialsTest::log_in(const std::string& email, const std::string& password,
                               const std::string& otp) {
    boost::json::object body{{"email", email}, {"password", password}};
    if (!otp.empty()) body["otp"] = otp;
    return post("/auth/login", serialize(body));
}

std::string CredentialsTest::with_password(const std::string& more, const std::string& password) {
    return R"({"password":")" + password + '"' + (more.empty() ? "" : "," + more) + "}";
}

void CredentialsTest::serve(GiftTime gift_time) {
    config.gift_time = gift_time;
    backend = std::make_unique<Backend>(Backend::Parts{.config = config,
                                                       .machinery = {clock, random, worker, worker},
                                                       .storage = storage,
                                                       .gateway = *gateway,
                                                       .painters = {&painter},
                                                       .hasher = *hasher,
                                                       .jwt_secret = Secret(std::string(32, 's'))});
    router = {};
    backend->add_routes_to(router);
    api = std::make_unique<http::Api>(http::Api::Parts{.authenticate = backend->authenticate(),
                                                       .router = router,
                                                       .limits = backend->limits(),
                                                       .web = {},
                                                       .sandbox = {}});
}

std::string CredentialsTest::otp(const std::string& secret) {
    return one_time_password(secret, clock.now());
}

std::string CredentialsTest::enable_mfa(const std::string& token) {
    const auto secret = post("/auth/mfa/setup", with_password(), token).text("secret");
    const auto enabled =
        post("/auth/mfa/enable", R"({"otp":")" + otp(secret) + "\"}", token).json();
    recovery_codes.clear();
    for (const auto& code : enabled.at("recoveryCodes").as_array()) {
        recovery_codes.emplace_back(code.as_string());
    }
    // The step is used up.
    clock.advance(std::chrono::seconds(30));
    return secret;
}

}  // namespace imagify::testing
