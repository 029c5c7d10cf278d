#include "adapters/cognito/rs256_tokens.hpp"

#include <boost/json.hpp>

#include "adapters/cognito/json_text.hpp"
#include "base/base64url.hpp"
#include "base/ids.hpp"
#include "base/json_keys.hpp"
#include "base/mutant.hpp"

namespace imagify::cognito {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 8;

std::unexpected<Error> refuse(std::string why) {
    return fail(ErrorKind::Unauthenticated, "auth.token_invalid", std::move(why));
}

std::optional<std::int64_t> seconds_of(const json::object& claims, std::string_view name) {
    const auto* const value = claims.if_contains(name);
    const auto* const number = value == nullptr ? nullptr : value->if_int64();
    if (number == nullptr || *number < 0 || *number > 253'402'300'799) return std::nullopt;  // 9999
    return *number;
}

// The object that a part of a token is.
std::optional<json::object> object_of(std::string_view part) {
    const auto text = base64url_decode(part);
    if (!text) return std::nullopt;
    json::parse_options options;
    options.max_depth = kDepthMax;
    json::error_code failed;
    auto parsed = json::parse(*text, failed, {}, options);
    if (failed || !parsed.is_object()) return std::nullopt;
    auto& object = parsed.get_object();
    if (has_repeated_keys(*text, object.size())) return std::nullopt;
    return std::move(object);
}

// A token cut at its dots, before anything in it is believed.
struct Parts {
    std::string kid;
    std::string_view payload;
    std::string_view signing_input;
    std::string signature;
};

Result<Parts> take_apart(std::string_view token) {
    if (token.size() > kPoolTokenMaxBytes) return refuse("too long");
    const auto first = token.find('.');
    const auto second = token.rfind('.');
    if (first == second) return refuse("parts");  // Also when there is no dot at all.
    Parts parts{.kid = {},
                .payload = token.substr(first + 1, second - first - 1),
                .signing_input = token.substr(0, second),
                .signature = {}};
    const auto header = object_of(token.substr(0, first));
    if (!header) return refuse("header");
    // RFC 8725, 3.1: the algorithm is ours to choose, not the token's.
    if (text_of(*header, "alg") != "RS256" && !MUTANT("cognito.any_algorithm"))
        return refuse("alg");
    if (header->contains("crit")) return refuse("crit");
    if (header->contains("typ") && text_of(*header, "typ") != "JWT") return refuse("typ");
    parts.kid = text_of(*header, "kid");
    if (parts.kid.empty()) return refuse("kid");
    auto signature = base64url_decode(token.substr(second + 1));
    if (!signature) return refuse("signature encoding");
    parts.signature = std::move(*signature);
    return parts;
}

Result<void> check_times(const json::object& claims, std::int64_t now) {
    const auto skew = std::chrono::seconds(kPoolClockSkew).count();
    const auto issued = seconds_of(claims, "iat");
    const auto expires = seconds_of(claims, "exp");
    if (!issued || *issued > now + skew) return refuse("iat");
    if (!expires || (*expires <= now - skew && !MUTANT("cognito.expired"))) return refuse("exp");
    if (*expires - *issued > std::chrono::seconds(kPoolTokenMaxLife).count()) return refuse("life");
    if (!claims.contains("nbf")) return {};
    const auto not_before = seconds_of(claims, "nbf");
    if (!not_before || *not_before > now + skew) return refuse("nbf");
    return {};
}

Result<PoolClaims> check_claims(const json::object& claims, const Rs256Tokens::Settings& settings) {
    const auto is = [&claims](std::string_view name, std::string_view value) {
        return !value.empty() && text_of(claims, name) == value;
    };
    if (!is("iss", settings.issuer) && !MUTANT("cognito.any_issuer")) return refuse("iss");
    PoolClaims read;
    if (is("token_use", "id")) {
        if (!is("aud", settings.client_id) && !MUTANT("cognito.any_audience")) return refuse("aud");
        const auto* const verified = claims.if_contains("email_verified");
        read.use = TokenUse::Id;
        read.email = text_of(claims, "email");
        read.email_verified = verified != nullptr && verified->is_bool() && verified->get_bool();
        read.name = text_of(claims, "name");
    } else if (is("token_use", "access")) {
        if (!is("client_id", settings.client_id)) return refuse("client_id");
    } else {
        return refuse("token_use");
    }
    const auto subject = text_of(claims, "sub");
    // Cognito names people by UUIDs, and our ids are made of them.
    if (!ulid_of_uuid("", subject)) return refuse("sub");
    read.subject = subject;
    const auto issued = seconds_of(claims, "iat").value_or(0);
    const auto authenticated = seconds_of(claims, "auth_time").value_or(issued);
    read.authenticated_at = TimePoint(std::chrono::seconds(std::min(authenticated, issued)));
    return read;
}

}  // namespace

Task<Result<PoolClaims>> Rs256Tokens::verify(std::string token) const {
    const auto parts = take_apart(token);
    if (!parts) co_return std::unexpected(parts.error());
    const auto key = co_await keys_.find(parts->kid);
    if (!key) co_return std::unexpected(key.error());
    if (!*key) co_return refuse("no key of the pool");
    if (!(*key)->verifies(parts->signing_input, parts->signature) &&
        !MUTANT("cognito.unsigned_token")) {
        co_return refuse("signature");
    }
    const auto claims = object_of(parts->payload);
    if (!claims) co_return refuse("payload");
    const auto now =
        std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
    if (auto timely = check_times(*claims, now); !timely) co_return std::unexpected(timely.error());
    co_return check_claims(*claims, settings_);
}

}  // namespace imagify::cognito
