#include <gtest/gtest.h>

#include "adapters/in_process/memory_limits.hpp"
#include "adapters/redis/redis_limits.hpp"
#include "support/fake_clock.hpp"
#include "support/redis_process.hpp"
#include "support/run_task.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

using redis::RedisClient;
using redis::RedisLimits;
using std::chrono::milliseconds;

constexpr LimitRule kTwo{.name = "two", .quota = 2, .window = std::chrono::minutes(1)};

redis::RedisSettings settings_of(unsigned port, milliseconds limit = std::chrono::seconds(10)) {
    return {.server = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)},
            .time_limit = limit};
}

std::string detail_of(UpstreamServer::Script script, milliseconds limit) {
    FakeClock clock;
    UpstreamServer server(std::move(script));
    RedisClient client(settings_of(server.port(), limit), clock);
    boost::asio::io_context context;
    const auto reply = run_on(context, client.ask({"GET", "a secret key"}));
    EXPECT_FALSE(reply);
    if (reply) return "answered";
    EXPECT_EQ(reply.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(reply.error().detail.find("secret"), std::string::npos);
    return reply.error().detail;
}

TEST(RedisFaults, EachSaysWhatWasWrong) {
    using std::chrono::seconds;
    const auto contains = [](const std::string& text, const char* part) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    contains(detail_of([](UpstreamConnection& peer) { peer.hang(); }, milliseconds(50)),
             "no answer within 50 ms");
    contains(
        detail_of([](UpstreamConnection& peer) { peer.send("HTTP/1.1 400\r\n\r\n"); }, seconds(10)),
        "what answered is no Redis");
    contains(detail_of([](UpstreamConnection& peer) { peer.reset(); }, seconds(10)),
             "reset by peer");
    contains(detail_of(
                 [](UpstreamConnection& peer) {
                     peer.send("$100000\r\n" + std::string(100'002, 'x'));
                     peer.hang();
                 },
                 seconds(10)),
             "over 64 KiB");
}

// Both on one context, so that the connection is kept between.
Task<std::vector<bool>> allowed_before_and_after(Limits& limits, std::function<void()> between) {
    std::vector<bool> allowed;
    for (int i = 0; i < 2; ++i) {
        allowed.push_back((co_await limits.take(kTwo, "an")).allowed);
    }
    between();
    for (int i = 0; i < 3; ++i) {
        allowed.push_back((co_await limits.take(kTwo, "an")).allowed);
    }
    co_return allowed;
}

class RedisLimitsTest : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(server.is_up()); }

    FakeClock clock;
    RedisProcess server;
    RedisClient client{settings_of(server.port()), clock};
    MemoryLimits meanwhile{clock};
    RedisLimits limits{{.client = client, .clock = clock, .meanwhile = meanwhile}};
};

TEST_F(RedisLimitsTest, TwoServersShareWhatIsLeft) {
    RedisClient other_client(settings_of(server.port()), clock);
    MemoryLimits other_meanwhile(clock);
    RedisLimits other({.client = other_client, .clock = clock, .meanwhile = other_meanwhile});

    EXPECT_TRUE(run_task(limits.take(kTwo, "an")).allowed);
    EXPECT_TRUE(run_task(other.take(kTwo, "an")).allowed);
    EXPECT_FALSE(run_task(limits.take(kTwo, "an")).allowed);
    EXPECT_FALSE(run_task(other.take(kTwo, "an")).allowed);
}

TEST_F(RedisLimitsTest, WithoutRedisThisProcessCountsAloneAndSaysSo) {
    const auto allowed = run_task(allowed_before_and_after(limits, [this] { server.stop(); }));

    EXPECT_EQ(allowed, (std::vector<bool>{true, true, true, true, false}));
    EXPECT_EQ(limits.counted_alone(), 3);
    EXPECT_GE(client.failures(), 3);
}

TEST_F(RedisLimitsTest, DeadRedisIsAskedOnceASecond) {
    server.stop();
    UpstreamServer silent([](UpstreamConnection& peer) { peer.hang(); });
    RedisClient slow(settings_of(silent.port(), milliseconds(20)), clock);
    RedisLimits alone({.client = slow, .clock = clock, .meanwhile = meanwhile});

    for (int i = 0; i < 100; ++i) run_task(alone.take(kTwo, "an"));
    EXPECT_EQ(silent.connections(), 1);
    clock.advance(std::chrono::seconds(1));
    run_task(alone.take(kTwo, "an"));
    EXPECT_EQ(silent.connections(), 2);
    EXPECT_EQ(alone.counted_alone(), 101);
}

TEST_F(RedisLimitsTest, ForgottenScriptsAndConnectionsAreMadeAnew) {
    const auto allowed = run_task(allowed_before_and_after(limits, [this] {
        boost::asio::io_context context;
        RedisClient operators(settings_of(server.port()), clock);
        run_on(context, operators.ask({"SCRIPT", "FLUSH"}));
        run_on(context, operators.ask({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}));
    }));

    EXPECT_EQ(allowed, (std::vector<bool>{true, true, false, false, false}));
    EXPECT_EQ(limits.counted_alone(), 0);
}

TEST_F(RedisLimitsTest, KeysEndWithTheirWindow) {
    run_task(limits.take(kTwo, "an"));
    run_task(limits.guess("an"));
    const auto left = [this](const std::string& key) {
        return run_task(client.ask({"PTTL", key}))->integer;
    };

    EXPECT_GT(left("imagify:limit:two|an"), 0);
    EXPECT_LE(left("imagify:limit:two|an"), 60'000);
    EXPECT_GT(left("imagify:guess:an"), 60'000);
    EXPECT_LE(left("imagify:guess:an"), 86'400'000);
}

}  // namespace
}  // namespace imagify::testing
