#pragma once

#include <string_view>

#include "base/error.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The HTTP status of an error.
unsigned status_of(ErrorKind kind);

/// A problem document (RFC 9457) with the error's stable code. Never shows `detail`, which is for
/// logs.
Response problem(const Error& error, std::string_view request_id);

}  // namespace imagify::http
