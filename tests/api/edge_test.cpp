// What holds for every answer of the API, whatever the route: the browser's rules.
#include "api/api_fixture.hpp"
#include "transport/http/session.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr auto kShop = "https://shop.example";

class EdgeTest : public ApiTest {
protected:
    /// The answer without its body, which may never end (events).
    http::Response ask(Method method, const std::string& path,
                       std::vector<std::pair<std::string, std::string>> headers = {}) {
        http::Request request;
        request.method = method;
        request.path = path;
        request.client_address = "203.0.113.7";
        request.headers.add("Host", "imagify.example");
        for (auto& [name, value] : headers) request.headers.add(name, value);
        return run_task(answer(*api, std::move(request)));
    }

    // Without the body: an event stream must not outlive the event loop it was made on.
    static Task<http::Response> answer(http::Api& api, http::Request request) {
        auto response = co_await api.handle(std::move(request));
        response.body = {};
        co_return response;
    }

    void allow(std::vector<std::string> origins) {
        api = std::make_unique<http::Api>(http::Api::Parts{
            .authenticate = backend->authenticate(),
            .router = router,
            .limits = backend->limits(),
            .web = [](const http::Request&) { return http::Response{.status = 404}; },
            .sandbox = {},
            .cors = http::CorsPolicy(std::move(origins))});
    }

    /// Somebody new each time: some routes end the session. A day later, so that the limit of
    /// sign-ups from one network is not reached.
    std::string new_token() {
        clock.advance(std::chrono::hours(24));
        return sign_up("person" + std::to_string(++people) + "@example.vn");
    }

    int people = 0;
};

std::string path_of(const http::Route& route, const std::string& id) {
    std::string path(route.pattern);
    if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
    return path;
}

std::string name_of(const http::Route& route) {
    return std::string(to_text(route.method)) + " " + std::string(route.pattern);
}

TEST_F(EdgeTest, CallersTraceIsInTheAnswerAndForTheLog) {
    constexpr auto kTrace = "0af7651916cd43dd8448eb211c80319c";
    const auto parent = "00-" + std::string(kTrace) + "-b7ad6b7169203331-01";
    for (const auto* path : {"/plans", "/user/me", "/no/such/page"}) {
        const auto traced = ask(Method::Get, path, {{"traceparent", parent}});
        EXPECT_EQ(traced.trace_id, kTrace) << path;
        EXPECT_EQ(traced.headers.get("traceresponse").substr(3, 32), kTrace) << path;

        const auto untraced = ask(Method::Get, path, {{"traceparent", "00-x"}});
        EXPECT_EQ(untraced.trace_id, "") << path;
        EXPECT_EQ(untraced.headers.count("traceresponse"), 0U) << path;
    }
}

TEST_F(EdgeTest, EveryAnswerCarriesTheStrictestRules) {
    const auto expect_rules = [](const http::Response& response, const std::string& what) {
        EXPECT_EQ(response.headers.get("X-Content-Type-Options"), "nosniff") << what;
        const auto policy = response.headers.get("Content-Security-Policy");
        EXPECT_TRUE(policy.contains("default-src 'none'")) << what;
        EXPECT_TRUE(policy.contains("frame-ancestors 'none'")) << what;
        EXPECT_FALSE(policy.contains("unsafe-")) << what;
        EXPECT_NE(response.headers.get("Referrer-Policy"), "") << what;
        EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "") << what;
        for (const auto& [name, value] : response.headers) {
            EXPECT_EQ(response.headers.count(name), 1U) << what << ": " << name;
        }
    };
    ASSERT_GT(router.routes().size(), 30U);
    for (const auto& route : router.routes()) {
        const auto path = path_of(route, "00000000000000000000000000");
        expect_rules(ask(route.method, path, {{"Origin", kShop}}), name_of(route));
        expect_rules(ask(route.method, path, {{"Authorization", "Bearer " + new_token()}}),
                     name_of(route));
        expect_rules(ask(Method::Other, path), name_of(route));
    }
    expect_rules(ask(Method::Get, "/user/nothing"), "unknown");
    expect_rules(ask(Method::Get, "/dev/vnpay"), "no sandbox");
}

TEST_F(EdgeTest, PrivateAnswersAreNeverKept) {
    for (const auto& route : router.routes()) {
        if (route.access == http::Access::Public) continue;
        const auto path = path_of(route, "00000000000000000000000000");
        const std::pair<std::string, std::string> token{"Authorization", "Bearer " + new_token()};
        for (const auto& response : {ask(route.method, path), ask(route.method, path, {token})}) {
            const auto policy = response.headers.get("Cache-Control");
            // 204 and 202 have nothing to keep, but caches need not know that.
            EXPECT_TRUE(policy.contains("no-store")) << name_of(route) << ": " << policy;
        }
    }
}

TEST_F(EdgeTest, OtherMethodsAreToldWhichThereAre) {
    for (const auto& route : router.routes()) {
        const auto response = ask(Method::Options, path_of(route, "x"));
        EXPECT_EQ(response.status, 405U) << name_of(route);
        const auto allow = std::string(response.headers.get("Allow"));
        EXPECT_TRUE(allow.contains(to_text(route.method))) << name_of(route) << ": " << allow;
        EXPECT_EQ(allow.contains("GET"), allow.contains("HEAD")) << allow;
    }
}

TEST_F(EdgeTest, AllowedPageMayAskAndReadWithItsCookie) {
    allow({kShop});

    const auto question = ask(Method::Options, "/user/pay-vnpay",
                              {{"Origin", kShop}, {"Access-Control-Request-Method", "POST"}});
    const auto answer = ask(Method::Get, "/plans", {{"Origin", kShop}});

    EXPECT_EQ(question.status, 204U);
    EXPECT_EQ(question.headers.get("Access-Control-Allow-Methods"), "POST");
    EXPECT_TRUE(question.headers.get("Access-Control-Allow-Headers").contains("X-Imagify"));
    for (const auto* response : {&question, &answer}) {
        EXPECT_EQ(response->headers.get("Access-Control-Allow-Origin"), kShop);
        EXPECT_EQ(response->headers.get("Access-Control-Allow-Credentials"), "true");
        EXPECT_EQ(response->headers.get("Vary"), "Origin");
    }
}

TEST_F(EdgeTest, OtherPagesMayNeitherAskNorRead) {
    allow({kShop});
    for (const auto* origin : {"null", "*", "http://shop.example", "https://shop.example:8443",
                               "https://evilshop.example", "https://shop.example.evil.test",
                               "https://a.shop.example", "https://imagify.example.evil.test"}) {
        const auto question = ask(Method::Options, "/user/credits",
                                  {{"Origin", origin}, {"Access-Control-Request-Method", "GET"}});
        const auto answer = ask(Method::Get, "/plans", {{"Origin", origin}});

        EXPECT_EQ(question.status, 405U) << origin;
        for (const auto* response : {&question, &answer}) {
            EXPECT_EQ(response->headers.count("Access-Control-Allow-Origin"), 0U) << origin;
            EXPECT_EQ(response->headers.count("Access-Control-Allow-Credentials"), 0U) << origin;
            EXPECT_EQ(response->headers.get("Vary"), "Origin") << origin;
        }
    }
}

TEST_F(EdgeTest, CookieAloneChangesNothingForAnotherSite) {
    using Fields = std::vector<std::pair<std::string, std::string>>;
    struct Row {
        const char* what;
        Fields fields;
        bool passes;
    };
    const Row rows[] = {
        {"a form", {{"Content-Type", "application/x-www-form-urlencoded"}}, false},
        {"a form with its origin", {{"Origin", "https://evil.example"}}, false},
        {"a form out of a frame", {{"Origin", "null"}}, false},
        {"a text", {{"Content-Type", "text/plain"}, {"Origin", "https://imagify.example"}}, false},
        {"the header from another site",
         {{"X-Imagify", "1"}, {"Origin", "https://evil.example"}},
         false},
        {"the header from nowhere", {{"X-Imagify", "1"}, {"Origin", "null"}}, false},
        {"the header with an empty origin", {{"X-Imagify", "1"}, {"Origin", ""}}, false},
        {"the web app", {{"X-Imagify", "1"}, {"Origin", "https://imagify.example"}}, true},
        {"the web app in a browser that sends no origin", {{"X-Imagify", "1"}}, true},
        {"an allowed page", {{"X-Imagify", "1"}, {"Origin", kShop}}, true},
    };
    allow({kShop});
    for (const auto& [what, fields, passes] : rows) {
        auto headers = fields;
        headers.emplace_back("Cookie", std::string(http::kSessionCookie) + "=" + new_token());
        const auto response = ask(Method::Post, "/auth/logout-all", headers);
        EXPECT_EQ(response.status, passes ? 204U : 403U) << what;
    }
}

TEST_F(EdgeTest, FormOfAnotherSiteSignsNobodyIn) {
    sign_up();
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
        const auto answer = call({.method = Method::Post,
                                  .target = "/auth/login",
                                  .body = R"({"email":"an@example.vn",)"
                                          R"("password":"a long pass phrase"})",
                                  .headers = {{"Content-Type", *type == '\0' ? " " : type}}});
        EXPECT_EQ(answer.status, 415U) << type;
        EXPECT_EQ(answer.headers.count("Set-Cookie"), 0U) << type;
    }
}

}  // namespace
}  // namespace imagify::testing
