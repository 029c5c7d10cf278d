#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ports/page.hpp"

namespace imagify::http {

/// A query string, decoded. At most 100 parameters are taken.
class Query {
public:
    /// Errors: Malformed `request.malformed` (bad escapes, a NUL, too many parameters, a repeated
    /// name).
    static Result<Query> parse(std::string_view raw);

    std::optional<std::string> get(std::string_view name) const;

    /// The page that `limit` (1 to 100) and `cursor` ask for.
    /// Errors: Invalid `validation.failed`.
    Result<PageRequest> page() const;

private:
    std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace imagify::http
