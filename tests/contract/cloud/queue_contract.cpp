#include <map>

#include "adapters/sqs/sqs_poller.hpp"
#include "base/ids.hpp"
#include "contract/cloud/cloud_fixture.hpp"

namespace imagify::testing {
namespace {

/// The queue IMAGIFY_TEST_SQS_QUEUE of the server IMAGIFY_TEST_SQS; nobody else uses it meanwhile.
class QueueContract : public CloudContract {
protected:
    void SetUp() override {
        if (settings.queue_url.empty()) GTEST_SKIP() << "IMAGIFY_TEST_SQS_QUEUE names none";
    }

    GenerationId enqueued() {
        GenerationId id(new_ulid("g_", clock, random));
        const auto sent = run_on(context, queue.enqueue(id));
        EXPECT_TRUE(sent) << sent.error().detail;
        return id;
    }
    /// Takes messages until `enough`; counts how often each came.
    std::map<std::string, int> take(std::function<bool(const std::map<std::string, int>&)> enough,
                                    std::function<bool(const std::string&, int)> verdict) {
        std::map<std::string, int> seen;
        sqs::SqsPoller* self = nullptr;
        sqs::SqsPoller poller(
            settings, parts,
            [&](GenerationId id) -> Task<bool> {
                const int time = ++seen[id.text()];
                if (enough(seen)) self->stop();
                co_return verdict(id.text(), time);
            },
            {.at_once = 10, .hidden = std::chrono::seconds(1), .wait = std::chrono::seconds(2)});
        self = &poller;
        run_on(context, ended(poller));
        return seen;
    }
    static Task<bool> ended(sqs::SqsPoller& poller) {
        co_await poller.run();
        co_return true;
    }

    sqs::SqsSettings settings{.queue_url = variable("IMAGIFY_TEST_SQS_QUEUE"),
                              .region = "ap-southeast-1",
                              .endpoint = variable("IMAGIFY_TEST_SQS")};
    sqs::SqsWorkQueue queue{settings, parts};
};

TEST_F(QueueContract, EveryGenerationIsWorkedOn) {
    std::set<std::string> sent;
    for (int i = 0; i < 5; ++i) sent.insert(enqueued().text());

    const auto seen = take([](const auto& all) { return all.size() == 5; },
                           [](const auto&, int) { return true; });

    for (const auto& id : sent) EXPECT_TRUE(seen.contains(id)) << id;
}

TEST_F(QueueContract, FailedWorkComesAgain) {
    const auto id = enqueued().text();

    const auto seen = take([&](const auto& all) { return all.contains(id) && all.at(id) == 2; },
                           [](const auto&, int time) { return time > 1; });

    EXPECT_EQ(seen.at(id), 2);
}

TEST_F(QueueContract, QueueIsThere) {
    EXPECT_TRUE(run_on(context, queue.check()));
    auto other = settings;
    other.queue_url += "-absent";
    sqs::SqsWorkQueue absent(other, parts);

    const auto outcome = run_on(context, absent.check());

    ASSERT_FALSE(outcome);
    EXPECT_TRUE(outcome.error().detail.contains("SQS_QUEUE_URL")) << outcome.error().detail;
}

}  // namespace
}  // namespace imagify::testing
