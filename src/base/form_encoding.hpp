#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// Form encoding as Java's URLEncoder and the WHATWG do it, which VNPAY signs over:
/// [A-Za-z0-9*-._] literal, space -> '+', every other byte -> %XX in upper case.
std::string form_encode(std::string_view text);

/// The inverse; also takes %20, lower-case hex and bare reserved characters. Nothing on a broken
/// %-escape or a NUL byte, which ends a text for some readers and not for others.
std::optional<std::string> form_decode(std::string_view text);

}  // namespace imagify
