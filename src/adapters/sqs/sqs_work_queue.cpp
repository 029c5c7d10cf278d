#include "adapters/sqs/sqs_work_queue.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/log.hpp"

namespace imagify::sqs {
namespace {

namespace json = boost::json;

// Ours have about 50; a queue may hold 256 KiB.
constexpr std::size_t kMessageMaxBytes = 1'024;
constexpr std::size_t kIdMaxLength = 64;

std::string advice(const std::string& fault) {
    if (fault == "QueueDoesNotExist" || fault == "NonExistentQueue")
        return "; create the queue or correct SQS_QUEUE_URL";
    return {};
}

}  // namespace

std::string endpoint_of(const SqsSettings& settings) {
    if (!settings.endpoint.empty()) return settings.endpoint;
    const auto host = settings.queue_url.find("://");
    if (host == std::string::npos) return {};
    return settings.queue_url.substr(0, settings.queue_url.find('/', host + 3));
}

std::string message_of(const GenerationId& id) {
    return json::serialize(json::object{{"generationId", id.text()}});
}

std::optional<GenerationId> read_message(std::string_view body) {
    if (body.size() > kMessageMaxBytes) return std::nullopt;
    boost::system::error_code error;
    const auto value = json::parse({body.data(), body.size()}, error);
    if (error || !value.is_object()) return std::nullopt;
    const auto* const id = value.get_object().if_contains("generationId");
    if (id == nullptr || !id->is_string()) return std::nullopt;
    const auto& text = id->get_string();
    if (text.empty() || text.size() > kIdMaxLength) return std::nullopt;
    return GenerationId(std::string(text));
}

SqsWorkQueue::SqsWorkQueue(SqsSettings settings, aws::ServiceClient::Parts parts)
    : settings_(std::move(settings)),
      client_({.service = "sqs", .region = settings_.region, .endpoint = endpoint_of(settings_)},
              parts) {}

Task<Result<void>> SqsWorkQueue::enqueue(GenerationId id) {
    const json::object request{{"QueueUrl", settings_.queue_url}, {"MessageBody", message_of(id)}};
    const auto answer =
        co_await client_.call_json("AmazonSQS.SendMessage", json::serialize(request));
    if (answer && answer->succeeded()) co_return Result<void>{};
    const auto detail = answer ? answer->fault + ' ' + answer->fault_message + advice(answer->fault)
                               : answer.error().detail;
    log_event(LogLevel::Error, "queue.unavailable", {{"detail", std::string_view(detail)}});
    co_return std::unexpected(Error{.kind = ErrorKind::Unavailable,
                                    .code = "server.overloaded",
                                    .detail = detail,
                                    .retry_after = std::chrono::seconds(2)});
}

Task<Result<void>> SqsWorkQueue::check() {
    const json::object request{{"QueueUrl", settings_.queue_url},
                               {"AttributeNames", json::array{json::value("QueueArn")}}};
    auto call =
        aws::ServiceClient::json_call("AmazonSQS.GetQueueAttributes", json::serialize(request));
    call.changes = false;
    const auto answer = co_await client_.call(std::move(call));
    if (answer && answer->succeeded()) co_return Result<void>{};
    co_return fail(ErrorKind::Unavailable, "queue.unavailable",
                   answer ? answer->fault + ' ' + answer->fault_message + advice(answer->fault)
                          : answer.error().detail);
}

}  // namespace imagify::sqs
