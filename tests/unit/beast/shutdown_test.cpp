// How the server stops: what runs may finish, what waits is closed, nothing new begins.
#include <future>

#include "base/suspend.hpp"
#include "unit/beast/events_body.hpp"
#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

class ShutdownTest : public ServerTest {
protected:
    /// Requests for /held wait until the test resumes them.
    void hold_requests() {
        service.answer = [this](http::Request request) -> Task<http::Response> {
            if (request.path == "/held") {
                co_await suspend([this](Resume resume) { held.set_value(std::move(resume)); });
            }
            http::Response response;
            response.body = request.path;
            co_return response;
        };
    }

    void join() { thread.join(); }

    std::promise<Resume> held;
};

TEST_F(ShutdownTest, RunningRequestFinishesAndNothingNewBegins) {
    hold_requests();
    start();
    HttpProbe idle(port);
    ASSERT_TRUE(idle.ask(get("/")));
    std::optional<HttpProbe> running(port);
    ASSERT_TRUE(running->send(get("/held") + get("/after")));
    auto resume = held.get_future().get();

    server->stop(10s);

    EXPECT_TRUE(idle.ends());  // From here on the drain has begun.
    EXPECT_FALSE(HttpProbe(port).connected());
    EXPECT_FALSE(running->readable_within(0ms));
    resume();
    const auto reply = running->read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "/held");
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_EQ(running->read_all(), "");
    running.reset();
    join();
}

TEST_F(ShutdownTest, RequestThatIsStillArrivingFinishes) {
    start();
    HttpProbe idle(port);
    ASSERT_TRUE(idle.ask(get("/")));
    HttpProbe arriving(port);
    const auto first = arriving.ask(post("/p", "whole") + post("/p", "half").substr(0, 60));
    ASSERT_TRUE(first);

    server->stop(10s);

    EXPECT_TRUE(idle.ends());
    const auto reply = arriving.ask(post("/p", "half").substr(60));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "/p?|half");
    join();
}

TEST_F(ShutdownTest, RequestBeyondTheBoundIsCut) {
    hold_requests();
    start();
    HttpProbe running(port);
    ASSERT_TRUE(running.send(get("/held")));
    auto resume = held.get_future().get();

    server->stop(50ms);

    join();
    // As a worker does that ends its job after the loops have stopped.
    std::exchange(resume, nullptr)();
    server.reset();
    EXPECT_TRUE(running.ends());
}

TEST_F(ShutdownTest, IdleServerStopsAtOnceHoweverLongTheBound) {
    config.threads = 2;
    start();

    const auto begun = std::chrono::steady_clock::now();
    server->stop(1h);
    join();

    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST_F(ShutdownTest, StopBeforeRunIsNotLost) {
    config.listen = "127.0.0.1:0";
    server = std::make_unique<http::BeastServer>(config, service, random);
    ASSERT_TRUE(server->listen());

    server->stop(1h);
    server->run();
}

TEST_F(ShutdownTest, BackgroundWorkDoesNotHoldTheServer) {
    start();
    boost::asio::steady_timer timer(server->executor(), 1h);
    timer.async_wait([](auto) {});

    server->stop(1h);

    join();
}

class EventsTest : public ServerTest {
protected:
    void SetUp() override {
        config.times.idle = config.times.write = config.times.request = 100ms;
        service.answer = [this](http::Request) -> Task<http::Response> {
            http::Response response;
            response.body = std::make_unique<Events>(ended);
            response.long_lived = true;
            co_return response;
        };
        start();
        probe.emplace(port);
        ASSERT_TRUE(probe->send(get("/events")));
        ASSERT_TRUE(probe->readable_within(10s));
    }

    std::promise<void> ended;
    std::optional<HttpProbe> probe;
};

TEST_F(EventsTest, StreamIsClosedAtOnceWhenTheServerStops) {
    server->stop(1h);

    thread.join();
    EXPECT_EQ(ended.get_future().wait_for(0s), std::future_status::ready);
    EXPECT_FALSE(probe->read_reply()->complete);
}

TEST_F(EventsTest, StreamEndsWhenTheClientGoes) {
    probe.reset();

    EXPECT_EQ(ended.get_future().wait_for(10s), std::future_status::ready);
}

TEST_F(EventsTest, StreamOutlivesTheIdleLimit) {
    auto end = ended.get_future();

    EXPECT_EQ(end.wait_for(400ms), std::future_status::timeout);
}

}  // namespace
}  // namespace imagify::testing
