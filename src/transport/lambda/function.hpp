#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "transport/http/message.hpp"
#include "transport/lambda/event.hpp"
#include "transport/lambda/runtime_api.hpp"

namespace imagify::lambda {

/// A request is answered so long before Lambda would kill the process.
inline constexpr std::chrono::milliseconds kAnswerMargin{1'500};

/// One answered request, for logs and metrics. The views end with the call.
struct AnsweredRequest {
    http::Method method;
    std::string_view route;
    unsigned status;
    std::chrono::microseconds duration;
    std::string_view request_id;
    std::string_view user_id;
    /// The caller's trace; may be empty.
    std::string_view trace_id;
};

/// Something that a schedule starts. Yields how much it did.
struct ScheduledTask {
    std::string_view name;
    std::function<Task<Result<std::int64_t>>()> run;
};

/// Does what one event asks for. Nothing that it began goes on after its answer: between two
/// events Lambda stops the process.
class Function {
public:
    struct Parts {
        /// Absent: this function takes no requests; each is answered 404.
        http::Service* service = nullptr;
        /// Works on one message; after an error it comes again. Empty: takes no messages.
        std::function<Task<Result<void>>(std::string body)> work{};
        /// A message is not begun with less time than this left.
        std::chrono::milliseconds work_limit{0};
        /// Empty: takes no schedules.
        std::vector<ScheduledTask> tasks{};
        /// Waits for what a request has left running, before its answer. May be empty.
        std::function<Task<void>()> settle{};
        ClientAddress client_address{};
        std::function<void(const AnsweredRequest&)> on_answer{};
        const Clock& clock;
    };
    explicit Function(Parts parts) : parts_(std::move(parts)) {}

    /// The answer to an event, as JSON. An error means that the invocation failed, and its detail
    /// says what to do. Errors: those of `read_event`; Invalid `event.not_taken`; those of tasks.
    Task<Result<std::string>> handle(Invocation invocation);

private:
    Task<std::string> serve(HttpEvent event, const Invocation& invocation);
    Task<http::Response> respond(HttpEvent& event) const;
    Task<Result<std::string>> work_off(QueueEvent event, const Invocation& invocation);
    Task<Result<void>> work_on(QueueRecord record, const Invocation& invocation);
    Task<Result<std::string>> run_tasks(ScheduledEvent event, const Invocation& invocation);

    Parts parts_;
};

}  // namespace imagify::lambda
