#pragma once

#include <string>
#include <string_view>

#include "base/random.hpp"

namespace imagify {

/// A multipart/form-data body (RFC 7578) and the Content-Type that goes with it.
struct MultipartForm {
    std::string content_type;
    std::string body;
};

/// A form with one text field, whose bytes go through unchanged. The boundary is random and does
/// not occur in `value`. `name` is ASCII without quotes.
MultipartForm make_form(std::string_view name, std::string_view value, Random& random);

}  // namespace imagify
