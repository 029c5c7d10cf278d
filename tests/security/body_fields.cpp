#include "security/body_fields.hpp"

namespace imagify::testing {

std::string KnownBody::with(const std::string& name, const std::string& value) const {
    std::string body;
    const auto put = [&body](const std::string& member, const std::string& text) {
        body += (body.empty() ? "{\"" : ",\"") + member + "\":" + text;
    };
    for (const auto& [member, text] : members) {
        if (member != name) put(member, text);
    }
    put(name, value);
    return body + "}";
}

std::vector<KnownBody> known_bodies() {
    using enum http::Method;
    const std::pair<std::string, std::string> password{"password", R"("a long pass phrase")"};
    const std::pair<std::string, std::string> otp{"otp", "\"123456\""};
    const std::pair<std::string, std::string> token{"token", "\"x\""};
    const std::pair<std::string, std::string> note{"note", "\"hostile words\""};
    return {
        {Post,
         "/auth/register",
         {{"email", "\"new@example.vn\""}, password, {"name", "\"An\""}, {"locale", "\"vi\""}}},
        // Somebody else: more than 50 sessions end the oldest.
        {Post, "/auth/login", {{"email", "\"reader@example.vn\""}, password, otp}},
        {Post, "/auth/verify-email", {token}},
        {Post, "/auth/forgot-password", {{"email", "\"owner@example.vn\""}}},
        {Post, "/auth/reset-password", {token, password}},
        // With a wrong password, so that the owner keeps the right one.
        {Post,
         "/auth/change-password",
         {{"password", "\"wrong\""}, otp, {"newPassword", "\"another long phrase\""}}},
        {Post, "/auth/change-email", {{"password", "\"wrong\""}, otp, {"email", "\"a@b.vn\""}}},
        {Post, "/auth/mfa/setup", {{"password", "\"wrong\""}}},
        {Post, "/auth/mfa/enable", {otp}},
        {Post, "/auth/mfa/disable", {password, otp}},
        {Patch, "/user/me", {{"name", "\"An\""}, {"locale", "\"vi\""}}},
        {Delete, "/user/me", {{"password", "\"wrong\""}, otp}},
        {Post,
         "/user/pay-vnpay",
         {{"planId", "\"basic\""}, {"bankCode", "\"VNPAYQR\""}, {"locale", "\"vi\""}}},
        {Post,
         "/image/generate-image",
         {{"prompt", "\"hoa sen\""},
          {"aspectRatio", "\"1:1\""},
          {"style", "\"none\""},
          {"negativePrompt", "\"\""},
          {"engine", "\"fake\""},
          {"seed", "1"}}},
        {Post, "/admin/users/{id}/grants", {{"credits", "1"}, note}},
        {Post, "/admin/orders/{id}/refund", {{"credits", "1"}, note}},
        {Post, "/admin/orders/{id}/refund/close", {{"outcome", "\"done\""}, note}},
        {Post, "/admin/reviews/{id}/settle", {{"action", "\"dismiss\""}, note}},
    };
}

}  // namespace imagify::testing
