#include "transport/http/query.hpp"

#include <charconv>

namespace imagify::http {
namespace {

constexpr std::size_t kParametersMax = 100;
constexpr std::size_t kCursorMaxBytes = 64;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::unexpected<Error> invalid(std::string field, std::string code) {
    return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                 .code = "validation.failed",
                                 .fields = {{std::move(field), std::move(code)}}});
}

}  // namespace

std::optional<std::string> form_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            decoded += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

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
        if (!name || !value || query.get(*name) || query.parameters_.size() == kParametersMax) {
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
