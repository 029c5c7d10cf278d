#pragma once

#include <string>
#include <string_view>

#include "domain/session.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The cookie that names a browser in which somebody has logged in; see DeviceTokens.
inline constexpr std::string_view kDeviceCookie = "imagify_device";

/// Who sends a request.
Client client_of(const Request& request);

/// The network that an address counts with: an IPv4 /24 or an IPv6 /48, such as "203.0.113.0/24";
/// IPv4 in IPv6 counts as IPv4. What is no address is returned as it is.
std::string network_of(const std::string& address);

/// True for the machine's own addresses.
bool is_loopback(const std::string& address);

/// Set-Cookie value: for a year, HttpOnly, only to /auth.
std::string device_cookie(const std::string& token, bool secure);

}  // namespace imagify::http
