#include "adapters/local_identity/hs256_tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/json.hpp>

#include "base/base64url.hpp"
#include "base/mutant.hpp"

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
    const auto* session = text_claim(claims, "jti");
    const auto epoch = integer_claim(claims, "epoch");
    const auto issued = integer_claim(claims, "iat");
    const auto not_before = integer_claim(claims, "nbf");
    const auto expires = integer_claim(claims, "exp");
    if (claims.size() != kClaimCount || !issued) return refuse("claims");
    if (issuer == nullptr || *issuer != kIssuer) return refuse("iss");
    if (audience == nullptr || *audience != kAudience) return refuse("aud");
    if (subject == nullptr || subject->empty() || !epoch) return refuse("sub or epoch");
    if (session == nullptr || session->empty()) return refuse("jti");
    if (!not_before || now + kClockSkew.count() < *not_before) return refuse("nbf");
    if (!expires || now - (MUTANT("parse.token_expiry") ? 1 : 0) >= *expires) return refuse("exp");
    // Only we sign, but a clock that was wrong for a while must not leave a token for years.
    if (*issued < 0 || now + kClockSkew.count() < *issued) return refuse("iat");
    const bool too_long = *expires - *issued > std::chrono::seconds(kSessionLifetime).count();
    if (too_long && !MUTANT("forged.any_life")) return refuse("life");
    return TokenClaims{.user_id = UserId(std::string(*subject)),
                       .session_id = SessionId(std::string(*session)),
                       .session_epoch = *epoch};
}

}  // namespace

Hs256Tokens::Hs256Tokens(const Secret& secret, const Clock& clock, const Secret& previous)
    : secret_(secret), previous_(previous), clock_(clock) {
    // RFC 7518, 3.2: a key of the same size as the hash output or larger.
    assert(secret_.reveal().size() >= 32);
    assert(previous_.empty() || previous_.reveal().size() >= 32);
}

Hs256Tokens::Mac Hs256Tokens::sign(const Secret& secret, std::string_view signing_input) {
    Mac mac{};
    unsigned length = 0;
    const auto& key = secret.reveal();
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(signing_input.data()),
                            signing_input.size(), mac.data(), &length);
    assert(made != nullptr && length == mac.size());
    static_cast<void>(made);
    return mac;
}

IssuedToken Hs256Tokens::issue(const Session& session, std::int64_t session_epoch) {
    const auto now = to_seconds(session.created_at);
    const auto expires = to_seconds(session.expires_at);
    const json::object claims{{"iss", kIssuer},
                              {"aud", kAudience},
                              {"sub", session.user_id.text()},
                              {"iat", now},
                              {"nbf", now},
                              {"exp", expires},
                              {"jti", session.id.text()},
                              {"epoch", session_epoch}};
    std::string token = std::string(kHeader) + '.' + base64url_encode(json::serialize(claims));
    const auto mac = sign(secret_, token);
    token += '.';
    token += base64url_encode(as_view(mac));
    return {.token = std::move(token), .expires_at = TimePoint(std::chrono::seconds(expires))};
}

bool Hs256Tokens::is_signed(std::string_view signing_input, std::string_view mac) const {
    const auto by = [&](const Secret& secret) {
        const auto expected = sign(secret, signing_input);
        return mac.size() == expected.size() &&
               CRYPTO_memcmp(mac.data(), expected.data(), expected.size()) == 0;
    };
    return by(secret_) || (!previous_.empty() && by(previous_));
}

Result<TokenClaims> Hs256Tokens::verify(std::string_view token) const {
    if (token.size() > kTokenMaxBytes) return refuse("too long");
    const auto second_dot = token.rfind('.');
    if (second_dot == std::string_view::npos) return refuse("parts");
    const auto signing_input = token.substr(0, second_dot);
    const auto mac = base64url_decode(token.substr(second_dot + 1));
    if (!mac || !is_signed(signing_input, *mac)) return refuse("signature");
    // From here on the bytes are ours; the checks guard against tokens of another purpose.
    const auto header = signing_input.substr(0, signing_input.find('.'));
    if (header.size() == signing_input.size()) return refuse("parts");
    if (header != kHeader && !MUTANT("forged.any_header")) return refuse("header");
    const auto payload = base64url_decode(signing_input.substr(header.size() + 1));
    if (!payload) return refuse("payload encoding");
    std::array<unsigned char, 2'048> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    json::error_code failed;
    const auto parsed = json::parse(*payload, failed, &memory);
    if (failed || !parsed.is_object()) return refuse("payload");
    // Repeated names and spaces: not as we write it, so not ours.
    if (json::serialize(parsed) != *payload && !MUTANT("forged.any_form"))
        return refuse("payload form");
    return check_claims(parsed.get_object(), to_seconds(clock_.now()));
}

}  // namespace imagify
