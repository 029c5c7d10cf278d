#include <nlohmann/json.hpp>

#include "adapters/local_identity/hs256_tokens.hpp"
#include "base/base64url.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "support/fake_clock.hpp"
#include "support/jws.hpp"
#include "transport/http/session.hpp"

namespace imagify::fuzz {
namespace {

using testing::base64url;
using testing::with_signature;

constexpr std::string_view kKey = "a key of the fuzzer, which has more than 32 bytes";
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"at+jwt"})";

struct Desk {
    testing::FakeClock clock;
    Hs256Tokens tokens{Secret(std::string(kKey)), clock};
    std::int64_t now = to_unix_ms(clock.now()) / 1000;
};

Desk& desk() {
    static Desk one;
    return one;
}

bool is_whole(const nlohmann::json& claims, const char* name) {
    return claims.contains(name) && claims[name].is_number_integer();
}

bool is_text(const nlohmann::json& claims, const char* name) {
    return claims.contains(name) && claims[name].is_string();
}

// RFC 8725 and our own exactness, read by another parser.
bool is_valid(std::string_view payload) {
    const auto claims = nlohmann::json::parse(payload, nullptr, false);
    if (claims.is_discarded() || !claims.is_object() || claims.size() != 8) return false;
    const bool typed = is_text(claims, "iss") && is_text(claims, "aud") && is_text(claims, "sub") &&
                       is_text(claims, "jti") && is_whole(claims, "iat") &&
                       is_whole(claims, "nbf") && is_whole(claims, "exp") &&
                       is_whole(claims, "epoch");
    return typed && claims["iss"] == "imagify" && claims["aud"] == "imagify-api" &&
           claims["sub"] != "" && claims["jti"] != "" && claims["exp"] > desk().now &&
           claims["nbf"] <= desk().now + 30;
}

std::string claims_with(std::int64_t expires) {
    const auto now = std::to_string(desk().now);
    return R"({"iss":"imagify","aud":"imagify-api","sub":"u_1","iat":)" + now + R"(,"nbf":)" + now +
           R"(,"exp":)" + std::to_string(expires) +
           R"(,"jti":"s_01ARZ3NDEKTSV4RRFFQ69G5FAV","epoch":3})";
}

}  // namespace

std::vector<std::string> token_seeds() {
    const auto now = desk().now;
    const auto good = claims_with(now + 60);
    return {"p" + good, "p" + claims_with(now), "h" + std::string(kHeader) + "\n" + good,
            "b" + base64url(kHeader) + "." + base64url(good),
            "r" + with_signature(base64url(kHeader) + "." + base64url(good), kKey).substr(0, 100)};
}

void read_token(std::string_view input) {
    if (input.empty()) return;
    const char what = input[0];
    input.remove_prefix(1);
    if (what == 'p') {
        const auto token = with_signature(base64url(kHeader) + "." + base64url(input), kKey);
        require(!desk().tokens.verify(token) || is_valid(input), "only valid claims are believed");
    } else if (what == 'h') {
        const auto header = take_line(input);
        const auto token = with_signature(base64url(header) + "." + base64url(input), kKey);
        require(!desk().tokens.verify(token) || (header == kHeader && is_valid(input)),
                "only our header is believed");
    } else if (what == 'b') {
        const auto accepted = desk().tokens.verify(with_signature(std::string(input), kKey));
        require(!accepted || input.starts_with(base64url(kHeader) + "."), "only our form");
    } else {
        require(!desk().tokens.verify(input), "nothing is believed without a signature");
    }
}

void read_base64url(std::string_view input) {
    require(base64url_decode(base64url_encode(input)) == input, "decoding undoes encoding");
    require(base64url_encode(input) == base64url(input), "OpenSSL encodes the same");
    const auto bytes = base64url_decode(input);
    if (bytes) require(base64url(*bytes) == input, "a value has one spelling");
}

void read_session(std::string_view input) {
    http::Request request;
    for (const auto* const name : {"Authorization", "Cookie", "X-Imagify", "Origin", "Host"}) {
        const auto value = take_line(input);
        if (!value.empty()) request.headers.add(name, std::string(value));
    }
    const auto cookies = request.headers.get("Cookie");
    if (const auto presented = http::presented_token(request)) {
        if (presented->source == http::TokenSource::Bearer) {
            const auto whole = request.headers.get("Authorization");
            require(whole.size() == presented->token.size() + 7, "all that stands after Bearer");
        } else {
            const auto pair = "imagify_session=" + std::string(presented->token);
            require(!presented->token.contains(';'), "one cookie");
            require((" " + std::string(cookies) + ";").contains(pair + ";"), "the whole value");
        }
    }
    if (http::passes_csrf(request, http::CorsPolicy())) {
        const auto origin = request.headers.get("Origin");
        require(request.headers.get("X-Imagify") == "1", "a header that forms cannot send");
        require(
            origin.empty() || origin.ends_with("://" + std::string(request.headers.get("Host"))),
            "our own origin");
    }
}

}  // namespace imagify::fuzz
