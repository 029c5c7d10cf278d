#include <array>

#include "security/token_cases.hpp"
#include "support/jws.hpp"

namespace imagify::testing {
namespace {

// JSON texts in the place of "HS256" (RFC 8725, 2.1 and 3.1).
std::vector<std::string> algorithms() {
    std::vector<std::string> all;
    for (unsigned bits = 0; bits < 16; ++bits) {
        std::string none = "none";
        for (unsigned i = 0; i < 4; ++i) {
            if ((bits >> i & 1U) != 0) none[i] = static_cast<char>(none[i] - 32);
        }
        all.push_back('"' + none + '"');
    }
    for (const auto* const text : {"HS256 ",
                                   " HS256",
                                   "hs256",
                                   "Hs256",
                                   "HS 256",
                                   "HS-256",
                                   "HS256\\u0000",
                                   "HS384",
                                   "HS512",
                                   "RS256",
                                   "RS384",
                                   "RS512",
                                   "PS256",
                                   "PS384",
                                   "PS512",
                                   "ES256",
                                   "ES384",
                                   "ES512",
                                   "ES256K",
                                   "EdDSA",
                                   "Ed25519",
                                   "dir",
                                   "A128KW",
                                   "A256GCMKW",
                                   "RSA-OAEP",
                                   "RSA1_5",
                                   "ECDH-ES",
                                   "PBES2-HS256+A128KW",
                                   "HMAC",
                                   "SHA256",
                                   "MD5",
                                   "null",
                                   "undefined",
                                   "0",
                                   "",
                                   "*",
                                   "../HS256",
                                   "H\\u0053256\\u200b",
                                   "\\u041d\\u0405256",
                                   "HS256,none",
                                   "HS256;none"}) {
        all.push_back('"' + std::string(text) + '"');
    }
    for (const auto* const text :
         {"null", "true", "false", "0", "256", "1e400", "[]", "{}", R"(["HS256"])",
          R"(["none","HS256"])", R"({"HS256":1})", R"([["HS256"]])"}) {
        all.emplace_back(text);
    }
    return all;
}

constexpr auto kTypes =
    std::to_array<const char*>({R"("at+jwt")", R"("JWT")", R"("AT+JWT")", R"("application/at+jwt")",
                                R"("id_token")", R"("refresh")", "null", "1", R"(["at+jwt"])"});

// Values of kid: paths, addresses, queries, commands.
constexpr auto kKeyNames = std::to_array<const char*>({R"("")",
                                                       R"("0")",
                                                       R"("../../../../dev/null")",
                                                       R"("/dev/null")",
                                                       R"("/proc/self/environ")",
                                                       R"("file:///etc/passwd")",
                                                       R"("http://127.0.0.1/key")",
                                                       R"("key' OR '1'='1")",
                                                       R"("x' UNION SELECT 'secret' --")",
                                                       R"("; cat /etc/passwd")",
                                                       R"x("$(id)")x",
                                                       R"("\u0000")",
                                                       R"("..\\..\\nul")",
                                                       R"("%2e%2e%2f")",
                                                       "null",
                                                       "0",
                                                       "-1",
                                                       "[]",
                                                       "{}",
                                                       R"(["a"])",
                                                       "true",
                                                       R"("\ud83d\udd11")",
                                                       R"("{{7*7}}")"});

// Parameters that make some readers fetch, skip or choose something (RFC 8725, 3.10).
constexpr auto kParameters = std::to_array<const char*>(
    {R"("jwk":{"kty":"oct","k":"AAAA"})",
     R"("jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"})",
     R"("jwk":null)",
     R"("jku":"https://attacker.example/jwks.json")",
     R"("jku":"http://169.254.169.254/")",
     R"("jku":"")",
     R"("x5u":"https://attacker.example/c")",
     R"("x5u":"file:///etc/ssl/cert.pem")",
     R"("x5c":["MIIB"])",
     R"("x5c":[])",
     R"("x5t":"AAAA")",
     R"("x5t#S256":"AAAA")",
     R"("crit":[])",
     R"("crit":["exp"])",
     R"("crit":["b64"],"b64":true)",
     R"("crit":["b64"],"b64":false)",
     R"("b64":false)",
     R"("b64":true)",
     R"("crit":"b64")",
     R"("crit":["alg"])",
     R"("crit":[null])",
     R"("crit":["http://example.invalid/UNDEFINED"],"http://example.invalid/UNDEFINED":true)",
     R"("zip":"DEF")",
     R"("zip":"none")",
     R"("enc":"A128GCM")",
     R"("cty":"JWT")",
     R"("cty":"at+jwt")",
     R"("epk":{})",
     R"("apu":"a")",
     R"("p2c":1000000000)",
     R"("p2s":"a")",
     R"("iv":"a")",
     R"("tag":"a")",
     R"("url":"http://a")",
     R"("nonce":"a")",
     R"("iss":"imagify")",
     R"("exp":99999999999)",
     R"("ppt":"shaken")",
     R"("svt":[])",
     R"("trust_chain":[])",
     R"("":"")",
     R"("ALG":"none")",
     R"("Alg":"none")",
     R"("alg ":"none")",
     R"("__proto__":{"alg":"none"})",
     R"("constructor":{})"});

std::vector<std::string> parameters() {
    std::vector<std::string> all(kParameters.begin(), kParameters.end());
    for (const auto* const name : kKeyNames) all.push_back(R"("kid":)" + std::string(name));
    all.push_back(R"("kid":")" + std::string(2000, 'k') + '"');
    return all;
}

// The same members as ours or nearly so, written as we do not.
constexpr auto kSpellings =
    std::to_array<const char*>({"",
                                "{}",
                                "[]",
                                "null",
                                "0",
                                "\"HS256\"",
                                "{",
                                "}",
                                "{]",
                                "{\"alg\"}",
                                R"({"alg":})",
                                R"({"alg":"HS256"})",
                                R"({"typ":"at+jwt"})",
                                R"({"typ":"at+jwt","alg":"HS256"})",
                                R"( {"alg":"HS256","typ":"at+jwt"})",
                                R"({"alg":"HS256","typ":"at+jwt"} )",
                                R"({ "alg":"HS256","typ":"at+jwt"})",
                                R"({"alg" :"HS256","typ":"at+jwt"})",
                                R"({"alg": "HS256","typ":"at+jwt"})",
                                R"({"alg":"HS256", "typ":"at+jwt"})",
                                R"({"alg":"HS256","typ":"at+jwt",})",
                                R"({"alg":"HS256","typ":"at+jwt"}{})",
                                R"({"alg":"HS256","typ":"at+jwt"}x)",
                                R"({'alg':'HS256','typ':'at+jwt'})",
                                R"({alg:"HS256",typ:"at+jwt"})",
                                R"({"alg":"HS256"/**/,"typ":"at+jwt"})",
                                R"({"\u0061lg":"HS256","typ":"at+jwt"})",
                                R"({"alg":"\u0048S256","typ":"at+jwt"})",
                                R"({"alg":"HS256","typ":"at\u002bjwt"})",
                                R"({"alg":"HS256","\u0074yp":"at+jwt"})",
                                R"({"alg":"none","alg":"HS256","typ":"at+jwt"})",
                                R"({"alg":"HS256","alg":"none","typ":"at+jwt"})",
                                R"({"alg":"HS256","alg":"HS256","typ":"at+jwt"})",
                                R"({"alg":"HS256","typ":"at+jwt","alg":"none"})",
                                R"({"alg":"HS256","typ":"JWT","typ":"at+jwt"})",
                                R"([{"alg":"HS256","typ":"at+jwt"}])",
                                R"({"header":{"alg":"HS256","typ":"at+jwt"}})",
                                "\xef\xbb\xbf{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
                                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}\n",
                                "{\"alg\":\"HS256\",\t\"typ\":\"at+jwt\"}",
                                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\xff\"}",
                                "{\"Alg\":\"HS256\",\"Typ\":\"at+jwt\"}"});

}  // namespace

void forge_headers(const TokenForge& forge, const TakeCase& take) {
    const auto payload = forge.claims();
    const auto show = [&](const std::string& header) {
        take("header " + header.substr(0, 70), forge.token(header, payload));
    };
    for (const auto& algorithm : algorithms()) {
        for (const auto* const type : kTypes) {
            show(R"({"alg":)" + algorithm + R"(,"typ":)" + type + "}");
        }
        show(R"({"alg":)" + algorithm + "}");
    }
    for (const auto* const type : kTypes) {
        if (type != kTypes.front()) show(R"({"alg":"HS256","typ":)" + std::string(type) + "}");
    }
    for (const auto& parameter : parameters()) {
        show("{" + parameter + R"(,"alg":"HS256","typ":"at+jwt"})");
        show(R"({"alg":"HS256",)" + parameter + R"(,"typ":"at+jwt"})");
        show(R"({"alg":"HS256","typ":"at+jwt",)" + parameter + "}");
    }
    for (const auto* const spelling : kSpellings) show(spelling);
}

}  // namespace imagify::testing
