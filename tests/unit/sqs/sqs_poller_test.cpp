#include "adapters/sqs/sqs_poller.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "support/fake_clock.hpp"
#include "support/fixed_credentials.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::sqs {
namespace {

/// Sleepers wake `naps` times at once; later ones sleep until they are cancelled.
class DrowsyClock final : public Clock {
public:
    TimePoint now() const override { return fake_.now(); }
    std::chrono::steady_clock::time_point steady_now() const override { return fake_.steady_now(); }
    Task<void> sleep_for(std::chrono::milliseconds duration) override {
        const auto executor = co_await boost::asio::this_coro::executor;
        if (naps > 0) {
            --naps;
            fake_.advance(duration);
            co_await boost::asio::post(executor, boost::asio::use_awaitable);
            co_return;
        }
        boost::asio::steady_timer timer(executor, std::chrono::hours(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    int naps = 0;

private:
    testing::FakeClock fake_;
};

class SqsPollerTest : public ::testing::Test {
protected:
    struct Action {
        std::string name;
        std::string receipt;
    };

    /// Messages "g_<n>" with receipt "r_<n>", in one answer; it is the last.
    void deliver(std::vector<std::string> bodies) {
        std::string list;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            list += (i == 0 ? "" : ",");
            list += R"({"MessageId":"m","ReceiptHandle":"r_)" + std::to_string(i) + R"(","Body":)" +
                    boost::json::serialize(boost::json::value(bodies[i])) + "}";
        }
        http.script.push_back([this, list](const OutboundRequest&) -> Result<OutboundAnswer> {
            poller->stop();
            return OutboundAnswer{.status = 200, .body = "{\"Messages\":[" + list + "]}"};
        });
        for (int i = 0; i < 20; ++i) http.answer(200, "{}");
    }
    void run(SqsPoller::Work work) {
        poller.emplace(
            SqsSettings{.queue_url = "http://127.0.0.1:9324/queue/work", .region = "eu-west-1"},
            aws::ServiceClient::Parts{
                .http = http, .credentials = credentials, .clock = clock, .random = random},
            std::move(work), SqsPoller::Limits{});
        boost::asio::io_context context;
        boost::asio::co_spawn(context, poller->run(), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
        context.run();
    }
    /// What was asked of the queue after the first request, in order.
    std::vector<Action> actions() const {
        std::vector<Action> all;
        for (std::size_t i = 1; i < http.asked.size(); ++i) {
            const auto target = testing::sent_header(http.asked[i], "X-Amz-Target");
            const auto body = boost::json::parse(http.asked[i].body);
            const auto* const receipt = body.as_object().if_contains("ReceiptHandle");
            all.push_back({.name = target.substr(target.find('.') + 1),
                           .receipt = receipt == nullptr ? "" : std::string(receipt->as_string())});
        }
        return all;
    }
    static std::string message(const std::string& id) { return message_of(GenerationId(id)); }

    testing::ScriptedHttpClient http;
    testing::FixedCredentials credentials;
    DrowsyClock clock;
    testing::SeededRandom random;
    std::optional<SqsPoller> poller;
    std::vector<std::string> worked;
};

TEST_F(SqsPollerTest, WorkIsDoneAndDeleted) {
    deliver({message("g_0")});

    run([this](GenerationId id) -> Task<bool> {
        worked.push_back(id.text());
        co_return true;
    });

    EXPECT_EQ(worked, std::vector<std::string>{"g_0"});
    ASSERT_EQ(actions().size(), 1U);
    EXPECT_EQ(actions()[0].name, "DeleteMessage");
    EXPECT_EQ(actions()[0].receipt, "r_0");
    const auto asked = boost::json::parse(http.asked.at(0).body);
    EXPECT_EQ(asked.at("WaitTimeSeconds").as_int64(), 20);
    EXPECT_EQ(asked.at("MaxNumberOfMessages").as_int64(), 10);
    EXPECT_EQ(asked.at("VisibilityTimeout").as_int64(), 120);
}

TEST_F(SqsPollerTest, FailedWorkStaysInTheQueue) {
    deliver({message("g_0"), message("g_1"), message("g_2")});

    run([](GenerationId id) -> Task<bool> {
        if (id.text() == "g_1") throw std::runtime_error("planted");
        co_return id.text() == "g_2";
    });

    ASSERT_EQ(actions().size(), 1U);
    EXPECT_EQ(actions()[0].receipt, "r_2");
}

TEST_F(SqsPollerTest, StrangeMessageIsLeftForTheDeadLetterQueue) {
    deliver({"hello"});

    run([this](GenerationId id) -> Task<bool> {
        worked.push_back(id.text());
        co_return true;
    });

    EXPECT_TRUE(worked.empty());
    EXPECT_TRUE(actions().empty());
}

TEST_F(SqsPollerTest, MessageIsHiddenWhileItIsWorkedOn) {
    clock.naps = 3;
    deliver({message("g_0")});

    run([this](GenerationId) -> Task<bool> {
        while (clock.naps > 0) co_await boost::asio::post(boost::asio::use_awaitable);
        for (int i = 0; i < 10; ++i) co_await boost::asio::post(boost::asio::use_awaitable);
        co_return true;
    });

    ASSERT_EQ(actions().size(), 4U);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(actions()[static_cast<std::size_t>(i)].name, "ChangeMessageVisibility");
    }
    EXPECT_EQ(actions()[3].name, "DeleteMessage");
}

TEST_F(SqsPollerTest, SeveralAreWorkedOnAtOnce) {
    deliver({message("g_0"), message("g_1"), message("g_2")});
    int running = 0;
    int most = 0;

    run([&](GenerationId) -> Task<bool> {
        most = std::max(most, ++running);
        for (int i = 0; i < 10; ++i) co_await boost::asio::post(boost::asio::use_awaitable);
        --running;
        co_return true;
    });

    EXPECT_EQ(most, 3);
    EXPECT_EQ(actions().size(), 3U);
}

TEST_F(SqsPollerTest, RestsAfterAnErrorAndGoesOn) {
    clock.naps = 1;
    http.answer(400, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})");
    http.answer(200, "[]");
    clock.naps = 2;
    deliver({message("g_0")});

    run([this](GenerationId id) -> Task<bool> {
        worked.push_back(id.text());
        co_return true;
    });

    EXPECT_EQ(worked.size(), 1U);
}

}  // namespace
}  // namespace imagify::sqs
