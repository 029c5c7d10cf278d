#include "unit/http_client/http_client_fixture.hpp"

namespace imagify::testing {
namespace {

UpstreamServer::Script answers(std::string bytes) {
    return [bytes = std::move(bytes)](UpstreamConnection& connection) {
        if (connection.read_request()) connection.send(bytes);
    };
}

/// Sends `bytes`, then resets the connection.
UpstreamServer::Script resets_after(std::string bytes) {
    return [bytes = std::move(bytes)](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(bytes);
        connection.reset();
    };
}

/// Sends `bytes`, then says nothing more.
UpstreamServer::Script hangs_after(std::string bytes) {
    return [bytes = std::move(bytes)](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(bytes);
        connection.hang();
    };
}

class HttpFaultTest : public HttpClientTest {
protected:
    static constexpr auto kDeadline = 150ms;

    /// The outcome of a GET with a short deadline, which must be kept.
    Result<OutboundAnswer> within_deadline(UpstreamServer::Script script) {
        const UpstreamServer server(std::move(script));
        return within_deadline(server.url());
    }

    Result<OutboundAnswer> within_deadline(const std::string& url) {
        const auto start = std::chrono::steady_clock::now();
        auto request = get(url);
        request.deadline = start + kDeadline;
        auto outcome = send(std::move(request));
        EXPECT_LT(std::chrono::steady_clock::now() - start, kDeadline + 500ms);
        return outcome;
    }
};

TEST_F(HttpFaultTest, NobodyListening) {
    std::string url;
    {
        const UpstreamServer gone(answers(""));
        url = gone.url();
    }
    expect_unreachable(send(get(url)));
}

TEST_F(HttpFaultTest, NothingAfterAnInterimAnswer) {
    expect_error(answer_to(answers("HTTP/1.1 100 Continue\r\n\r\n")), ErrorKind::BadUpstream,
                 "upstream.bad_answer");
}

TEST_F(HttpFaultTest, NoByteOfAnAnswer) {
    expect_no_answer(answer_to(answers("")));
    expect_no_answer(answer_to(resets_after("")));
}

TEST_F(HttpFaultTest, AnswersThatAreCutOff) {
    for (const std::string bytes :
         {"H", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Le",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"}) {
        expect_bad_answer(answer_to(answers(bytes)));
        expect_bad_answer(answer_to(resets_after(bytes)));
    }
    // An end without an end mark is a reset, not an end.
    expect_bad_answer(answer_to(resets_after("HTTP/1.1 200 OK\r\n\r\nuntil the end")));
}

TEST_F(HttpFaultTest, AnswersThatAreNotHttp) {
    for (const std::string bytes :
         {"SSH-2.0-OpenSSH_9.2\r\n", "\x15\x03\x01\x00\x02\x02\x28", "<html></html>\r\n\r\n",
          "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 99 No\r\n\r\n", "HTTP/3.0 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"}) {
        const auto outcome = answer_to(answers(bytes));
        expect_bad_answer(outcome);
        if (outcome) ADD_FAILURE() << bytes;
    }
}

TEST_F(HttpFaultTest, HeadsUpToSixteenKibibytes) {
    const auto head_of = [](std::size_t size) {
        const std::string frame = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: \r\n\r\n";
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " +
               std::string(size - frame.size(), 'x') + "\r\n\r\n";
    };
    EXPECT_TRUE(answer_to(answers(head_of(std::size_t{16} * 1024))));
    expect_bad_answer(answer_to(answers(head_of(std::size_t{16} * 1024 + 1))));
    expect_bad_answer(answer_to(answers(head_of(std::size_t{20} * 1024))));
    expect_bad_answer(answer_to([](UpstreamConnection& connection) {
        connection.send("HTTP/1.1 200 OK\r\n");
        while (connection.send("X-Endless: header\r\n")) continue;
    }));
}

TEST_F(HttpFaultTest, EndlessChunkFramingIsRefused) {
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect_bad_answer(answer_to([&](UpstreamConnection& connection) {
        connection.send(head + "5;");
        while (connection.send("extension=without=end;")) continue;
    }));
    expect_bad_answer(answer_to([&](UpstreamConnection& connection) {
        connection.send(head + "0\r\n");
        while (connection.send("X-Endless: trailer\r\n")) continue;
    }));
}

TEST_F(HttpFaultTest, SilenceEndsAtTheDeadline) {
    for (const std::string said : {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        expect_timeout(within_deadline(hangs_after(said)));
    }
}

TEST_F(HttpFaultTest, ADrippedHeadEndsAtTheDeadline) {
    expect_timeout(within_deadline([](UpstreamConnection& connection) {
        connection.read_request();
        connection.drip("HTTP/1.1 200 OK\r\nX-Slow: " + std::string(1000, 'x'), 20ms);
    }));
}

TEST_F(HttpFaultTest, ADrippedBodyIsTooSlowLongBeforeTheDeadline) {
    const UpstreamServer server([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        connection.drip(std::string(5000, 'x'), 10ms);
    });
    BeastHttpClient impatient({.slow_window = 200ms});
    auto request = get(server.url());
    request.deadline += 10min;  // The drip itself takes 50 s.

    expect_timeout(run_on(context, impatient.send(std::move(request))));
}

TEST_F(HttpFaultTest, ASteadyBodyMayOutlastManyWindows) {
    // 500 bytes each 20 ms: 25 kB/s, over two windows. A busy machine may stop for half of one.
    const UpstreamServer server([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n");
        for (int i = 0; i < 100; ++i) {
            connection.send(std::string(499, 'x'));
            connection.drip("x", 20ms);
        }
    });

    BeastHttpClient careful({.slow_window = 1s});
    auto request = get(server.url());
    request.deadline += 10min;
    const auto answer = run_on(context, careful.send(std::move(request)));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body.size(), 50'000U);
}

TEST_F(HttpFaultTest, ASlowSinkIsNotTheServersFault) {
    const UpstreamServer server(always(make_answer(200, {}, std::string(150'000, 'x'))));
    BeastHttpClient impatient({.slow_window = 40ms});
    MemorySink sink;
    sink.pause = 150ms;  // Several windows, in which no byte comes.

    const auto answer = run_on(context, impatient.send(get(server.url()), sink));

    EXPECT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(sink.text.size(), 150'000U);
}

TEST_F(HttpFaultTest, ASinkThatOutlastsTheDeadlineIsATimeout) {
    const UpstreamServer server(always(make_answer(200, {}, std::string(150'000, 'x'))));
    MemorySink sink;
    sink.pause = 200ms;
    auto request = get(server.url());
    request.deadline = std::chrono::steady_clock::now() + 100ms;

    expect_timeout(send(std::move(request), sink));
}

TEST_F(HttpFaultTest, APassedDeadlineConnectsToNobody) {
    const UpstreamServer server(always(make_answer(200, {}, "")));
    auto request = get(server.url());
    request.deadline = std::chrono::steady_clock::now() - 1ms;

    expect_timeout(send(std::move(request)));
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(HttpFaultTest, AHostThatDoesNotExistEndsInTime) {
    // With a name server it is unreachable; without one the look-up may outlast the deadline.
    const auto outcome = within_deadline("http://no-such-host.invalid/");

    ASSERT_FALSE(outcome);
    EXPECT_TRUE(outcome.error().kind == ErrorKind::Unavailable ||
                outcome.error().kind == ErrorKind::Timeout);
}

TEST_F(HttpFaultTest, DetailsTellNoPathHeaderOrBody) {
    auto request = post("http://127.0.0.1:1/canary-path?canary-query", "canary-body");
    request.headers = {{"X-Api-Key", "canary-key"}};

    const auto outcome = send(std::move(request));

    expect_unreachable(outcome);
    EXPECT_FALSE(outcome.error().detail.contains("canary"));
    EXPECT_TRUE(outcome.error().detail.contains("127.0.0.1"));
}

}  // namespace
}  // namespace imagify::testing
