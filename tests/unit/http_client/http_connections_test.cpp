#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "unit/http_client/http_client_fixture.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;

const std::string kOk = make_answer(200, {}, "ok");

TEST_F(HttpClientTest, AConnectionIsUsedAgain) {
    const UpstreamServer server(always(kOk));

    for (int i = 0; i < 5; ++i) EXPECT_TRUE(send(get(server.url())));
    EXPECT_TRUE(send(post(server.url(), "body")));

    EXPECT_EQ(server.connections(), 1);
}

TEST_F(HttpClientTest, AConnectionThatShouldEndIsNotUsedAgain) {
    const UpstreamServer closing(always(make_answer(200, {{"Connection", "close"}}, "ok")));
    const UpstreamServer old(always("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    const UpstreamServer talkative(
        always(kOk + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
    const UpstreamServer cut(always(make_answer(500, {}, std::string(100'000, 'x'))));
    for (const auto* server : {&closing, &old, &talkative, &cut}) {
        MemorySink sink;
        EXPECT_TRUE(send(get(server->url()), sink));
        EXPECT_TRUE(send(get(server->url()), sink));
        EXPECT_FALSE(sink.text.contains("evil"));
        EXPECT_EQ(server->connections(), 2);
    }
}

TEST_F(HttpClientTest, AKeptConnectionIsForgottenInTime) {
    const UpstreamServer server(always(kOk));
    BeastHttpClient forgetful({.keep_idle = 0ms});

    EXPECT_TRUE(run_on(context, forgetful.send(get(server.url()))));
    EXPECT_TRUE(run_on(context, forgetful.send(get(server.url()))));

    EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpClientTest, ClientsDoNotShareConnections) {
    const UpstreamServer server(always(kOk));
    BeastHttpClient other;

    EXPECT_TRUE(send(get(server.url())));
    EXPECT_TRUE(run_on(context, other.send(get(server.url()))));

    EXPECT_EQ(server.connections(), 2);
}

/// Answers one request on each connection and dies on the second, which it reads.
UpstreamServer::Script dies_on_second(std::atomic<int>& requests) {
    return [&requests](UpstreamConnection& connection) {
        if (!connection.read_request()) return;
        ++requests;
        connection.send(kOk);
        if (connection.read_request()) ++requests;
        connection.reset();
    };
}

TEST_F(HttpClientTest, AGetOnADeadConnectionIsSentOnceMore) {
    std::atomic<int> requests = 0;
    const UpstreamServer server(dies_on_second(requests));

    EXPECT_TRUE(send(get(server.url())));
    EXPECT_TRUE(send(get(server.url())));

    EXPECT_EQ(requests, 3);
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpClientTest, APostIsNeverSentTwice) {
    std::atomic<int> requests = 0;
    const UpstreamServer server(dies_on_second(requests));

    EXPECT_TRUE(send(post(server.url(), "pay")));
    expect_no_answer(send(post(server.url(), "pay")));

    EXPECT_EQ(requests, 2);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(HttpClientTest, AConnectionThatWasClosedMeanwhileIsNotUsed) {
    std::atomic<bool> closed = false;
    const UpstreamServer server([&](UpstreamConnection& connection) {
        if (connection.read_request()) connection.send(kOk);
        connection.reset();
        closed = true;
    });

    EXPECT_TRUE(send(post(server.url(), "one")));
    while (!closed) std::this_thread::yield();
    EXPECT_TRUE(send(post(server.url(), "two")));

    EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpClientTest, ManyAtOnceOnSeveralThreads) {
    const UpstreamServer server(always(make_answer(200, {}, std::string(100'000, 'x'))));
    std::atomic<int> good = 0;
    asio::thread_pool threads(4);

    for (int i = 0; i < 60; ++i) {
        asio::co_spawn(
            threads,
            [&]() -> Task<void> {
                for (int k = 0; k < 3; ++k) {
                    MemorySink sink;
                    const auto answer = co_await client.send(get(server.url()), sink);
                    good += answer && sink.text.size() == 100'000 ? 1 : 0;
                }
            },
            [](std::exception_ptr) {});
    }
    threads.join();

    EXPECT_EQ(good, 180);
    EXPECT_LE(server.connections(), 60);
}

TEST_F(HttpClientTest, DeadlinesHoldOnSeveralThreads) {
    const UpstreamServer server([](UpstreamConnection& connection) { connection.hang(); });
    std::atomic<int> timeouts = 0;
    asio::thread_pool threads(4);

    for (int i = 0; i < 50; ++i) {
        asio::co_spawn(
            threads,
            [&]() -> Task<void> {
                auto request = get(server.url());
                request.deadline = std::chrono::steady_clock::now() + 50ms;
                const auto answer = co_await client.send(std::move(request));
                timeouts += !answer && answer.error().kind == ErrorKind::Timeout ? 1 : 0;
            },
            [](std::exception_ptr) {});
    }
    threads.join();

    EXPECT_EQ(timeouts, 50);
}

TEST_F(HttpClientTest, ACancelledCallerStopsAtOnce) {
    const UpstreamServer server([](UpstreamConnection& connection) { connection.hang(); });
    asio::cancellation_signal signal;
    bool ended = false;

    asio::co_spawn(
        context, client.send(get(server.url())),
        asio::bind_cancellation_slot(
            signal.slot(), [&](std::exception_ptr, Result<OutboundAnswer>) { ended = true; }));
    asio::steady_timer timer(context, 50ms);
    timer.async_wait([&](auto) { signal.emit(asio::cancellation_type::terminal); });
    context.run_for(2s);

    EXPECT_TRUE(ended);
}

TEST_F(HttpClientTest, ConnectionsEndWithTheirContext) {
    const UpstreamServer server(always(kOk));
    {
        asio::io_context brief;
        EXPECT_TRUE(run_on(brief, client.send(get(server.url()))));
    }

    EXPECT_TRUE(send(get(server.url())));

    EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpClientTest, AContextMayEndInTheMiddleOfAnExchange) {
    const UpstreamServer server([](UpstreamConnection& connection) { connection.hang(); });
    asio::io_context brief;

    asio::co_spawn(brief, client.send(get(server.url())),
                   [](std::exception_ptr, const Result<OutboundAnswer>&) {});
    brief.run_for(20ms);

    EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace imagify::testing
