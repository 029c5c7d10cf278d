#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "adapters/aws/service_client.hpp"
#include "adapters/sqs/sqs_work_queue.hpp"

namespace imagify::sqs {

/// Takes messages out of a queue and works on them, several at a time. A message is hidden from
/// others while it is worked on, deleted when that went well, and else comes back by itself.
/// Several coroutines may `run` one poller: with `at_once` 1, eight of them keep eight messages at
/// work, where one with 8 waits for the slowest. Outlives them.
class SqsPoller {
public:
    struct Limits {
        /// 1 to 10, what one request may take.
        int at_once = 10;
        /// For how long a message is hidden; it is hidden anew in the middle of that.
        std::chrono::seconds hidden{120};
        /// How long an empty queue is listened to; at most 20.
        std::chrono::seconds wait{20};
        /// After an error.
        std::chrono::milliseconds rest{2'000};
    };
    /// True when the message has been dealt with, whatever became of the generation; what it throws
    /// counts as false.
    using Work = std::function<Task<bool>(GenerationId)>;

    SqsPoller(SqsSettings settings, aws::ServiceClient::Parts parts, Work work, Limits limits);

    /// Until `stop`: takes messages, works on what it took, takes the next when all are done. What
    /// is being worked on when it is stopped is finished first.
    Task<void> run();

    /// Makes `run` end after what it does now; an empty queue's `wait` is not cut short: cancel the
    /// coroutine for that. From any thread.
    void stop() { stopping_ = true; }

private:
    struct Message {
        std::string body;
        std::string receipt;
    };
    Task<Result<std::vector<Message>>> receive();
    Task<void> work_on(Message message);
    Task<bool> work(GenerationId id);
    Task<void> keep_hidden(std::string receipt);
    Task<void> remove(std::string receipt);

    SqsSettings settings_;
    aws::ServiceClient client_;
    Clock& clock_;
    Work work_;
    Limits limits_;
    std::atomic<bool> stopping_{false};
};

}  // namespace imagify::sqs
