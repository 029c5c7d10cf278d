#include "adapters/sqs/sqs_poller.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/log.hpp"

namespace imagify::sqs {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

// Longer than an empty queue is listened to.
constexpr std::chrono::seconds kAnswerMargin{10};
constexpr std::size_t kMostAtOnce = 10;

std::string text_member(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

}  // namespace

SqsPoller::SqsPoller(SqsSettings settings, aws::ServiceClient::Parts parts, Work work,
                     Limits limits)
    : settings_(std::move(settings)),
      client_({.service = "sqs",
               .region = settings_.region,
               .endpoint = endpoint_of(settings_),
               .time_limit = 2 * (limits.wait + kAnswerMargin)},
              parts),
      clock_(parts.clock),
      work_(std::move(work)),
      limits_(limits) {}

Task<void> SqsPoller::run() {
    while (!stopping_) {
        auto messages = co_await receive();
        if (!messages) {
            log_event(LogLevel::Error, "queue.unavailable",
                      {{"detail", std::string_view(messages.error().detail)}});
            co_await clock_.sleep_for(limits_.rest);
            continue;
        }
        if (messages->empty()) continue;
        const auto executor = co_await asio::this_coro::executor;
        using Started = decltype(asio::co_spawn(executor, work_on({}), asio::deferred));
        std::vector<Started> started;
        for (auto& message : *messages)
            started.push_back(
                asio::co_spawn(executor, work_on(std::move(message)), asio::deferred));
        co_await asio::experimental::make_parallel_group(std::move(started))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    }
}

Task<Result<std::vector<SqsPoller::Message>>> SqsPoller::receive() {
    const json::object request{{"QueueUrl", settings_.queue_url},
                               {"MaxNumberOfMessages", limits_.at_once},
                               {"WaitTimeSeconds", limits_.wait.count()},
                               {"VisibilityTimeout", limits_.hidden.count()}};
    const auto answer =
        co_await client_.call_json("AmazonSQS.ReceiveMessage", json::serialize(request));
    if (!answer) co_return std::unexpected(answer.error());
    if (!answer->succeeded())
        co_return fail(ErrorKind::Unavailable, "queue.unavailable",
                       answer->fault + ' ' + answer->fault_message);
    boost::system::error_code error;
    const auto value = json::parse(answer->body, error);
    if (error || !value.is_object())
        co_return fail(ErrorKind::BadUpstream, "queue.unavailable", "the answer is no JSON object");
    std::vector<Message> messages;
    const auto* const list = value.get_object().if_contains("Messages");
    if (list == nullptr || !list->is_array()) co_return messages;
    for (const auto& item : list->get_array()) {
        if (!item.is_object() || messages.size() == kMostAtOnce) continue;
        messages.push_back({.body = text_member(item.get_object(), "Body"),
                            .receipt = text_member(item.get_object(), "ReceiptHandle")});
    }
    co_return messages;
}

Task<void> SqsPoller::work_on(Message message) {
    using namespace asio::experimental::awaitable_operators;
    const auto id = read_message(message.body);
    if (!id) {
        // It comes back until the queue puts it aside, where somebody can look at it.
        log_event(LogLevel::Error, "queue.bad_message", {});
        co_return;
    }
    const auto ended = co_await (work(*id) || keep_hidden(message.receipt));
    if (ended.index() == 0 && std::get<0>(ended)) co_await remove(std::move(message.receipt));
}

Task<bool> SqsPoller::work(GenerationId id) {
    try {
        co_return co_await work_(std::move(id));
    } catch (const std::exception& error) {
        log_event(LogLevel::Error, "work.failed", {{"detail", std::string_view(error.what())}});
        co_return false;
    }
}

// Ends only when it is cancelled, because the work has ended.
Task<void> SqsPoller::keep_hidden(std::string receipt) {
    const json::object request{{"QueueUrl", settings_.queue_url},
                               {"ReceiptHandle", receipt},
                               {"VisibilityTimeout", limits_.hidden.count()}};
    for (;;) {
        co_await clock_.sleep_for(limits_.hidden / 2);
        // Should it fail, somebody else may start as well; the hold decides who may capture.
        co_await client_.call_json("AmazonSQS.ChangeMessageVisibility", json::serialize(request));
    }
}

Task<void> SqsPoller::remove(std::string receipt) {
    const json::object request{{"QueueUrl", settings_.queue_url}, {"ReceiptHandle", receipt}};
    const auto answer =
        co_await client_.call_json("AmazonSQS.DeleteMessage", json::serialize(request));
    if (!answer || !answer->succeeded())
        log_event(LogLevel::Warning, "queue.not_deleted", {});  // It comes again, to no effect.
}

}  // namespace imagify::sqs
