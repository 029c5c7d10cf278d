#include "adapters/cognito/rs256_tokens.hpp"

#include <gtest/gtest.h>

#include "base/mutant.hpp"
#include "support/fake_clock.hpp"
#include "support/jws.hpp"
#include "support/rsa_signer.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

const RsaSigner& pool_key() {
    static const RsaSigner key("pool-1");
    return key;
}
const RsaSigner& strange_key() {
    static const RsaSigner key("pool-1");
    return key;
}

constexpr std::string_view kIssuer = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap_1";

}  // namespace

class Rs256TokensTest : public ::testing::Test {
protected:
    std::int64_t seconds() const { return to_unix_ms(clock.now()) / 1'000; }

    /// The claims of a pool, with one replaced by a JSON text; an empty text removes it.
    std::string payload_with(const std::string& name = "", const std::string& value = "",
                             const std::string& use = "id") const {
        const auto now = std::to_string(seconds());
        std::vector<std::pair<std::string, std::string>> claims = {
            {"iss", '"' + std::string(kIssuer) + '"'},
            {"sub", R"("8a1b6c9e-0000-4000-8000-123456789abc")"},
            {"token_use", '"' + use + '"'},
            {"iat", now},
            {"auth_time", std::to_string(seconds() - 5)},
            {"exp", std::to_string(seconds() + 3'600)},
            {"jti", R"("9f6b")"}};
        if (use == "id") {
            claims.insert(claims.end(), {{"aud", R"("client-1")"},
                                         {"email", R"("an@example.vn")"},
                                         {"email_verified", "true"},
                                         {"name", R"("An")"}});
        } else {
            claims.emplace_back("client_id", R"("client-1")");
        }
        std::string json = "{";
        bool met = name.empty();
        const auto add = [&json](const std::string& claim, const std::string& text) {
            if (!text.empty()) json += (json.size() > 1 ? ",\"" : "\"") + claim + "\":" + text;
        };
        for (const auto& [claim, text] : claims) {
            add(claim, claim == name ? value : text);
            met = met || claim == name;
        }
        if (!met) add(name, value);
        return json + "}";
    }

    Result<cognito::PoolClaims> verify(const std::string& token) {
        return run_task(tokens.verify(token));
    }
    bool takes(const std::string& token) { return verify(token).has_value(); }
    bool takes_claim(const std::string& name, const std::string& value,
                     const std::string& use = "id") {
        return takes(pool_key().token(payload_with(name, value, use)));
    }

    FakeClock clock;
    ScriptedHttp http{
        [](const OutboundRequest&) { return answer_of(200, key_set({pool_key().jwk()})); }};
    cognito::Jwks keys{http, clock, "https://pool.example/jwks"};
    cognito::Rs256Tokens tokens{
        keys, clock, {.issuer = std::string(kIssuer), .client_id = "client-1"}};
};

TEST_F(Rs256TokensTest, IdTokenSaysWhoAndSinceWhen) {
    const auto claims = verify(pool_key().token(payload_with()));

    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->subject, "8a1b6c9e-0000-4000-8000-123456789abc");
    EXPECT_EQ(claims->use, cognito::TokenUse::Id);
    EXPECT_EQ(claims->email, "an@example.vn");
    EXPECT_TRUE(claims->email_verified);
    EXPECT_EQ(claims->name, "An");
    EXPECT_EQ(claims->authenticated_at, clock.now() - 5s);
}

TEST_F(Rs256TokensTest, AccessTokenSaysWhoAlone) {
    const auto claims = verify(pool_key().token(payload_with("", "", "access")));

    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->use, cognito::TokenUse::Access);
    EXPECT_EQ(claims->email, "");
    EXPECT_FALSE(claims->email_verified);
}

TEST_F(Rs256TokensTest, RefreshedTokenIsAsOldAsItsLogIn) {
    EXPECT_EQ(verify(pool_key().token(payload_with("auth_time", "1700000000")))->authenticated_at,
              TimePoint(1'700'000'000s));
    EXPECT_EQ(verify(pool_key().token(payload_with("auth_time", "9999999999")))->authenticated_at,
              clock.now());
    EXPECT_EQ(verify(pool_key().token(payload_with("auth_time", "")))->authenticated_at,
              clock.now());
}

TEST_F(Rs256TokensTest, AlgorithmIsNotTheTokensToChoose) {
    const auto claims = payload_with();
    // The public key is no secret: whoever takes it for an HMAC key believes everybody.
    const auto hs256 = base64url(R"({"kid":"pool-1","alg":"HS256"})") + "." + base64url(claims);
    EXPECT_FALSE(takes(with_signature(hs256, pool_key().pem())));
    EXPECT_FALSE(takes(with_signature(hs256, pool_key().jwk())));
    const auto none = base64url(R"({"kid":"pool-1","alg":"none"})") + "." + base64url(claims) + ".";
    EXPECT_FALSE(takes(none));
    for (const auto* alg : {"none", "None", "HS256", "HS512", "RS384", "RS512", "PS256", "ES256",
                            "rs256", "RS256 ", ""}) {
        const auto header = R"({"kid":"pool-1","alg":")" + std::string(alg) + "\"}";
        EXPECT_FALSE(takes(pool_key().token(header, claims))) << alg;
    }
    for (const auto* header :
         {R"({"kid":"pool-1"})", R"({"alg":"RS256"})", R"({"kid":"","alg":"RS256"})",
          R"({"kid":7,"alg":"RS256"})", R"({"kid":"pool-1","alg":["RS256"]})",
          R"({"kid":"pool-1","alg":"RS256","crit":["b64"],"b64":false})",
          R"({"kid":"pool-1","alg":"HS256","alg":"RS256"})",
          R"({"kid":"pool-1","alg":"RS256","typ":"at+jwt"})", R"(["RS256"])", "", "null"}) {
        EXPECT_FALSE(takes(pool_key().token(header, claims))) << header;
    }
    EXPECT_TRUE(takes(pool_key().token(R"({"alg":"RS256","typ":"JWT","kid":"pool-1"})", claims)));
}

TEST_F(Rs256TokensTest, KeysComeFromThePoolAlone) {
    const auto claims = payload_with();
    EXPECT_FALSE(takes(strange_key().token(claims)));
    const auto carries_its_key =
        R"({"kid":"pool-1","alg":"RS256","jku":"https://evil.example/jwks","jwk":)" +
        strange_key().jwk() + "}";
    EXPECT_FALSE(takes(strange_key().token(carries_its_key, claims)));
    EXPECT_FALSE(takes(pool_key().token(R"({"kid":"pool-2","alg":"RS256"})", claims)));
    for (const auto& request : http.requests) EXPECT_EQ(request.url, "https://pool.example/jwks");
}

TEST_F(Rs256TokensTest, ClaimsAreExactlyThisPoolsAndClients) {
    for (const auto* issuer : {"", R"("")", R"("imagify")", "7", "null",
                               R"("https://cognito-idp.ap-southeast-1.amazonaws.com/ap_2")",
                               R"("https://cognito-idp.ap-southeast-1.amazonaws.com/ap_1/")",
                               R"(["https://cognito-idp.ap-southeast-1.amazonaws.com/ap_1"])"}) {
        EXPECT_FALSE(takes_claim("iss", issuer)) << issuer;
    }
    for (const auto* audience : {"", R"("")", R"("client-2")", R"(["client-1"])", "null"}) {
        EXPECT_FALSE(takes_claim("aud", audience)) << audience;
        EXPECT_FALSE(takes_claim("client_id", audience, "access")) << audience;
    }
    for (const auto* use : {"", R"("")", R"("refresh")", "true", R"(["id"])"}) {
        EXPECT_FALSE(takes_claim("token_use", use)) << use;
    }
    // An access token must not pass for an id token, nor the reverse.
    EXPECT_FALSE(takes_claim("token_use", R"("access")", "id"));
    EXPECT_FALSE(takes_claim("token_use", R"("id")", "access"));
    for (const auto* subject : {"", R"("")", "7", R"("a/../b")", R"("a b")", R"("\u0000")"}) {
        EXPECT_FALSE(takes_claim("sub", subject)) << subject;
    }
    EXPECT_FALSE(takes_claim("sub", '"' + std::string(65, 'a') + '"'));
}

TEST_F(Rs256TokensTest, TimesHoldWithinAMinute) {
    const auto at = [this](std::int64_t offset) { return std::to_string(seconds() + offset); };
    EXPECT_TRUE(takes_claim("exp", at(-59)));
    EXPECT_FALSE(takes_claim("exp", at(-60)));
    EXPECT_TRUE(takes_claim("iat", at(60)));
    EXPECT_FALSE(takes_claim("iat", at(61)));
    EXPECT_TRUE(takes_claim("nbf", at(60)));
    EXPECT_FALSE(takes_claim("nbf", at(61)));
    EXPECT_TRUE(takes_claim("exp", at(24 * 3'600)));
    EXPECT_FALSE(takes_claim("exp", at(24 * 3'600 + 1)));
    for (const auto* name : {"exp", "iat", "nbf"}) {
        for (const auto* value : {"null", "true", R"("1768446305")", "-1", "1768446305.0", "1e10",
                                  "[]", "9223372036854775807", "18446744073709551615"}) {
            EXPECT_FALSE(takes_claim(name, value)) << name << ' ' << value;
        }
    }
    EXPECT_FALSE(takes_claim("exp", ""));
    EXPECT_FALSE(takes_claim("iat", ""));
}

TEST_F(Rs256TokensTest, FormIsStrict) {
    const auto token = pool_key().token(payload_with());
    for (const auto& other :
         {std::string(), std::string("."), std::string(".."), token + ".", "." + token, token + "=",
          token + " ", token + "\n", token + ".x", token.substr(0, token.size() - 1),
          token.substr(0, token.rfind('.')), token.substr(0, token.rfind('.') + 1)}) {
        EXPECT_FALSE(takes(other)) << other;
    }
    auto twice = payload_with();
    twice.insert(1, R"("sub":"other",)");
    EXPECT_FALSE(takes(pool_key().token(twice)));
    EXPECT_FALSE(takes(pool_key().token("[]")));
    EXPECT_FALSE(takes(pool_key().token("null")));
    EXPECT_TRUE(takes_claim("padding", '"' + std::string(1'000, 'x') + '"'));
    EXPECT_FALSE(takes_claim("padding", '"' + std::string(4'000, 'x') + '"'));
}

TEST_F(Rs256TokensTest, EveryChangedByteIsRefused) {
    const auto token = pool_key().token(payload_with());
    int refused = 0;
    for (std::size_t i = 0; i < token.size(); ++i) {
        for (const char c : {'A', 'z', '.', '_', '='}) {
            if (token[i] == c) continue;
            auto changed = token;
            changed[i] = c;
            EXPECT_FALSE(takes(changed)) << i << c;
            ++refused;
        }
    }
    EXPECT_GT(refused, 2'000);
    EXPECT_TRUE(takes(token));
}

// Proves that the checks above can fail.
TEST_F(Rs256TokensTest, EachPlantedFaultShows) {
    const auto shows = [this](const char* fault, const std::string& token) {
        EXPECT_FALSE(takes(token)) << fault;
        plant_mutant(fault);
        EXPECT_TRUE(takes(token)) << fault;
        plant_mutant("");
    };
    shows("cognito.unsigned_token", strange_key().token(payload_with()));
    shows("cognito.any_issuer", pool_key().token(payload_with("iss", R"("other")")));
    shows("cognito.any_audience", pool_key().token(payload_with("aud", R"("other")")));
    shows("cognito.expired", pool_key().token(payload_with("exp", std::to_string(seconds() - 90))));
    shows("cognito.any_algorithm",
          pool_key().token(R"({"kid":"pool-1","alg":"HS256"})", payload_with()));
}

}  // namespace imagify::testing
