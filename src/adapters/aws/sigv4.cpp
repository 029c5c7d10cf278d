#include "adapters/aws/sigv4.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "adapters/aws/digest.hpp"

namespace imagify::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
// S3 alone signs paths as they are sent, and wants the body's hash as a header.
constexpr std::string_view kS3 = "s3";

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

// Without blanks at both ends, with one instead of several inside.
std::string trimmed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t';
        if (!blank) out += c;
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string timestamp(TimePoint now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

struct Canonical {
    std::string text;
    std::string signed_headers;
};

std::string canonical_query(const Pairs& query) {
    Pairs encoded;
    for (const auto& [name, value] : query)
        encoded.emplace_back(uri_encode(name), uri_encode(value));
    std::ranges::sort(encoded);
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text.append(name).append("=").append(value);
    }
    return text;
}

Canonical canonical_request(const SignableRequest& request, const SigningScope& scope,
                            std::string_view payload_hash) {
    std::map<std::string, std::string> headers{{"host", request.authority}};
    for (const auto& [name, value] : request.headers) {
        const auto [entry, is_first] = headers.try_emplace(lower(name), trimmed(value));
        if (!is_first) entry->second += ',' + trimmed(value);
    }
    Canonical out;
    out.text = request.method + '\n' +
               (scope.service == kS3 ? request.path : uri_encode_path(request.path)) + '\n' +
               canonical_query(request.query) + '\n';
    for (const auto& [name, value] : headers) {
        out.text.append(name).append(":").append(value).append("\n");
        out.signed_headers += (out.signed_headers.empty() ? "" : ";") + name;
    }
    out.text += '\n' + out.signed_headers + '\n';
    out.text += payload_hash;
    return out;
}

std::string scope_text(const SigningScope& scope, std::string_view stamp) {
    return std::string(stamp.substr(0, 8)) + '/' + scope.region + '/' + scope.service +
           "/aws4_request";
}

std::string signature(const Canonical& canonical, const Credentials& credentials,
                      const SigningScope& scope, const std::string& stamp) {
    const auto to_sign = std::string(kAlgorithm) + '\n' + stamp + '\n' + scope_text(scope, stamp) +
                         '\n' + hex(sha256(canonical.text));
    auto key = hmac_sha256("AWS4" + credentials.secret_access_key.reveal(), stamp.substr(0, 8));
    key = hmac_sha256(key, scope.region);
    key = hmac_sha256(key, scope.service);
    key = hmac_sha256(key, "aws4_request");
    return hex(hmac_sha256(key, to_sign));
}

std::string encode(std::string_view text, std::string_view also_literal) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool literal = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                             (c >= '0' && c <= '9') || also_literal.contains(c);
        if (literal) {
            out += c;
        } else {
            out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
        }
    }
    return out;
}

}  // namespace

Pairs sign_headers(const SignableRequest& request, const Credentials& credentials,
                   const SigningScope& scope, TimePoint now) {
    const auto stamp = timestamp(now);
    const auto payload_hash = hex(sha256(request.body));
    Pairs added{{"X-Amz-Date", stamp}};
    if (!credentials.session_token.empty()) {
        added.emplace_back("X-Amz-Security-Token", credentials.session_token.reveal());
    }
    if (scope.service == kS3) added.emplace_back("X-Amz-Content-Sha256", payload_hash);
    SignableRequest full = request;
    full.headers.insert(full.headers.end(), added.begin(), added.end());
    const auto canonical = canonical_request(full, scope, payload_hash);
    added.emplace_back("Authorization",
                       std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + '/' +
                           scope_text(scope, stamp) +
                           ", SignedHeaders=" + canonical.signed_headers +
                           ", Signature=" + signature(canonical, credentials, scope, stamp));
    return added;
}

std::string presigned_query(const SignableRequest& request, const Credentials& credentials,
                            const SigningScope& scope, TimePoint now,
                            std::chrono::seconds validity) {
    const auto stamp = timestamp(now);
    SignableRequest full = request;
    full.headers.clear();
    full.query.emplace_back("X-Amz-Algorithm", kAlgorithm);
    full.query.emplace_back("X-Amz-Credential",
                            credentials.access_key_id + '/' + scope_text(scope, stamp));
    full.query.emplace_back("X-Amz-Date", stamp);
    full.query.emplace_back("X-Amz-Expires", std::to_string(validity.count()));
    if (!credentials.session_token.empty()) {
        full.query.emplace_back("X-Amz-Security-Token", credentials.session_token.reveal());
    }
    full.query.emplace_back("X-Amz-SignedHeaders", "host");
    const auto canonical = canonical_request(full, scope, "UNSIGNED-PAYLOAD");
    return encode_query(full.query) +
           "&X-Amz-Signature=" + signature(canonical, credentials, scope, stamp);
}

std::string uri_encode(std::string_view text) { return encode(text, "-._~"); }

std::string uri_encode_path(std::string_view path) { return encode(path, "-._~/"); }

std::string encode_query(const Pairs& query) {
    std::string text;
    for (const auto& [name, value] : query) {
        if (!text.empty()) text += '&';
        text += uri_encode(name) + '=' + uri_encode(value);
    }
    return text;
}

}  // namespace imagify::aws
