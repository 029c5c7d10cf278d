#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/aws/service_client.hpp"
#include "ports/work_queue.hpp"

namespace imagify::sqs {

/// Which queue.
struct SqsSettings {
    /// "https://sqs.ap-southeast-1.amazonaws.com/123456789012/imagify-generations"
    std::string queue_url;
    std::string region;
    /// Of an emulator. Empty: the server of the queue's URL.
    std::string endpoint{};
};

/// Where the queue's server is: the endpoint, or scheme and host of the queue's URL. Empty when
/// that is no URL.
std::string endpoint_of(const SqsSettings& settings);

/// {"generationId":"..."}: what a message says.
std::string message_of(const GenerationId& id);

/// The inverse; nothing for a message that is not ours.
std::optional<GenerationId> read_message(std::string_view body);

/// Work for other processes, through an SQS standard queue: at least once, in no order. Messages
/// that fail again and again are the queue's business (its dead-letter queue).
class SqsWorkQueue final : public WorkQueue {
public:
    SqsWorkQueue(SqsSettings settings, aws::ServiceClient::Parts parts);

    /// An answer that was lost is Unavailable too: should the message have been taken after all,
    /// whoever gets it finds that nothing is held any more.
    Task<Result<void>> enqueue(GenerationId id) override;

    /// That the queue is there and ours. Errors: Unavailable `queue.unavailable`, with what to do.
    Task<Result<void>> check();

private:
    SqsSettings settings_;
    aws::ServiceClient client_;
};

}  // namespace imagify::sqs
