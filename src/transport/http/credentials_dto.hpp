#pragma once

#include "transport/http/json_reader.hpp"
#include "usecases/begin_session.hpp"
#include "usecases/confirm_identity.hpp"

namespace imagify::http {

/// `password` and `otp` of a body.
Credentials read_credentials(JsonReader& reader);

/// AuthReply, with the cookies of session and device.
Response logged_in(unsigned status, const LoggedIn& result, const Request& request);

/// 204 that clears the session cookie.
Response logged_out(const Request& request);

}  // namespace imagify::http
