#include "transport/http/credentials_dto.hpp"

#include <boost/json.hpp>

#include "transport/http/client.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {

Credentials read_credentials(JsonReader& reader) {
    return {.password = reader.text("password"), .otp = reader.optional_text("otp").value_or("")};
}

Response logged_in(unsigned status, const LoggedIn& result, const Request& request) {
    auto response = private_json(status, {{"token", result.token.token},
                                          {"expiresAt", to_rfc3339(result.token.expires_at)},
                                          {"user", user_json(result.account)}});
    response.headers.add("Set-Cookie", session_cookie(result.token, request.secure));
    response.headers.add("Set-Cookie", device_cookie(result.device_token, request.secure));
    return response;
}

Response logged_out(const Request& request) {
    Response response{.status = 204, .headers = {}, .body = {}};
    response.headers.add("Set-Cookie", cleared_session_cookie(request.secure));
    response.headers.add("Cache-Control", "no-store");
    return response;
}

}  // namespace imagify::http
