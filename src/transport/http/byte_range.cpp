#include "transport/http/byte_range.hpp"

#include <algorithm>
#include <charconv>

#include "base/mutant.hpp"

namespace imagify::http {
namespace {

std::optional<std::int64_t> parse_number(std::string_view digits) {
    std::int64_t number = 0;
    const auto* const end = digits.data() + digits.size();
    if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
    const auto [rest, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return number;
}

}  // namespace

RangeRequest parse_range(std::string_view header, std::int64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    using enum RangeRequest::Kind;
    if (!header.starts_with(kUnit) || header.contains(',')) return {};
    const auto spec = header.substr(kUnit.size());
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos) return {};
    const auto first = parse_number(spec.substr(0, dash));
    const auto last = parse_number(spec.substr(dash + 1));
    if (dash == 0) {
        if (!last) return {};
        if (*last == 0 || size == 0) return {.kind = Unsatisfiable};
        const auto length = std::min(*last, size);
        return {.kind = Part, .range = {.first = size - length, .length = length}};
    }
    const bool open_ended = dash + 1 == spec.size();
    if (!first || (!last && !open_ended) || (last && *last < *first)) return {};
    if (*first >= size) return {.kind = Unsatisfiable};
    const auto end = last ? std::min(*last, size - 1) : size - 1;
    return {.kind = Part,
            .range = {.first = *first,
                      .length = end - *first + (MUTANT("parse.range_length") ? 0 : 1)}};
}

}  // namespace imagify::http
