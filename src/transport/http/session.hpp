#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ports/tokens.hpp"
#include "transport/http/cors.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The cookie that carries the web app's session token.
inline constexpr std::string_view kSessionCookie = "imagify_session";

/// Where a token came from: a cookie is sent by a browser on its own, so it proves less.
enum class TokenSource { Bearer, Cookie };

struct PresentedToken {
    std::string_view token;
    TokenSource source = TokenSource::Bearer;
};

/// The token of a request, pointing into it; Authorization goes before the cookie.
std::optional<PresentedToken> presented_token(const Request& request);

/// True when a request may change something on the word of a cookie alone: it has `X-Imagify: 1`,
/// which another site cannot send unasked, and no Origin but this one (same host and port, and
/// https where the customer's side is TLS) or one that `cors` allows.
bool passes_csrf(const Request& request, const CorsPolicy& cors);

/// The first value of `name` in a Cookie field, or an empty view.
std::string_view cookie_value(std::string_view cookies, std::string_view name);

/// Set-Cookie values: HttpOnly, SameSite=Lax, Secure where the customer's side is TLS.
std::string session_cookie(const IssuedToken& token, bool secure);
std::string cleared_session_cookie(bool secure);

}  // namespace imagify::http
