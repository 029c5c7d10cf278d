#include "transport/http/query.hpp"

#include <charconv>

#include "base/form_encoding.hpp"
#include "base/mutant.hpp"

namespace imagify::http {
namespace {

constexpr std::size_t kParametersMax = 100;
constexpr std::size_t kCursorMaxBytes = 64;

std::unexpected<Error> invalid(std::string field, std::string code) {
    return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                 .code = "validation.failed",
                                 .fields = {{std::move(field), std::move(code)}}});
}

}  // namespace

Result<Query> Query::parse(std::string_view raw) {
    Query query;
    while (!raw.empty()) {
        const auto end = std::min(raw.find('&'), raw.size());
        const auto pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = form_decode(pair.substr(0, equals));
        auto value = form_decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || (query.get(*name) && !MUTANT("parse.repeated_parameter")) ||
            query.parameters_.size() == kParametersMax) {
            return fail(ErrorKind::Malformed, "request.malformed", "query");
        }
        query.parameters_.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

std::optional<std::string> Query::get(std::string_view name) const {
    for (const auto& [parameter, value] : parameters_) {
        if (parameter == name) return value;
    }
    return std::nullopt;
}

Result<PageRequest> Query::page() const {
    PageRequest page;
    if (const auto limit = get("limit")) {
        const auto* const end = limit->data() + limit->size();
        const auto [rest, error] = std::from_chars(limit->data(), end, page.limit);
        if (error != std::errc{} || rest != end) return invalid("limit", "invalid");
        if (page.limit < 1 || page.limit > kPageMax) return invalid("limit", "out_of_range");
    }
    if (auto cursor = get("cursor")) {
        if (cursor->size() > kCursorMaxBytes) return invalid("cursor", "invalid");
        page.cursor = std::move(*cursor);
    }
    return page;
}

}  // namespace imagify::http
