// Bodies that are made while they are sent, and bodies that are large.
#include <cstring>

#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using StreamingTest = ServerTest;

/// Plays a list of pieces, then ends or fails.
class Pieces final : public http::BodyStream {
public:
    struct Script {
        std::vector<std::string> pieces{};
        std::optional<std::uint64_t> size{};
        bool fails = false;
        bool throws = false;
    };

    explicit Pieces(Script script) : script_(std::move(script)) {}

    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override {
        if (at_ == script_.pieces.size()) {
            if (script_.throws) throw std::runtime_error("lost");
            if (script_.fails) co_return fail(ErrorKind::Unavailable, "blob.lost");
            co_return 0;
        }
        const auto& piece = script_.pieces[at_++];
        std::memcpy(buffer.data(), piece.data(), piece.size());
        co_return piece.size();
    }

    std::optional<std::uint64_t> size_bytes() const override { return script_.size; }

private:
    Script script_;
    std::size_t at_ = 0;
};

std::function<Task<http::Response>(http::Request)> streaming(Pieces::Script script) {
    return [script](http::Request) -> Task<http::Response> {
        http::Response response;
        response.body = std::make_unique<Pieces>(script);
        co_return response;
    };
}

TEST_F(StreamingTest, UnknownSizeGoesOutInChunks) {
    service.answer = streaming({.pieces = {"one ", std::string(65536, 'x'), " three"}});
    start();
    HttpProbe probe(port);

    for (int i = 0; i < 2; ++i) {
        const auto reply = probe.ask(get("/"));
        ASSERT_TRUE(reply);
        EXPECT_TRUE(reply->complete);
        EXPECT_EQ(reply->header("Transfer-Encoding"), "chunked");
        EXPECT_EQ(reply->body, "one " + std::string(65536, 'x') + " three");
    }
}

TEST_F(StreamingTest, KnownSizeGoesOutPlain) {
    service.answer = streaming({.pieces = {"one ", "two"}, .size = 7});
    start();
    HttpProbe probe(port);

    for (int i = 0; i < 2; ++i) {
        const auto reply = probe.ask(get("/"));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->header("Content-Length"), "7");
        EXPECT_EQ(reply->body, "one two");
    }
}

TEST_F(StreamingTest, EmptyStreamIsAnEmptyBody) {
    for (const auto size : {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(0)}) {
        service.answer = streaming({.pieces = {}, .size = size});
        start();
        HttpProbe probe(port);
        const auto reply = probe.ask(get("/"));
        ASSERT_TRUE(reply);
        EXPECT_TRUE(reply->complete);
        EXPECT_EQ(reply->body, "");
        TearDown();
    }
}

TEST_F(StreamingTest, OldClientGetsTheStreamUntilTheEndOfTheConnection) {
    service.answer = streaming({.pieces = {"one ", "two"}});
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask("GET / HTTP/1.0\r\n\r\n");

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("Transfer-Encoding"), "");
    EXPECT_EQ(reply->body, "one two");
}

TEST_F(StreamingTest, FailingStreamCutsTheConnection) {
    const std::vector<Pieces::Script> scripts{{.pieces = {"part"}, .fails = true},
                                              {.pieces = {"part"}, .throws = true},
                                              {.pieces = {"part"}, .size = 9, .fails = true},
                                              {.pieces = {"part"}, .size = 9},
                                              {.pieces = {"part", "too long"}, .size = 9}};
    for (const auto& script : scripts) {
        service.answer = streaming(script);
        start();
        HttpProbe probe(port);
        const auto reply = probe.ask(get("/") + get("/next"));
        EXPECT_TRUE(!reply || !reply->complete);
        EXPECT_EQ(probe.read_all(), "");
        TearDown();
    }
}

TEST_F(StreamingTest, HeadDoesNotRunTheStream) {
    service.answer = streaming({.pieces = {}, .size = 7, .fails = true});
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", HttpProbe::Expect::HeadOnly);

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("Content-Length"), "7");
    EXPECT_TRUE(probe.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", HttpProbe::Expect::HeadOnly));
}

TEST_F(StreamingTest, LargeStaticBodyArrivesIntact) {
    static std::vector<std::byte> large(5'000'017);
    SeededRandom().fill(large);
    service.answer = [](http::Request) -> Task<http::Response> {
        http::Response response;
        response.body = std::span<const std::byte>(large);
        co_return response;
    };
    start();
    HttpProbe probe(port);

    for (int i = 0; i < 3; ++i) {
        const auto reply = probe.ask(get("/"));
        ASSERT_TRUE(reply);
        ASSERT_EQ(reply->body.size(), large.size());
        EXPECT_EQ(std::memcmp(reply->body.data(), large.data(), large.size()), 0);
    }
}

TEST_F(StreamingTest, SlowReaderGetsTheWholeStream) {
    Pieces::Script script{};
    for (int i = 0; i < 200; ++i)
        script.pieces.emplace_back(60'000, static_cast<char>('a' + i % 26));
    service.answer = streaming(script);
    start();
    HttpProbe probe(port);
    ASSERT_TRUE(probe.send(get("/")));
    ASSERT_TRUE(probe.readable_within(std::chrono::seconds(5)));
    for (int i = 0; i < 1000; ++i)
        std::this_thread::yield();  // The kernel's buffers fill meanwhile.

    const auto reply = probe.read_reply();

    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->complete);
    EXPECT_EQ(reply->body.size(), 200 * 60'000U);
}

}  // namespace
}  // namespace imagify::testing
