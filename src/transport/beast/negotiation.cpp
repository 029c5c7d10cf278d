#include "transport/beast/negotiation.hpp"

#include <algorithm>

#include "base/mutant.hpp"
#include "transport/beast/head_parser.hpp"

namespace imagify::http {
namespace {

// Takes the next part of a list off its front, trimmed.
std::string_view take_part(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto part = trimmed(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// "0", "1", "0.85", "1.000": at most three decimals (RFC 9110, 12.4.2).
int parse_weight(std::string_view text) {
    if (text.empty() || text.size() > (MUTANT("parse.weight_digits") ? 6 : 5) ||
        (text[0] != '0' && text[0] != '1'))
        return 0;
    int weight = (text[0] - '0') * 1000;
    if (text.size() > 1 && text[1] != '.') return 0;
    int unit = 100;
    for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (c < '0' || c > '9') return 0;
        weight += (c - '0') * unit;
        unit /= 10;
    }
    return std::min(weight, 1000);
}

int weight_in(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = take_part(parameters, ';');
        if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') &&
            parameter[1] == '=') {
            return parse_weight(parameter.substr(2));
        }
    }
    return 1000;
}

// The best weight of a language over all its regions: "en-GB;q=0.9, en;q=0.8" gives 900.
int language_weight(std::string_view list, std::string_view language) {
    int best = 0;
    while (!list.empty()) {
        auto part = take_part(list, ',');
        const auto range = take_part(part, ';');
        if (same_text(range.substr(0, range.find('-')), language)) {
            best = std::max(best, weight_in(part));
        }
    }
    return best;
}

}  // namespace

std::optional<int> weight_of(std::string_view list, std::string_view item) {
    std::optional<int> any;
    while (!list.empty()) {
        auto part = take_part(list, ',');
        const auto name = take_part(part, ';');
        if (same_text(name, item)) return weight_in(part);
        if (name == "*") any = weight_in(part);
    }
    return any;
}

std::optional<Encoding> choose_encoding(std::string_view accept_encoding, Encodings available) {
    const auto brotli = available.brotli ? weight_of(accept_encoding, "br").value_or(0) : 0;
    const auto gzip = available.gzip ? weight_of(accept_encoding, "gzip").value_or(0) : 0;
    // The plain form needs no mention to be welcome, but then anything mentioned is preferred.
    const auto identity = weight_of(accept_encoding, "identity");
    const int plain = identity.value_or(1);
    const int best = std::max({brotli, gzip, plain});
    if (best == 0) return std::nullopt;
    if (brotli == best) return Encoding::Brotli;
    if (gzip == best) return Encoding::Gzip;
    return Encoding::Identity;
}

Language choose_language(std::string_view cookies, std::string_view accept_language) {
    while (!cookies.empty()) {
        auto value = take_part(cookies, ';');
        if (take_part(value, '=') != "lang") continue;
        if (value == "en") return Language::English;
        if (value == "vi") return Language::Vietnamese;
    }
    return language_weight(accept_language, "en") > language_weight(accept_language, "vi")
               ? Language::English
               : Language::Vietnamese;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        auto candidate = take_part(if_none_match, ',');
        if (candidate == "*") return true;
        if (candidate.starts_with("W/")) candidate.remove_prefix(2);
        if (candidate == etag) return true;
    }
    return false;
}

}  // namespace imagify::http
