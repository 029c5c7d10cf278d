#include "adapters/redis/redis_url.hpp"

#include <gtest/gtest.h>

namespace imagify::testing {
namespace {

using redis::parse_redis_url;

TEST(RedisUrl, SaysWhereAndAsWhom) {
    const auto plain = parse_redis_url("redis://cache.internal");
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->tls);
    EXPECT_EQ(plain->host, "cache.internal");
    EXPECT_EQ(plain->port, 6'379);
    EXPECT_EQ(plain->database, 0);
    EXPECT_TRUE(plain->password.empty());

    const auto full = parse_redis_url("rediss://an:p%40ss%3Aw%2Frd@10.0.0.7:6390/3");
    ASSERT_TRUE(full);
    EXPECT_TRUE(full->tls);
    EXPECT_EQ(full->host, "10.0.0.7");
    EXPECT_EQ(full->port, 6'390);
    EXPECT_EQ(full->user, "an");
    EXPECT_EQ(full->password.reveal(), "p@ss:w/rd");
    EXPECT_EQ(full->database, 3);
    EXPECT_EQ(full->name(), "rediss://10.0.0.7:6390/3");

    EXPECT_EQ(parse_redis_url("redis://:secret@[::1]/")->host, "::1");
    EXPECT_EQ(parse_redis_url("valkeys://cache:1/0")->tls, true);
}

TEST(RedisUrl, RefusesWhatItWouldOnlyHalfUnderstand) {
    for (const auto* text :
         {"", "redis", "cache:6379", "http://cache", "redis:cache", "a:]", "redis://",
          "redis://cache:0", "redis://cache:65536", "redis://cache:x", "redis://cache/x",
          "redis://cache/0/1", "redis://cache/70000", "redis://cache?db=1", "redis://cache#1",
          "redis://an@cache"}) {
        EXPECT_FALSE(parse_redis_url(text)) << text;
    }
    EXPECT_FALSE(parse_redis_url("redis://" + std::string(1'024, 'a')));
}

}  // namespace
}  // namespace imagify::testing
