#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "transport/http/message.hpp"

namespace imagify::lambda {

/// Lambda's limit on what a synchronous invocation brings and answers: 6 MB.
inline constexpr std::size_t kEventMaxBytes = std::size_t{6} * 1024 * 1024;
inline constexpr std::size_t kAnswerMaxBytes = std::size_t{6} * 1024 * 1024;
/// What a request may be: the same as behind a socket (transport/beast/head_parser.hpp).
inline constexpr std::size_t kHeadMaxBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kFieldsMax = 100;
inline constexpr std::size_t kTargetMaxBytes = std::size_t{8} * 1024;
inline constexpr std::size_t kBodyMaxBytes = std::size_t{64} * 1024;

/// How API Gateway writes a request and reads its answer.
enum class Payload {
    V1,  ///< REST APIs, and HTTP APIs that ask for format 1.0.
    V2,  ///< HTTP APIs and function URLs.
};

/// A request that came through API Gateway, or the reason not to serve it.
struct HttpEvent {
    Payload payload = Payload::V2;
    http::Request request;
    /// Invalid requests have an answer of their own.
    std::optional<Error> refusal{};
    /// Of the refusal, where the kind of its error does not say it (414, 431); else 0.
    unsigned refusal_status = 0;
};

/// One message of a queue.
struct QueueRecord {
    std::string message_id;
    std::string body;
};

/// A batch of messages (SQS).
struct QueueEvent {
    std::vector<QueueRecord> records;
};

/// A rule's hour has come.
struct ScheduledEvent {
    /// One task, or empty for all of them.
    std::string task;
};

using Event = std::variant<HttpEvent, QueueEvent, ScheduledEvent>;

/// The customer's address, from that of whoever called API Gateway and the request's headers:
/// X-Forwarded-For is believed only as far as the caller is a trusted proxy.
using ClientAddress =
    std::function<std::string(const std::string& source, const http::Headers& headers)>;

/// Tells what an event is and reads it. `address` may be empty: the caller is the customer.
/// Errors: Malformed `event.malformed` (no JSON object), TooLarge `event.too_large`, Invalid
/// `event.unknown` (from a service that this program does not serve; the detail says which are).
Result<Event> read_event(std::string_view json, const ClientAddress& address = {});

}  // namespace imagify::lambda
