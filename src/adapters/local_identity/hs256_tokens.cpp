#include "adapters/local_identity/hs256_tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/json.hpp>

#include "adapters/local_identity/base64url.hpp"

namespace imagify {
namespace {

namespace json = boost::json;

// {"alg":"HS256","typ":"at+jwt"}: the only header we write, so the only one we take.
constexpr std::string_view kHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9";
constexpr std::string_view kIssuer = "imagify";
constexpr std::string_view kAudience = "imagify-api";
constexpr std::chrono::seconds kClockSkew{30};
// iss aud sub iat nbf exp jti epoch.
constexpr std::size_t kClaimCount = 8;

std::unexpected<Error> refuse(std::string why) {
    return fail(ErrorKind::Unauthenticated, "auth.token_invalid", std::move(why));
}

std::string_view as_view(const std::array<unsigned char, 32>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const json::string* text_claim(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
}

std::optional<std::int64_t> integer_claim(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    if (number == nullptr) return std::nullopt;
    return *number;
}

std::int64_t to_seconds(TimePoint time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

Result<TokenClaims> check_claims(const json::object& claims, std::int64_t now) {
    const auto* issuer = text_claim(claims, "iss");
    const auto* audience = text_claim(claims, "aud");
    const auto* subject = text_claim(claims, "sub");
    const auto epoch = integer_claim(claims, "epoch");
    const auto issued = integer_claim(claims, "iat");
    const auto not_before = integer_claim(claims, "nbf");
    const auto expires = integer_claim(claims, "exp");
    if (claims.size() != kClaimCount || !issued || text_claim(claims, "jti") == nullptr) {
        return refuse("claims");
    }
    if (issuer == nullptr || *issuer != kIssuer) return refuse("iss");
    if (audience == nullptr || *audience != kAudience) return refuse("aud");
    if (subject == nullptr || subject->empty() || !epoch) return refuse("sub or epoch");
    if (!not_before || now + kClockSkew.count() < *not_before) return refuse("nbf");
    if (!expires || now >= *expires) return refuse("exp");
    return TokenClaims{.user_id = UserId(std::string(*subject)), .session_epoch = *epoch};
}

}  // namespace

Hs256Tokens::Hs256Tokens(const Secret& secret, const Clock& clock, Random& random)
    : secret_(secret), clock_(clock), random_(random) {
    // RFC 7518, 3.2: a key of the same size as the hash output or larger.
    assert(secret_.reveal().size() >= 32);
}

Hs256Tokens::Mac Hs256Tokens::sign(std::string_view signing_input) const {
    Mac mac{};
    unsigned length = 0;
    const auto& key = secret_.reveal();
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(signing_input.data()),
                            signing_input.size(), mac.data(), &length);
    assert(made != nullptr && length == mac.size());
    static_cast<void>(made);
    return mac;
}

IssuedToken Hs256Tokens::issue(const UserId& user, std::int64_t session_epoch) {
    const auto now = to_seconds(clock_.now());
    const auto expires = now + std::chrono::seconds(kTokenLifetime).count();
    const json::object claims{{"iss", kIssuer},
                              {"aud", kAudience},
                              {"sub", user.text()},
                              {"iat", now},
                              {"nbf", now},
                              {"exp", expires},
                              {"jti", new_ulid("", clock_, random_)},
                              {"epoch", session_epoch}};
    std::string token = std::string(kHeader) + '.' + base64url_encode(json::serialize(claims));
    const auto mac = sign(token);
    token += '.';
    token += base64url_encode(as_view(mac));
    return {.token = std::move(token), .expires_at = TimePoint(std::chrono::seconds(expires))};
}

Result<TokenClaims> Hs256Tokens::verify(std::string_view token) const {
    if (token.size() > kTokenMaxBytes) return refuse("too long");
    const auto second_dot = token.rfind('.');
    if (second_dot == std::string_view::npos) return refuse("parts");
    const auto signing_input = token.substr(0, second_dot);
    const auto mac = base64url_decode(token.substr(second_dot + 1));
    const auto expected = sign(signing_input);
    if (!mac || mac->size() != expected.size() ||
        CRYPTO_memcmp(mac->data(), expected.data(), expected.size()) != 0) {
        return refuse("signature");
    }
    // From here on the bytes are ours; the checks guard against tokens of another purpose.
    if (!signing_input.starts_with(kHeader) || signing_input.size() <= kHeader.size() ||
        signing_input[kHeader.size()] != '.') {
        return refuse("header");
    }
    const auto payload = base64url_decode(signing_input.substr(kHeader.size() + 1));
    if (!payload) return refuse("payload encoding");
    std::array<unsigned char, 2'048> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    json::error_code failed;
    const auto parsed = json::parse(*payload, failed, &memory);
    if (failed || !parsed.is_object()) return refuse("payload");
    // Repeated names and spaces: not as we write it, so not ours.
    if (json::serialize(parsed) != *payload) return refuse("payload form");
    return check_claims(parsed.get_object(), to_seconds(clock_.now()));
}

}  // namespace imagify
