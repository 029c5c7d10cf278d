#include "transport/http/session.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

using Fields = std::initializer_list<std::pair<const char*, const char*>>;

Request request_with(Fields fields) {
    Request request;
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    return request;
}

/// "bearer:token", "cookie:token" or "".
std::string presented(Fields fields) {
    const auto request = request_with(fields);
    const auto token = presented_token(request);
    if (!token) return "";
    return (token->source == TokenSource::Bearer ? "bearer:" : "cookie:") +
           std::string(token->token);
}

struct CsrfRow {
    const char* name;
    Fields fields;
    bool passes;
};

void expect_passes(std::span<const CsrfRow> rows) {
    const CorsPolicy cors({"https://shop.example"});
    for (const auto& row : rows) {
        EXPECT_EQ(passes_csrf(request_with(row.fields), cors), row.passes) << row.name;
    }
}

}  // namespace

TEST(SessionTest, TokenComesFromAuthorizationBeforeTheCookie) {
    EXPECT_EQ(presented({}), "");
    EXPECT_EQ(presented({{"Authorization", "Bearer abc"}}), "bearer:abc");
    EXPECT_EQ(presented({{"Cookie", "imagify_session=abc"}}), "cookie:abc");
    EXPECT_EQ(presented({{"Authorization", "Bearer abc"}, {"Cookie", "imagify_session=xyz"}}),
              "bearer:abc");
    // An empty bearer token is wrong, not a reason to look at the cookie.
    EXPECT_EQ(presented({{"Authorization", "Bearer "}, {"Cookie", "imagify_session=xyz"}}),
              "bearer:");
}

TEST(SessionTest, SchemeOfAuthorizationHasNoCase) {
    // RFC 9110, 11.1: the scheme is case-insensitive.
    EXPECT_EQ(presented({{"Authorization", "bearer abc"}}), "bearer:abc");
    EXPECT_EQ(presented({{"Authorization", "BEARER abc"}}), "bearer:abc");
    EXPECT_EQ(presented({{"Authorization", "Basic abc"}}), "");
    EXPECT_EQ(presented({{"Authorization", "Bearerabc"}}), "");
}

TEST(SessionTest, CookieIsFoundByItsExactName) {
    struct Row {
        const char* cookies;
        const char* presented;
    };
    for (const auto& [cookies, expected] : std::initializer_list<Row>{
             {"a=1; imagify_session=abc; b=2", "cookie:abc"},
             {"a=1;imagify_session=abc", "cookie:abc"},
             {"imagify_session=a=b", "cookie:a=b"},
             {"imagify_session=", ""},
             {"imagify_session", ""},
             {"imagify_session2=abc", ""},
             {"ximagify_session=abc", ""},
             {"Imagify_Session=abc", ""},
             {"x=imagify_session=abc", ""},
             {"", ""},
             {";;; ;", ""},
         }) {
        EXPECT_EQ(presented({{"Cookie", cookies}}), expected) << cookies;
    }
}

TEST(SessionTest, CsrfTable) {
    const CsrfRow rows[] = {
        {"nothing", {}, false},
        {"the header alone", {{"X-Imagify", "1"}}, true},
        {"its name in another case", {{"x-imagify", "1"}}, true},
        {"another value", {{"X-Imagify", "0"}}, false},
        {"a list", {{"X-Imagify", "1, 1"}}, false},
        {"an empty value", {{"X-Imagify", ""}}, false},
        {"own origin",
         {{"X-Imagify", "1"}, {"Origin", "https://imagify.vn"}, {"Host", "imagify.vn"}},
         true},
        {"own origin with a port",
         {{"X-Imagify", "1"}, {"Origin", "http://localhost:8080"}, {"Host", "localhost:8080"}},
         true},
        {"own origin without the header",
         {{"Origin", "https://imagify.vn"}, {"Host", "imagify.vn"}},
         false},
        {"another origin",
         {{"X-Imagify", "1"}, {"Origin", "https://evil.example"}, {"Host", "imagify.vn"}},
         false},
        {"another port",
         {{"X-Imagify", "1"}, {"Origin", "https://imagify.vn:444"}, {"Host", "imagify.vn"}},
         false},
        {"a subdomain",
         {{"X-Imagify", "1"}, {"Origin", "https://a.imagify.vn"}, {"Host", "imagify.vn"}},
         false},
        {"a name that ends alike",
         {{"X-Imagify", "1"}, {"Origin", "https://notimagify.vn"}, {"Host", "imagify.vn"}},
         false},
        {"a name that begins alike",
         {{"X-Imagify", "1"}, {"Origin", "https://imagify.vn.evil"}, {"Host", "imagify.vn"}},
         false},
        {"an opaque origin",
         {{"X-Imagify", "1"}, {"Origin", "null"}, {"Host", "imagify.vn"}},
         false},
        {"an origin without a scheme",
         {{"X-Imagify", "1"}, {"Origin", "imagify.vn"}, {"Host", "imagify.vn"}},
         false},
        {"an origin without a host", {{"X-Imagify", "1"}, {"Origin", "https://"}}, false},
        {"an empty origin", {{"X-Imagify", "1"}, {"Origin", ""}, {"Host", "imagify.vn"}}, false},
        {"two origins",
         {{"X-Imagify", "1"},
          {"Origin", "https://imagify.vn"},
          {"Origin", "https://evil.example"},
          {"Host", "imagify.vn"}},
         false},
    };
    expect_passes(rows);
}

TEST(SessionTest, AllowedOriginPassesLikeOurOwn) {
    const CsrfRow rows[] = {
        {"an allowed origin",
         {{"X-Imagify", "1"}, {"Origin", "https://shop.example"}, {"Host", "imagify.vn"}},
         true},
        {"an allowed origin without the header",
         {{"Origin", "https://shop.example"}, {"Host", "imagify.vn"}},
         false},
        {"an allowed origin with another scheme",
         {{"X-Imagify", "1"}, {"Origin", "http://shop.example"}, {"Host", "imagify.vn"}},
         false},
    };
    expect_passes(rows);
}

TEST(SessionTest, PageWithoutTlsIsAnotherOriginForASecureRequest) {
    auto request =
        request_with({{"X-Imagify", "1"}, {"Origin", "http://imagify.vn"}, {"Host", "imagify.vn"}});
    EXPECT_TRUE(passes_csrf(request, {}));

    request.secure = true;

    EXPECT_FALSE(passes_csrf(request, {}));
}

TEST(SessionTest, CookieIsHiddenFromScriptsAndFromOtherSites) {
    const IssuedToken token{.token = "abc"};

    EXPECT_EQ(session_cookie(token, true),
              "imagify_session=abc; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax; Secure");
    EXPECT_EQ(session_cookie(token, false),
              "imagify_session=abc; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax");
    EXPECT_EQ(cleared_session_cookie(true),
              "imagify_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
}

}  // namespace imagify::http
