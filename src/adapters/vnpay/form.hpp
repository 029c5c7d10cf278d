#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace imagify::vnpay {

/// Fields by name in ascending byte order: the order in which VNPAY signs them.
using Fields = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t kMaxQueryBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxQueryParameters = 100;
inline constexpr std::string_view kFieldPrefix = "vnp_";
inline constexpr std::string_view kSecureHash = "vnp_SecureHash";
inline constexpr std::string_view kSecureHashType = "vnp_SecureHashType";

/// The value of `name`, or an empty view. The view lives as long as `fields` is unchanged.
std::string_view value_of(const Fields& fields, std::string_view name);

/// The parameters of a query or form body whose decoded name starts with `prefix`; the others are
/// skipped with their values unread. Nothing when it is over the limits above, when a name that
/// counts occurs twice, on a broken %-escape or a NUL byte.
std::optional<Fields> parse_form(std::string_view raw, std::string_view prefix = {});

/// What VNPAY signs: `name=value` of every non-empty field, encoded, sorted, joined with '&',
/// without the signature itself and its type.
std::string canonical(const Fields& fields);

}  // namespace imagify::vnpay
