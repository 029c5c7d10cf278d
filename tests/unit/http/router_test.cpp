#include "transport/http/router.hpp"

#include <gtest/gtest.h>

namespace imagify::http {

class RouterTest : public ::testing::Test {
protected:
    RouterTest() {
        for (const auto& [method, pattern] : std::initializer_list<std::pair<Method, const char*>>{
                 {Method::Get, "/me"},
                 {Method::Patch, "/me"},
                 {Method::Get, "/image"},
                 {Method::Post, "/image/generate"},
                 {Method::Get, "/image/{id}"},
                 {Method::Delete, "/image/{id}"},
                 {Method::Get, "/image/{id}/file"},
                 {Method::Post, "/image/{id}/cancel"},
             }) {
            router.add({.method = method, .pattern = pattern, .handler = {}});
        }
    }

    /// "pattern id" of what was found, "405 allow", or "404".
    std::string find(Method method, std::string_view path) const {
        const auto match = router.find(method, path);
        if (match.route != nullptr) return std::string(match.route->pattern) + ' ' + match.id;
        return match.allow.empty() ? "404" : "405 " + match.allow;
    }

    Router router;
};

TEST_F(RouterTest, FindsExactPaths) {
    EXPECT_EQ(find(Method::Get, "/me"), "/me ");
    EXPECT_EQ(router.find(Method::Patch, "/me").route->method, Method::Patch);
    EXPECT_EQ(find(Method::Post, "/image/generate"), "/image/generate ");
    EXPECT_EQ(router.routes().size(), 8U);
}

TEST_F(RouterTest, TakesTheIdAsItWasSent) {
    EXPECT_EQ(find(Method::Get, "/image/01ARYZ"), "/image/{id} 01ARYZ");
    EXPECT_EQ(find(Method::Get, "/image/01ARYZ/file"), "/image/{id}/file 01ARYZ");
    EXPECT_EQ(find(Method::Post, "/image/x/cancel"), "/image/{id}/cancel x");
    EXPECT_EQ(find(Method::Get, "/image/a%2Fb"), "/image/{id} a%2Fb");
    EXPECT_EQ(find(Method::Get, "/image/.."), "/image/{id} ..");
    EXPECT_EQ(find(Method::Get, "/image/{id}"), "/image/{id} {id}");
}

TEST_F(RouterTest, IdIsOneSegmentAndNotEmpty) {
    for (const auto* path : {"/image/", "/image//file", "/image/a/b", "/image/a/b/file",
                             "/image/a/", "/image/a/file/", "/image//a", "/image/a//file"}) {
        EXPECT_EQ(find(Method::Get, path), "404") << path;
    }
}

TEST_F(RouterTest, UnknownPathsAreNotFound) {
    for (const auto* path : {"", "/", "/ME", "/me/", "//me", "me", "/m", "/mee", "/image/a/filex",
                             "/images/a", "/image/a/FILE", "/me?x=1"}) {
        EXPECT_EQ(find(Method::Get, path), "404") << path;
    }
}

TEST_F(RouterTest, KnownPathWithAnotherMethodNamesTheOnesItTakes) {
    EXPECT_EQ(find(Method::Delete, "/me"), "405 GET, HEAD, PATCH");
    EXPECT_EQ(find(Method::Get, "/image/generate"), "405 POST");
    EXPECT_EQ(find(Method::Put, "/image/01ARYZ"), "405 GET, HEAD, DELETE");
    EXPECT_EQ(find(Method::Get, "/image/01ARYZ/cancel"), "405 POST");
    EXPECT_EQ(find(Method::Options, "/me"), "405 GET, HEAD, PATCH");
    EXPECT_EQ(find(Method::Other, "/me"), "405 GET, HEAD, PATCH");
}

TEST_F(RouterTest, HeadFindsGetRoutesOnly) {
    EXPECT_EQ(find(Method::Head, "/me"), "/me ");
    EXPECT_EQ(find(Method::Head, "/image/a/file"), "/image/{id}/file a");
    EXPECT_EQ(find(Method::Head, "/image/generate"), "405 POST");
    EXPECT_EQ(find(Method::Head, "/nothing"), "404");
}

TEST(MethodTest, HasItsName) {
    EXPECT_EQ(to_text(Method::Get), "GET");
    EXPECT_EQ(to_text(Method::Head), "HEAD");
    EXPECT_EQ(to_text(Method::Delete), "DELETE");
    EXPECT_EQ(to_text(Method::Options), "OPTIONS");
}

}  // namespace imagify::http
