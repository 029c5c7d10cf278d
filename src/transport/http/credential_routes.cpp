#include <boost/json.hpp>

#include "transport/http/client.hpp"
#include "transport/http/credentials_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

constexpr RouteLimit kLetters{
    .rule = {.name = "letters-network", .quota = 20, .window = std::chrono::hours(1)}};
constexpr RouteLimit kLinks{
    .rule = {.name = "links", .quota = 60, .window = std::chrono::hours(1)}};
constexpr RouteLimit kSecurity{
    .rule = {.name = "security", .quota = 30, .window = std::chrono::hours(1)},
    .by = LimitBy::User};

Response answer(const Result<void>& result, unsigned status, const Context& context) {
    if (!result) return problem(result.error(), context.request.request_id);
    Response response{.status = status, .headers = {}, .body = {}};
    response.headers.add("Cache-Control", "no-store");
    return response;
}

Task<Response> verify_email(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    // Either what a link says or what an identity provider mailed.
    auto code = reader->optional_text("code");
    auto proof = code ? reader->text("email") : reader->text("token");
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    const auto verified =
        code ? co_await parts.verify_email.confirm(std::move(proof), std::move(*code))
             : co_await parts.verify_email.follow(std::move(proof));
    if (!verified) co_return problem(verified.error(), context.request.request_id);
    co_return private_json(
        200, {{"email", verified->account.email}, {"giftCredits", verified->gift.count}});
}

Task<Response> resend_verification(const CredentialRoutes& parts, Context context) {
    co_return answer(co_await parts.verify_email.resend(*context.account), 202, context);
}

Task<Response> change_email(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto email = reader->text("email");
    auto given = read_credentials(*reader);
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    co_return answer(co_await parts.verify_email.ask_change(*context.account, std::move(email),
                                                            std::move(given)),
                     202, context);
}

Task<Response> forgot_password(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto email = reader->text("email");
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    co_return answer(co_await parts.reset_password.ask(std::move(email)), 202, context);
}

Task<Response> reset_password(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto code = reader->optional_text("code");
    auto proof = code ? reader->text("email") : reader->text("token");
    auto password = reader->text("password");
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    const auto device =
        code ? co_await parts.reset_password.follow({.email = std::move(proof),
                                                     .code = std::move(*code),
                                                     .password = std::move(password)})
             : co_await parts.reset_password.follow(std::move(proof), std::move(password));
    if (!device) co_return problem(device.error(), context.request.request_id);
    auto response = logged_out(context.request);
    if (!device->empty()) {
        response.headers.add("Set-Cookie", device_cookie(*device, context.request.secure));
    }
    co_return response;
}

Task<Response> change_password(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto given = read_credentials(*reader);
    auto password = reader->text("newPassword");
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    const auto changed = co_await parts.change_password.run(
        *context.account, client_of(context.request), std::move(given), std::move(password));
    if (!changed) co_return problem(changed.error(), context.request.request_id);
    co_return logged_in(200, *changed, context.request);
}

Task<Response> set_up_mfa(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto given = read_credentials(*reader);
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    const auto secret = co_await parts.manage_mfa.set_up(*context.account, std::move(given));
    if (!secret) co_return problem(secret.error(), context.request.request_id);
    co_return private_json(200, {{"secret", secret->base32}, {"uri", secret->uri}});
}

Task<Response> enable_mfa(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto otp = reader->text("otp");
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    const auto codes = co_await parts.manage_mfa.enable(*context.account, std::move(otp));
    if (!codes) co_return problem(codes.error(), context.request.request_id);
    boost::json::array items(codes->begin(), codes->end());
    co_return private_json(200, {{"recoveryCodes", std::move(items)}});
}

Task<Response> disable_mfa(const CredentialRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto given = read_credentials(*reader);
    if (auto valid = reader->finish(); !valid) co_return answer(valid, 0, context);
    co_return answer(co_await parts.manage_mfa.disable(*context.account, std::move(given)), 204,
                     context);
}

}  // namespace

void add_routes(Router& router, CredentialRoutes parts) {
    using enum Method;
    using enum Access;
    using Action = Task<Response> (*)(const CredentialRoutes&, Context);
    const auto to = [&parts](Action action) -> Handler {
        return [parts, action](Context c) { return action(parts, std::move(c)); };
    };
    const Route table[] = {
        {Post, "/auth/verify-email", Public, to(verify_email), kLinks},
        {Post, "/auth/resend-verification", User, to(resend_verification), kLetters},
        {Post, "/auth/forgot-password", Public, to(forgot_password), kLetters},
        {Post, "/auth/reset-password", Public, to(reset_password), kLinks},
        {Post, "/auth/change-password", User, to(change_password), kSecurity},
        {Post, "/auth/change-email", User, to(change_email), kSecurity},
        {Post, "/auth/mfa/setup", User, to(set_up_mfa), kSecurity},
        {Post, "/auth/mfa/enable", User, to(enable_mfa), kSecurity},
        {Post, "/auth/mfa/disable", User, to(disable_mfa), kSecurity},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
