#include "transport/lambda/event.hpp"

#include <boost/json.hpp>

#include "transport/lambda/http_event.hpp"

namespace imagify::lambda {
namespace {

namespace json = boost::json;

constexpr std::string_view kServed =
    "served are API Gateway (REST and HTTP APIs), SQS, EventBridge rules, and "
    R"({"imagify":"TASK"})";

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
}

bool has_object(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_object();
}

std::unexpected<Error> unknown(std::string what) {
    return fail(ErrorKind::Invalid, "event.unknown", std::move(what) + ": " + std::string(kServed));
}

Result<Event> read_records(const json::array& records) {
    QueueEvent event;
    event.records.reserve(records.size());
    for (const auto& record : records) {
        if (!record.is_object()) return fail(ErrorKind::Malformed, "event.malformed", "a record");
        const auto& object = record.get_object();
        const auto source = text_of(object, "eventSource");
        if (source != "aws:sqs") return unknown("records of '" + std::string(source) + "'");
        event.records.push_back({.message_id = std::string(text_of(object, "messageId")),
                                 .body = std::string(text_of(object, "body"))});
    }
    return event;
}

}  // namespace

Result<Event> read_event(std::string_view text, const ClientAddress& address) {
    if (text.size() > kEventMaxBytes) return fail(ErrorKind::TooLarge, "event.too_large");
    boost::system::error_code failed;
    const auto value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object()) {
        return fail(ErrorKind::Malformed, "event.malformed", "not a JSON object");
    }
    const auto& event = value.get_object();
    if (const auto* records = event.if_contains("Records"); records && records->is_array()) {
        return read_records(records->get_array());
    }
    if (const auto task = text_of(event, "imagify"); !task.empty()) {
        return ScheduledEvent{.task = std::string(task)};
    }
    const auto source = text_of(event, "source");
    if (source == "aws.events" || source == "aws.scheduler") return ScheduledEvent{};
    if (text_of(event, "version") == "2.0" && has_object(event, "requestContext")) {
        return read_v2(event, address);
    }
    if (!text_of(event, "httpMethod").empty()) return read_v1(event, address);
    return unknown("an event of an unknown shape");
}

}  // namespace imagify::lambda
