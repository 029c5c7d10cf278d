#include "adapters/in_process/event_hub.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <thread>

#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

const UserId kAn("u_an");
const UserId kBinh("u_binh");
// Longer than any test may take: a wait that nobody ends fails the test by its time limit.
constexpr auto kForEver = std::chrono::milliseconds(1h);

Change change(int number) { return {.generation = GenerationId("g" + std::to_string(number))}; }

/// What is there already, without waiting.
Task<std::vector<std::string>> read_all(Subscription& subscription) {
    std::vector<std::string> read;
    while (auto next = co_await subscription.next(0ms)) read.push_back(next->generation.text());
    co_return read;
}

}  // namespace

TEST(EventHubTest, ChangesArriveOldestFirst) {
    EventHub hub;
    const auto listen = [&]() -> Task<std::vector<std::string>> {
        const auto subscription = co_await hub.subscribe(kAn);
        hub.publish(kAn, change(1));
        hub.publish(kAn, {});
        hub.publish(kAn, change(2));
        co_return co_await read_all(*subscription);
    };

    EXPECT_EQ(run_task(listen()), (std::vector<std::string>{"g1", "", "g2"}));
}

TEST(EventHubTest, PublishWakesAListenerThatWaits) {
    EventHub hub;
    asio::io_context context;
    std::optional<Change> heard;
    asio::co_spawn(
        context,
        [&]() -> Task<void> {
            const auto subscription = co_await hub.subscribe(kAn);
            heard = co_await subscription->next(kForEver);
        },
        [](const std::exception_ptr&) {});
    context.poll();
    ASSERT_EQ(hub.subscribers(), 1U);
    ASSERT_FALSE(heard);

    std::jthread publisher([&] { hub.publish(kAn, change(7)); });
    context.run();

    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->generation.text(), "g7");
}

TEST(EventHubTest, NothingComesWhenTheTimeIsOver) {
    EventHub hub;
    const auto listen = [&]() -> Task<std::optional<Change>> {
        const auto subscription = co_await hub.subscribe(kAn);
        co_return co_await subscription->next(5ms);
    };
    const auto before = std::chrono::steady_clock::now();

    const auto heard = run_task(listen());

    EXPECT_FALSE(heard);
    EXPECT_GE(std::chrono::steady_clock::now() - before, 5ms);
}

TEST(EventHubTest, ListenerHearsAgainAfterATimeout) {
    EventHub hub;
    const auto listen = [&]() -> Task<bool> {
        const auto subscription = co_await hub.subscribe(kAn);
        const auto nothing = co_await subscription->next(1ms);
        hub.publish(kAn, change(1));
        const auto something = co_await subscription->next(kForEver);
        co_return !nothing && something;
    };

    EXPECT_TRUE(run_task(listen()));
}

TEST(EventHubTest, OnlyThePersonsOwnListenersHear) {
    EventHub hub;
    const auto listen = [&]() -> Task<std::vector<std::size_t>> {
        const auto an_one = co_await hub.subscribe(kAn);
        const auto an_two = co_await hub.subscribe(kAn);
        const auto binh = co_await hub.subscribe(kBinh);
        hub.publish(kAn, change(1));
        const auto one = co_await read_all(*an_one);
        const auto two = co_await read_all(*an_two);
        const auto other = co_await read_all(*binh);
        co_return std::vector{one.size(), two.size(), other.size()};
    };

    EXPECT_EQ(run_task(listen()), (std::vector<std::size_t>{1, 1, 0}));
}

TEST(EventHubTest, SlowListenerKeepsTheNewest64) {
    EventHub hub;
    const auto listen = [&](int published) -> Task<std::vector<std::string>> {
        const auto subscription = co_await hub.subscribe(kAn);
        for (int i = 1; i <= published; ++i) hub.publish(kAn, change(i));
        co_return co_await read_all(*subscription);
    };

    const auto full = run_task(listen(64));
    const auto over = run_task(listen(65));

    ASSERT_EQ(full.size(), 64U);
    EXPECT_EQ(full.front(), "g1");
    ASSERT_EQ(over.size(), 64U);
    EXPECT_EQ(over.front(), "g2");
    EXPECT_EQ(over.back(), "g65");
}

TEST(EventHubTest, DroppedSubscriptionsLeaveNothingBehind) {
    EventHub hub;
    const auto listen = [&]() -> Task<std::size_t> {
        {
            const auto one = co_await hub.subscribe(kAn);
            const auto two = co_await hub.subscribe(kAn);
            const auto three = co_await hub.subscribe(kBinh);
            EXPECT_EQ(hub.subscribers(), 3U);
        }
        hub.publish(kAn, change(1));
        co_return hub.subscribers();
    };

    EXPECT_EQ(run_task(listen()), 0U);
}

TEST(EventHubTest, CloseEndsEveryWaitAndEveryLaterOne) {
    EventHub hub;
    asio::io_context context;
    int ended = 0;
    const auto listen = [&]() -> Task<void> {
        const auto subscription = co_await hub.subscribe(kAn);
        const auto heard = co_await subscription->next(kForEver);
        ended += heard ? 0 : 1;
    };
    for (int i = 0; i < 3; ++i) {
        asio::co_spawn(context, listen(), [](const std::exception_ptr&) {});
    }
    context.poll();
    ASSERT_EQ(hub.subscribers(), 3U);

    hub.close();
    context.run();
    run_task(listen());

    EXPECT_EQ(ended, 4);
}

TEST(EventHubTest, SubscriptionMayOutliveTheHub) {
    auto hub = std::make_unique<EventHub>();
    const auto listen = [&]() -> Task<bool> {
        const auto subscription = co_await hub->subscribe(kAn);
        hub.reset();
        co_return (co_await subscription->next(kForEver)).has_value();
    };

    EXPECT_FALSE(run_task(listen()));
}

TEST(EventHubTest, NoChangeIsLostBetweenManyPublishersAndAListener) {
    constexpr int kEach = 500;
    EventHub hub;
    std::atomic<int> credit = 0;
    std::vector<std::jthread> publishers;
    const auto publish = [&] {
        for (int i = 0; i < kEach; ++i) {
            // Never more under way than the backlog holds.
            while (credit.load() >= 32) std::this_thread::yield();
            ++credit;
            hub.publish(kAn, {});
        }
    };
    const auto listen = [&]() -> Task<int> {
        const auto subscription = co_await hub.subscribe(kAn);
        publishers.emplace_back(publish);
        publishers.emplace_back(publish);
        int heard = 0;
        while (heard < 2 * kEach && co_await subscription->next(kForEver)) {
            ++heard;
            --credit;
        }
        publishers.clear();  // None may still be about to wake this event loop when it is gone.
        co_return heard;
    };

    EXPECT_EQ(run_task(listen()), 2 * kEach);
}

}  // namespace imagify::testing
