#include "adapters/redis/redis_client.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/fake_clock.hpp"
#include "support/redis_process.hpp"
#include "support/run_task.hpp"
#include "support/temp_folder.hpp"
#include "support/tls_identity.hpp"

namespace imagify::testing {
namespace {

using redis::RedisClient;
using redis::Reply;

RedisClient client_of(const std::string& url, const Clock& clock, std::string ca_file = {}) {
    return RedisClient({.server = redis::parse_redis_url(url).value(),
                        .ca_file = std::move(ca_file),
                        .time_limit = std::chrono::seconds(10)},
                       clock);
}

Task<std::vector<std::string>> ask_all(RedisClient& client,
                                       std::vector<std::vector<std::string>> commands) {
    std::vector<std::string> said;
    for (auto& command : commands) {
        const auto reply = co_await client.ask(std::move(command));
        said.push_back(!reply                                ? reply.error().code
                       : reply->kind == Reply::Kind::Integer ? std::to_string(reply->integer)
                       : reply->kind == Reply::Kind::Nothing ? "nothing"
                                                             : reply->text);
    }
    co_return said;
}

using Said = std::vector<std::string>;

TEST(RedisClient, CarriesAnyBytesThereAndBackOnOneConnection) {
    FakeClock clock;
    const RedisProcess server;
    ASSERT_TRUE(server.is_up());
    auto client = client_of(server.url(), clock);
    const std::string bytes("a\r\n\0$5\r\nb", 10);

    EXPECT_EQ(run_task(ask_all(client, {{"SET", "k", bytes},
                                        {"GET", "k"},
                                        {"GET", "absent"},
                                        {"INCR", "n"},
                                        {"CLIENT", "ID"},
                                        {"CLIENT", "ID"}})),
              (Said{"OK", bytes, "nothing", "1", "3", "3"}));
    EXPECT_EQ(client.failures(), 0);
}

TEST(RedisClient, RefusalOfACommandIsAReply) {
    FakeClock clock;
    const RedisProcess server;
    auto client = client_of(server.url(), clock);

    const auto reply = run_task(client.ask({"NO", "SUCH"}));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->kind, Reply::Kind::Error);
    EXPECT_TRUE(reply->text.starts_with("ERR unknown command"));
    EXPECT_EQ(client.failures(), 0);
}

TEST(RedisClient, LogsInAndSelectsItsDatabase) {
    FakeClock clock;
    const RedisProcess server({"--port", "{port}", "--requirepass", "p@ss w"});
    const auto port = std::to_string(server.port());
    auto owner = client_of("redis://:p%40ss%20w@127.0.0.1:" + port + "/1", clock);
    auto named = client_of("redis://default:p%40ss%20w@127.0.0.1:" + port, clock);
    auto stranger = client_of("redis://:wrong@127.0.0.1:" + port, clock);

    EXPECT_EQ(run_task(ask_all(owner, {{"SET", "k", "v"}, {"GET", "k"}})), (Said{"OK", "v"}));
    EXPECT_EQ(run_task(ask_all(named, {{"GET", "k"}})), Said{"nothing"});
    const auto refused = run_task(stranger.ask({"GET", "k"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "redis.unavailable");
    EXPECT_NE(refused.error().detail.find("REDIS_URL"), std::string::npos);
    EXPECT_EQ(refused.error().detail.find("wrong"), std::string::npos);
}

TEST(RedisClient, TlsServerMustProveWhoItIs) {
    FakeClock clock;
    const TempFolder folder;
    const auto identity = make_tls_identity("127.0.0.1");
    const auto certificate = (folder.path() / "certificate.pem").string();
    const auto key = (folder.path() / "key.pem").string();
    std::ofstream(certificate) << identity.certificate_pem;
    std::ofstream(key) << identity.key_pem;
    const auto other = (folder.path() / "other.pem").string();
    std::ofstream(other) << make_tls_identity("127.0.0.1").certificate_pem;
    const RedisProcess server({"--port", "0", "--tls-port", "{port}", "--tls-cert-file",
                               certificate, "--tls-key-file", key, "--tls-ca-cert-file",
                               certificate, "--tls-auth-clients", "no"});
    ASSERT_TRUE(server.is_up());
    const auto url = "rediss://127.0.0.1:" + std::to_string(server.port());
    auto trusting = client_of(url, clock, certificate);
    auto distrusting = client_of(url, clock, other);

    EXPECT_EQ(run_task(ask_all(trusting, {{"PING"}})), Said{"PONG"});
    const auto refused = run_task(distrusting.ask({"PING"}));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("TLS"), std::string::npos) << refused.error().detail;
}

}  // namespace
}  // namespace imagify::testing
