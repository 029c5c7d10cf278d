#pragma once

#include <optional>
#include <string_view>

namespace imagify::http {

/// The weight, 0 to 1000, that a list like "br;q=0.8, gzip, *;q=0" gives to `item` (RFC
/// 9110, 12.4.2): nothing when it names neither the item nor "*". A malformed weight counts as 0.
std::optional<int> weight_of(std::string_view list, std::string_view item);

enum class Encoding { Identity, Brotli, Gzip };

/// What of a file exists beside its plain form.
struct Encodings {
    bool brotli = false;
    bool gzip = false;
};

/// The form to send for Accept-Encoding (RFC 9110, 12.5.3): the heaviest that exists, the smallest
/// file among equals. Nothing when the client refuses every form, the plain one included.
std::optional<Encoding> choose_encoding(std::string_view accept_encoding, Encodings available);

enum class Language { Vietnamese, English };

/// The language of an app page: cookie `lang` first, then Accept-Language, else Vietnamese.
Language choose_language(std::string_view cookies, std::string_view accept_language);

/// True when an If-None-Match list holds `etag` (quoted), compared weakly, or is "*".
bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace imagify::http
