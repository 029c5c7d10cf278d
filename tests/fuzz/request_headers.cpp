#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <charconv>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/beast/negotiation.hpp"
#include "transport/http/byte_range.hpp"
#include "transport/http/idempotency_key.hpp"

namespace imagify::fuzz {
namespace {

std::int64_t number_or_zero(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::vector<std::string> parts_of(std::string_view list, const char* separator) {
    std::vector<std::string> parts;
    boost::split(parts, list, boost::is_any_of(separator));
    for (auto& part : parts) boost::trim_if(part, boost::is_any_of(" \t"));
    return parts;
}

// RFC 9110, 12.4.2, digit by digit; 0 for anything else.
int weight_of_text(const std::string& text) {
    if (text == "1" || text == "1." || text == "0" || text == "0.")
        return text[0] == '1' ? 1000 : 0;
    if (text.size() < 3 || text.size() > 5 || text[1] != '.') return 0;
    const bool digits = std::ranges::all_of(text.substr(2), [](char c) { return std::isdigit(c); });
    if (!digits || (text[0] != '0' && text[0] != '1')) return 0;
    return text[0] == '1' ? 1000 : std::stoi((text.substr(2) + "000").substr(0, 3));
}

// The first item of that name decides, else the last "*".
std::optional<int> second_weight(std::string_view list, const std::string& item) {
    std::optional<int> any;
    for (const auto& part : parts_of(list, ",")) {
        const auto pieces = parts_of(part, ";");
        int weight = 1000;
        for (auto piece = pieces.begin() + 1; piece < pieces.end(); ++piece) {
            if (piece->size() > 2 && (piece->starts_with("q=") || piece->starts_with("Q="))) {
                weight = weight_of_text(piece->substr(2));
                break;
            }
        }
        if (boost::iequals(pieces[0], item, std::locale::classic())) return weight;
        if (pieces[0] == "*") any = weight;
    }
    return any;
}

}  // namespace

std::vector<std::string> idempotency_key_seeds() {
    return {std::string(255, 'k'), std::string(256, 'k')};
}

void read_idempotency_key(std::string_view input) {
    http::Request request;
    request.headers.add("idempotency-key", std::string(input));
    const auto key = http::idempotency_key(request, "pay-vnpay");
    const bool printable =
        std::ranges::all_of(input, [](unsigned char c) { return c >= '!' && c <= '~'; });
    require(key.has_value() == (!input.empty() && input.size() <= 255 && printable),
            "1 to 255 printable characters");
    if (!key) return;
    require(*key && (*key)->key == input && (*key)->route == "pay-vnpay", "the key as it was sent");
    require((*key)->fingerprint.size() == 64, "a fingerprint");
}

void read_range(std::string_view input) {
    const auto size = std::clamp<std::int64_t>(number_or_zero(take_line(input)), 0, 1 << 24);
    const auto asked = http::parse_range(input, size);
    if (asked.kind != http::RangeRequest::Kind::Part) return;
    const auto [first, length] = asked.range;
    require(first >= 0 && length >= 1 && first + length <= size, "a part of the body");
    require(input.starts_with("bytes="), "of bytes");
    const auto bounds = parts_of(input.substr(6), "-");
    require(bounds.size() == 2, "one range");
    if (bounds[0].empty()) {
        require(first + length == size && length == std::min(size, number_or_zero(bounds[1])),
                "the last bytes");
    } else {
        const auto last = bounds[1].empty() ? size - 1 : number_or_zero(bounds[1]);
        require(first == number_or_zero(bounds[0]), "from the first byte asked");
        require(first + length - 1 == std::min(last, size - 1), "to the last byte asked");
    }
}

void negotiate(std::string_view input) {
    const auto encodings = take_line(input);
    const auto languages = take_line(input);
    const auto cookies = take_line(input);
    const auto etag = take_line(input);
    std::optional<int> weights[3];
    constexpr std::string_view kNames[] = {"br", "gzip", "identity"};
    for (std::size_t i = 0; i < 3; ++i) {
        weights[i] = http::weight_of(encodings, kNames[i]);
        // An empty part is a part for one reader and the end for the other; it names nothing.
        require(weights[i] == second_weight(encodings, std::string(kNames[i])), "the same weight");
    }
    const auto chosen = http::choose_encoding(encodings, {.brotli = true, .gzip = true});
    if (chosen == http::Encoding::Brotli) require(weights[0].value_or(0) > 0, "brotli is welcome");
    if (chosen == http::Encoding::Gzip) require(weights[1].value_or(0) > 0, "gzip is welcome");
    if (!chosen) require(weights[2] == 0, "the plain form is refused by name");
    const bool plain = !http::choose_encoding(encodings, {}) ||
                       http::choose_encoding(encodings, {}) == http::Encoding::Identity;
    require(plain, "nothing that does not exist");
    static_cast<void>(http::choose_language(cookies, languages));
    if (http::matches_etag(input, etag) && !etag.empty()) {
        require(input.contains(etag) || input.contains('*'), "the tag is in the list");
    }
}

}  // namespace imagify::fuzz
