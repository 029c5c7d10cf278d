#include <nlohmann/json.hpp>

#include "adapters/cognito/rs256_tokens.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "support/fake_clock.hpp"
#include "support/rsa_signer.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http.hpp"

namespace imagify::fuzz {
namespace {

using cognito::Jwks;
using cognito::Rs256Tokens;

constexpr std::string_view kIssuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_F";

// A signature takes half a millisecond, so most inputs are read with one key of the least size.
struct Pool {
    testing::FakeClock clock;
    testing::RsaSigner signer{"pool"};
    testing::ScriptedHttp http{[this](const OutboundRequest&) {
        return testing::answer_of(200, testing::key_set({signer.jwk()}));
    }};
    Jwks keys{http, clock, "https://pool.example/jwks"};
    Rs256Tokens tokens{keys, clock, {.issuer = std::string(kIssuer), .client_id = "client"}};
    std::int64_t now = to_unix_ms(clock.now()) / 1'000;
};

Pool& pool() {
    static Pool one;
    return one;
}

bool is_number(const nlohmann::json& claims, const char* name) {
    return claims.contains(name) && claims[name].is_number_integer();
}

// The same rules, read by another parser.
bool is_valid(std::string_view payload) {
    const auto claims = nlohmann::json::parse(payload, nullptr, false);
    if (claims.is_discarded() || !claims.is_object()) return false;
    const auto is = [&claims](const char* name, std::string_view value) {
        return claims.contains(name) && claims[name] == value;
    };
    const bool id = is("token_use", "id") && is("aud", "client");
    const bool access = is("token_use", "access") && is("client_id", "client");
    if (!is("iss", kIssuer) || (!id && !access)) return false;
    if (!is_number(claims, "exp") || !is_number(claims, "iat")) return false;
    return claims["exp"] > pool().now - 60 && claims["iat"] <= pool().now + 60;
}

std::string claims_until(std::int64_t expires) {
    return R"({"iss":")" + std::string(kIssuer) +
           R"(","sub":"8a1b6c9e-0000-4000-8000-123456789abc","token_use":"id","aud":"client",)"
           R"("iat":)" +
           std::to_string(pool().now) + R"(,"exp":)" + std::to_string(expires) + "}";
}

bool takes(const std::string& token) {
    return testing::run_task(pool().tokens.verify(token)).has_value();
}

}  // namespace

std::vector<std::string> pool_token_seeds() {
    const auto good = claims_until(pool().now + 60);
    return {"p" + good, "p" + claims_until(pool().now - 60),
            "h" + pool().signer.header() + "\n" + good, "r" + pool().signer.token(good),
            "k" + testing::key_set({pool().signer.jwk()})};
}

void read_pool_token(std::string_view input) {
    if (input.empty()) return;
    const char what = input[0];
    input.remove_prefix(1);
    if (what == 'p') {
        require(!takes(pool().signer.token(input)) || is_valid(input), "only valid claims");
    } else if (what == 'h') {
        const auto header = take_line(input);
        const auto accepted = takes(pool().signer.token(header, input));
        require(!accepted || (header.contains("RS256") && is_valid(input)), "only RS256");
    } else if (what == 'k') {
        const auto keys = cognito::parse_key_set(input);
        require(!keys || !keys->empty(), "a key set has a key");
    } else if (takes(std::string(input))) {
        require(input.contains('.'), "a token has parts");
    }
}

}  // namespace imagify::fuzz
