#include "transport/beast/head_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/mutant.hpp"

namespace imagify::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

using CharSet = std::array<bool, 256>;

constexpr CharSet char_set(std::string_view extra) {
    CharSet set{};
    for (unsigned c = '0'; c <= '9'; ++c) set[c] = true;
    for (unsigned c = 'a'; c <= 'z'; ++c) set[c] = set[c - 'a' + 'A'] = true;
    for (const char c : extra) set[static_cast<unsigned char>(c)] = true;
    return set;
}

constexpr CharSet kToken = char_set("!#$%&'*+-.^_`|~");    // RFC 9110, 5.6.2
constexpr CharSet kRegName = char_set("-._~%!$&'()*+;=");  // RFC 3986, 3.2.2
constexpr CharSet kIpLiteral = char_set("-._~!$&'()*+;=:");

bool all_in(const CharSet& set, std::string_view text) {
    return std::ranges::all_of(text, [&](char c) { return set[static_cast<unsigned char>(c)]; });
}

bool is_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

bool is_target(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

std::unexpected<Refusal> malformed(std::string_view detail) {
    return std::unexpected(Refusal{400, "request.malformed", detail});
}

Method method_of(std::string_view name) {
    // Methods are case-sensitive (RFC 9110, 9.1).
    constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{
        {"GET", Method::Get},
        {"POST", Method::Post},
        {"HEAD", Method::Head},
        {"PUT", Method::Put},
        {"PATCH", Method::Patch},
        {"DELETE", Method::Delete},
        {"OPTIONS", Method::Options},
    }};
    for (const auto& [text, method] : kMethods) {
        if (text == name) return method;
    }
    return Method::Other;
}

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find(kLineEnd);
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + kLineEnd.size());
    return line;
}

// What the fields say about framing, gathered while they pass by.
struct Seen {
    unsigned hosts = 0;
    unsigned lengths = 0;
    unsigned codings = 0;
    std::string_view host;
    std::string_view length;
    std::string_view coding;
    std::string_view expect;
    std::string_view authority;
    bool close = false;
};

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (same_text(trimmed(list.substr(0, comma)), token)) return true;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

void note(std::string_view name, std::string_view value, Seen& seen) {
    switch (name.size()) {  // Most fields fall out here without a comparison.
        case 4:
            if (same_text(name, "host")) ++seen.hosts, seen.host = value;
            break;
        case 6:
            if (same_text(name, "expect")) seen.expect = value;
            break;
        case 10:
            if (same_text(name, "connection") && has_token(value, "close")) seen.close = true;
            break;
        case 14:
            if (same_text(name, "content-length")) ++seen.lengths, seen.length = value;
            break;
        case 17:
            if (same_text(name, "transfer-encoding")) ++seen.codings, seen.coding = value;
            break;
        default: break;
    }
}

std::expected<void, Refusal> parse_target(std::string_view target, Request& request, Seen& seen) {
    if (!is_target(target)) return malformed("The request target has a character it may not have.");
    if (!target.starts_with('/')) {
        const auto scheme_end = target.find("://");
        const auto scheme = target.substr(0, scheme_end);
        if (scheme_end == std::string_view::npos ||
            !(same_text(scheme, "http") || same_text(scheme, "https"))) {
            return malformed("The request target is not a path.");
        }
        target.remove_prefix(scheme_end + 3);
        seen.authority = target.substr(0, target.find_first_of("/?"));
        if (seen.authority.empty()) return malformed("The request target names no host.");
        target.remove_prefix(seen.authority.size());
    }
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (request.path.empty()) request.path = "/";
    request.query = question == std::string_view::npos ? "" : target.substr(question + 1);
    return {};
}

std::expected<void, Refusal> parse_request_line(std::string_view line, const RequestLimits& limits,
                                                Request& request, Framing& framing, Seen& seen) {
    const auto first = line.find(' ');
    const auto second = line.find(' ', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) {
        return malformed("The request line is not method, target and version.");
    }
    const auto method = line.substr(0, first);
    const auto version = line.substr(second + 1);
    if (method.empty() || !all_in(kToken, method)) return malformed("The method is not a token.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return malformed("The version is neither HTTP/1.1 nor HTTP/1.0.");
    }
    const auto target = line.substr(first + 1, second - first - 1);
    if (target.size() > limits.target_bytes) {
        return std::unexpected(
            Refusal{414, "request.uri_too_long", "The request target is too long."});
    }
    request.method = method_of(method);
    framing.http_1_0 = version == "HTTP/1.0";
    return parse_target(target, request, seen);
}

std::expected<void, Refusal> parse_fields(std::string_view rest, const RequestLimits& limits,
                                          Request& request, Seen& seen) {
    request.headers.reserve(12);  // What a browser sends.
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        if (line.starts_with(' ') && MUTANT("http.folded_field")) continue;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            return malformed("A header line has no name.");
        }
        auto name = line.substr(0, colon);
        if (MUTANT("http.space_before_colon")) name = trimmed(name);
        const auto value = trimmed(line.substr(colon + 1));
        if (!all_in(kToken, name)) return malformed("A header name is not a token.");
        if (!is_value(value)) return malformed("A header value has a control character.");
        if (request.headers.size() == limits.fields) {
            return std::unexpected(
                Refusal{431, "request.headers_too_large", "There are too many headers."});
        }
        note(name, value, seen);
        request.headers.add(std::string(name), std::string(value));
    }
    return {};
}

// Digits that are a port; "a:" has an empty one (RFC 3986, 3.2.3).
bool is_port(std::string_view text) {
    constexpr unsigned kLargest = 65'535;
    unsigned port = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, port);
    return text.empty() || (error == std::errc{} && rest == end && port <= kLargest);
}

// A host and perhaps a port, without a user: what a Host header may hold.
bool is_host(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos) return false;
    const auto host = text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
    const auto rest = text.substr(bracketed ? end + 1 : end);
    if (host.empty() || !all_in(bracketed ? kIpLiteral : kRegName, host)) return false;
    return rest.empty() || (rest.starts_with(':') && is_port(rest.substr(1)));
}

std::expected<void, Refusal> check_host(const Seen& seen, bool http_1_0) {
    if (seen.hosts == 0 && http_1_0) return {};
    if (seen.hosts != 1) return malformed("There must be exactly one Host header.");
    if (!is_host(seen.host)) return malformed("The Host header is not a host.");
    if (!seen.authority.empty() && !same_text(seen.authority, seen.host)) {
        return malformed("The request target is for another host.");
    }
    return {};
}

std::expected<void, Refusal> frame_body(const Seen& seen, const RequestLimits& limits,
                                        Framing& framing) {
    if (MUTANT("http.body_unread")) return {};
    if (seen.codings > 0) {
        const bool sized = seen.lengths > 0 && !MUTANT("http.length_beside_chunks");
        if (seen.codings > 1 || sized || framing.http_1_0) {
            return malformed("The length of the body is given in more than one way.");
        }
        if (!same_text(seen.coding, "chunked")) {
            return malformed("The only transfer coding that is taken is chunked.");
        }
        framing.chunked = true;
        return {};
    }
    if (seen.lengths == 0) return {};
    constexpr std::size_t kMaxDigits = 18;  // Fits in 64 bits whatever the digits.
    const auto* end = seen.length.data() + seen.length.size();
    const bool digits = !seen.length.empty() && seen.length.size() <= kMaxDigits &&
                        seen.length.find_first_not_of("0123456789") == std::string_view::npos;
    const bool one = seen.lengths == 1 || MUTANT("http.last_length");
    if (!one || !digits) return malformed("Content-Length is not one decimal number.");
    std::from_chars(seen.length.data(), end, framing.content_length);
    if (framing.content_length > limits.body_bytes) {
        return std::unexpected(Refusal{413, "request.too_large", "The body is too large."});
    }
    return {};
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_field_line(std::string_view line) {
    const auto colon = line.find(':');
    return colon != std::string_view::npos && colon > 0 && all_in(kToken, line.substr(0, colon)) &&
           is_value(line.substr(colon + 1));
}

std::expected<Framing, Refusal> parse_head(std::string_view head, const RequestLimits& limits,
                                           Request& request) {
    Framing framing;
    Seen seen;
    auto rest = head;
    const auto line = take_line(rest);
    auto step = parse_request_line(line, limits, request, framing, seen);
    if (step) step = parse_fields(rest, limits, request, seen);
    if (step) step = check_host(seen, framing.http_1_0);
    if (step) step = frame_body(seen, limits, framing);
    if (!step) return std::unexpected(step.error());
    if (!seen.expect.empty() && !framing.http_1_0) {
        if (!same_text(seen.expect, "100-continue")) {
            return std::unexpected(Refusal{417, "request.expectation_failed",
                                           "The only expectation that is met is 100-continue."});
        }
        framing.expects_continue = framing.chunked || framing.content_length > 0;
    }
    framing.keep_alive = !framing.http_1_0 && !seen.close;
    return framing;
}

std::optional<Refusal> refuse_early(std::string_view part, const RequestLimits& limits) {
    if (!part.empty() && !kToken[static_cast<unsigned char>(part.front())]) {
        return malformed("This is not HTTP.").error();
    }
    for (auto end = part.find('\n'); end != std::string_view::npos;
         end = part.find('\n', end + 1)) {
        if (end == 0 || part[end - 1] != '\r') return malformed("A line ends without CR.").error();
    }
    const bool line_ended = part.find('\n') != std::string_view::npos;
    // The longest method that is a word, two spaces and the version fit into 64 bytes.
    if (!line_ended && part.size() > limits.target_bytes + 64) {
        return Refusal{414, "request.uri_too_long", "The request target is too long."};
    }
    if (part.size() >= limits.head_bytes) {
        return Refusal{431, "request.headers_too_large", "The headers are too large."};
    }
    return std::nullopt;
}

}  // namespace imagify::http
