#include "transport/http/cors.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

TEST(CorsTest, OriginIsWhatABrowserWrites) {
    for (const auto* origin :
         {"https://shop.example", "http://localhost:5173", "https://a.b-c.example:8443",
          "http://127.0.0.1:8080", "http://shop.example:443"}) {
        EXPECT_TRUE(is_origin(origin)) << origin;
    }
    for (const auto* other : {"",
                              "*",
                              "null",
                              "https://",
                              "shop.example",
                              "https://shop.example/",
                              "https://shop.example/x",
                              "https://*.shop.example",
                              "https://Shop.example",
                              "HTTPS://shop.example",
                              "ftp://shop.example",
                              "https://u@shop.example",
                              "https://shop.example:",
                              "https://shop.example:443",
                              "http://shop.example:80",
                              "https://shop.example:0",
                              "https://shop.example:65536",
                              "https://shop.example:8x",
                              "https://shop.example:08",
                              "https://shop.example?x",
                              " https://shop.example",
                              "https://shop.example, https://b.example"}) {
        EXPECT_FALSE(is_origin(other)) << other;
    }
}

TEST(CorsTest, OriginIsAllowedAsAWholeOrNotAtAll) {
    const CorsPolicy cors({"https://shop.example", "http://localhost:5173"});

    EXPECT_TRUE(cors.allows("https://shop.example"));
    EXPECT_TRUE(cors.allows("http://localhost:5173"));
    for (const auto* other :
         {"", "null", "*", "http://shop.example", "https://shop.example:8443",
          "https://shop.example.evil.test", "https://evilshop.example", "https://a.shop.example",
          "https://shop.example/", "https://shop.exampl", "https://SHOP.example",
          "http://localhost", "http://localhost:51730", "https://localhost:5173",
          "https://shop.example, http://localhost:5173"}) {
        EXPECT_FALSE(cors.allows(other)) << other;
    }
    EXPECT_FALSE(CorsPolicy().allows("https://shop.example"));
    EXPECT_FALSE(CorsPolicy().allows(""));
}

}  // namespace
}  // namespace imagify::http
