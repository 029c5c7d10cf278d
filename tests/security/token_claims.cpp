#include <array>
#include <limits>

#include "security/token_cases.hpp"
#include "support/jws.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"at+jwt"})";
constexpr auto kTexts = std::to_array<const char*>({"iss", "aud", "sub", "jti"});
constexpr auto kNumbers = std::to_array<const char*>({"iat", "nbf", "exp", "epoch"});

// JSON, or nearly so, that is no text.
constexpr auto kNoTexts = std::to_array<const char*>({"null",
                                                      "true",
                                                      "false",
                                                      "0",
                                                      "1",
                                                      "-1",
                                                      "1.5",
                                                      "1e400",
                                                      "NaN",
                                                      "[]",
                                                      "{}",
                                                      R"([""])",
                                                      R"(["imagify"])",
                                                      R"(["imagify-api"])",
                                                      R"(["imagify-api","other"])",
                                                      R"({"a":1})",
                                                      R"("")",
                                                      "imagify",
                                                      "'imagify'",
                                                      "\"",
                                                      "\"\xff\"",
                                                      "\"\\ud800\"",
                                                      "\"\\x41\"",
                                                      "undefined"});

// The same for whole numbers; every one of these would be a moment or an epoch to a lax reader.
constexpr auto kNoNumbers = std::to_array<const char*>({"null",
                                                        "true",
                                                        "false",
                                                        "[]",
                                                        "{}",
                                                        R"("")",
                                                        R"("9999999999")",
                                                        R"("1768446305")",
                                                        "1.5",
                                                        "1768446305.0",
                                                        "1768446305.5",
                                                        "1e9",
                                                        "1E10",
                                                        "1e400",
                                                        "-1e400",
                                                        "NaN",
                                                        "Infinity",
                                                        "-Infinity",
                                                        "+1768446305",
                                                        "01768446305",
                                                        "0x7fffffff",
                                                        "1768446305L",
                                                        "1_768_446_305",
                                                        "18446744073709551615",
                                                        "18446744073709551616",
                                                        "9999999999999999999999",
                                                        "-",
                                                        "--1",
                                                        ".5",
                                                        "5.",
                                                        "[1768446305]",
                                                        R"({"$gt":0})",
                                                        "\"1768446305\\u0000\"",
                                                        "1768446305 1"});

constexpr auto kIssuers = std::to_array<const char*>(
    {"Imagify", "IMAGIFY", "imagify ", " imagify", "imagify/", "https://imagify", "imagify\\u0000",
     "imagif\\u0443", "imagify-api", "accounts.google.com", "imagify,other", "imagify2", "imagif",
     "*", "https://cognito-idp.ap-southeast-1.amazonaws.com/x"});
constexpr auto kAudiences = std::to_array<const char*>(
    {"imagify", "imagify-API", "imagify-api ", " imagify-api", "imagify-api2", "imagify-ap",
     "imagify-admin", "imagify api", "imagify_api", "*", "imagify-api,other", "imagify-api\\u0000",
     "imagify\\u2010api", "account"});
// What other services of other houses would believe.
constexpr auto kMoreClaims = std::to_array<const char*>({R"("admin":true)",
                                                         R"("role":"admin")",
                                                         R"("roles":["admin"])",
                                                         R"("scope":"admin")",
                                                         R"("scp":[])",
                                                         R"("groups":[])",
                                                         R"("email":"a@b.vn")",
                                                         R"("name":"a")",
                                                         R"("azp":"x")",
                                                         R"("nonce":"x")",
                                                         R"("act":{"sub":"u_2"})",
                                                         R"("may_act":{})",
                                                         R"("cnf":{"jwk":{}})",
                                                         R"("amr":["mfa"])",
                                                         R"("acr":"3")",
                                                         R"("auth_time":0)",
                                                         R"("sid":"x")",
                                                         R"("typ":"x")",
                                                         R"("alg":"none")",
                                                         R"("kid":"x")",
                                                         R"("client_id":"x")",
                                                         R"("token_use":"access")",
                                                         R"("cognito:groups":["admin"])",
                                                         R"("events":{})",
                                                         R"("":"")",
                                                         R"("__proto__":{"sub":"u_2"})",
                                                         R"("Sub":"u_2")",
                                                         R"("SUB":"u_2")",
                                                         R"("exp ":0)",
                                                         R"("user_id":"u_2")"});

void forge_types(const TokenForge& forge, const TakeCase& take) {
    const auto show = [&](const std::string& name, const std::string& value) {
        take("claim " + name + " " + value,
             forge.token(std::string(kHeader), forge.claims(name, value)));
    };
    for (const auto* const name : kTexts) {
        show(name, "");
        for (const auto* const value : kNoTexts) show(name, value);
    }
    for (const auto* const name : kNumbers) {
        show(name, "");
        for (const auto* const value : kNoNumbers) show(name, value);
    }
    for (const auto* const value : kIssuers) show("iss", '"' + std::string(value) + '"');
    for (const auto* const value : kAudiences) show("aud", '"' + std::string(value) + '"');
}

void forge_moments(const TokenForge& forge, const TakeCase& take) {
    constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    const auto now = forge.now;
    const auto show = [&](const std::string& name, std::int64_t value) {
        take("moment " + name + " " + std::to_string(value),
             forge.token(std::string(kHeader), forge.claims(name, std::to_string(value))));
    };
    for (const auto value : {now,
                             now - 1,
                             now - 29,
                             now - 30,
                             now - 31,
                             now - 3'600,
                             now - 86'400,
                             now - 31'536'000,
                             std::int64_t{0},
                             std::int64_t{1},
                             std::int64_t{-1},
                             kLeast,
                             kLeast + 1,
                             kMost,
                             kMost - 1,
                             now * 1'000,
                             now * 1'000'000,
                             now + 86'401,
                             now + 172'800,
                             now + 31'536'000,
                             std::int64_t{1} << 31,
                             std::int64_t{1} << 32,
                             std::int64_t{1} << 53}) {
        show("exp", value);
    }
    for (const auto value : {now + 31, now + 60, now + 3'600, now + 86'400, now * 1'000, kMost,
                             kMost - 30, kMost - 1}) {
        show("nbf", value);
        show("iat", value);
    }
    for (const auto value : {kLeast, kLeast + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1},
                             now - 86'400, now - 172'800}) {
        show("iat", value);
    }
}

// Two readings of one object (RFC 8725, 3.10; RFC 7519, 4: names are unique).
void forge_names(const TokenForge& forge, const TakeCase& take) {
    const auto good = forge.claims();
    const auto inner = good.substr(1, good.size() - 2);
    const auto show = [&](const std::string& what, const std::string& payload) {
        take(what + " " + payload.substr(0, 60), forge.token(std::string(kHeader), payload));
    };
    for (const auto* const name : {"iss", "aud", "sub", "jti", "iat", "nbf", "exp", "epoch"}) {
        const auto quoted = '"' + std::string(name) + '"';
        for (const auto* const value : {R"("u_2")", "9999999999", "null"}) {
            show("repeated", "{" + quoted + ":" + value + "," + inner + "}");
            show("repeated", "{" + inner + "," + quoted + ":" + value + "}");
        }
        const auto at = good.find(quoted);
        for (std::size_t i = 0; i < std::string(name).size(); ++i) {
            auto escaped = good;
            constexpr std::string_view kDigits = "0123456789abcdef";
            const auto c = static_cast<unsigned char>(name[i]);
            escaped.replace(at + 1 + i, 1,
                            std::string("\\u00") + kDigits[c / 16] + kDigits[c % 16]);
            show("escaped name", escaped);
            auto upper = good;
            upper[at + 1 + i] = static_cast<char>(upper[at + 1 + i] - 32);
            show("other case", upper);
        }
    }
    for (const auto* const more : kMoreClaims) {
        show("one more", "{" + inner + "," + more + "}");
        show("one more", "{" + std::string(more) + "," + inner + "}");
    }
}

void forge_spellings(const TokenForge& forge, const TakeCase& take) {
    const auto good = forge.claims();
    const auto show = [&](const std::string& payload) {
        take("payload " + payload.substr(0, 60), forge.token(std::string(kHeader), payload));
    };
    for (const auto* const text :
         {"", "{}", "[]", "null", "0", "\"\"", "{", "[", "}", "{\"iss\"}", "\xff", "[[[[[[[[[["}) {
        show(text);
    }
    for (const auto* const space : {" ", "\n", "\t", "\r\n", "\x0c", "\xc2\xa0", "\xef\xbb\xbf"}) {
        show(space + good);
        show(good + space);
        for (std::size_t i = good.find_first_of(":,"); i != std::string::npos;
             i = good.find_first_of(":,", i + 1)) {
            show(good.substr(0, i + 1) + space + good.substr(i + 1));
        }
    }
    show("[" + good + "]");
    show(good + good);
    show(good + "x");
    show(good + std::string(1, '\0'));
    show(good.substr(0, good.size() - 1));
    show(good.substr(0, good.size() - 1) + ",}");
    show("{\"payload\":" + good + "}");
    show('"' + base64url(good) + '"');
    show(std::string(200, '[') + good + std::string(200, ']'));
    show(std::string(900, '{'));
}

}  // namespace

void forge_claims(const TokenForge& forge, const TakeCase& take) {
    forge_types(forge, take);
    forge_moments(forge, take);
    forge_names(forge, take);
    forge_spellings(forge, take);
}

}  // namespace imagify::testing
