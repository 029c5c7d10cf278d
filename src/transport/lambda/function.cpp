#include "transport/lambda/function.hpp"

#include <boost/json.hpp>

#include "base/log.hpp"
#include "transport/http/problem.hpp"
#include "transport/lambda/http_answer.hpp"

namespace imagify::lambda {
namespace {

namespace json = boost::json;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// A scheduled task is not begun with less time than this left.
constexpr std::chrono::seconds kTaskTime{3};

std::unexpected<Error> not_taken(std::string_view what) {
    return fail(ErrorKind::Invalid, "event.not_taken",
                "this function takes no " + std::string(what) +
                    ": IMAGIFY_ROUTES says what it takes (worker: queues; scheduler: schedules; "
                    "all: everything)");
}

http::Response refusal_of(const HttpEvent& event) {
    auto response = http::problem(*event.refusal, event.request.request_id);
    if (event.refusal_status != 0) response.status = event.refusal_status;
    return response;
}

http::Response not_here(const http::Request& request) {
    return http::problem({.kind = ErrorKind::NotFound, .code = "route.not_found"},
                         request.request_id);
}

// Runs `work`; what it throws is logged and becomes an error.
template <class T>
Task<Result<T>> guarded(std::string_view event, std::string_view id, Task<Result<T>> work) {
    std::string reason = "not a std::exception";
    try {
        co_return co_await std::move(work);
    } catch (const std::exception& error) {
        reason = error.what();
    } catch (...) {  // NOLINT(bugprone-empty-catch): `reason` says it.
    }
    log_event(LogLevel::Error, event, {{"requestId", id}, {"reason", std::string_view(reason)}});
    co_return fail(ErrorKind::Internal, "server.internal", reason);
}

}  // namespace

Task<Result<std::string>> Function::handle(Invocation invocation) {
    auto event = read_event(invocation.event, parts_.client_address);
    if (!event) co_return std::unexpected(event.error());
    invocation.event.clear();
    if (auto* request = std::get_if<HttpEvent>(&*event)) {
        co_return co_await serve(std::move(*request), invocation);
    }
    if (auto* queue = std::get_if<QueueEvent>(&*event)) {
        if (!parts_.work) co_return not_taken("queue messages");
        co_return co_await work_off(std::move(*queue), invocation);
    }
    if (parts_.tasks.empty()) co_return not_taken("schedules");
    co_return co_await run_tasks(std::get<ScheduledEvent>(std::move(*event)), invocation);
}

Task<std::string> Function::serve(HttpEvent event, const Invocation& invocation) {
    const auto started = parts_.clock.steady_now();
    if (event.request.request_id.empty()) event.request.request_id = invocation.id;
    event.request.answer_by = invocation.deadline - kAnswerMargin;
    http::Request about;
    about.method = event.request.method;
    about.request_id = event.request.request_id;
    about.secure = event.request.secure;
    auto response = co_await respond(event);
    auto answer = co_await write_answer(event.payload, about, response);
    if (parts_.settle) co_await parts_.settle();
    if (parts_.on_answer) {
        parts_.on_answer(
            {.method = about.method,
             .route = response.route,
             .status = response.status,
             .duration = duration_cast<microseconds>(parts_.clock.steady_now() - started),
             .request_id = about.request_id,
             .user_id = response.user_id,
             .trace_id = response.trace_id});
    }
    co_return answer;
}

Task<http::Response> Function::respond(HttpEvent& event) const {
    if (event.refusal) co_return refusal_of(event);
    if (parts_.service == nullptr) co_return not_here(event.request);
    const auto id = event.request.request_id;
    auto response = co_await guarded<http::Response>(
        "http.handler_threw", id,
        [](http::Service& service, http::Request request) -> Task<Result<http::Response>> {
            co_return co_await service.handle(std::move(request));
        }(*parts_.service, std::move(event.request)));
    if (!response) {
        co_return http::problem({.kind = ErrorKind::Internal, .code = "server.internal"}, id);
    }
    co_return std::move(*response);
}

Task<Result<std::string>> Function::work_off(QueueEvent event, const Invocation& invocation) {
    json::array failures;
    for (auto& record : event.records) {
        const auto id = record.message_id;
        const auto done =
            co_await guarded<void>("work.failed", id, work_on(std::move(record), invocation));
        if (done) continue;
        log_event(LogLevel::Warning, "work.given_back",
                  {{"messageId", std::string_view(id)},
                   {"code", std::string_view(done.error().code)},
                   {"detail", std::string_view(done.error().detail)}});
        failures.emplace_back(json::object{{"itemIdentifier", id}});
    }
    co_return json::serialize(json::object{{"batchItemFailures", std::move(failures)}});
}

Task<Result<void>> Function::work_on(QueueRecord record, const Invocation& invocation) {
    const auto left = duration_cast<milliseconds>(invocation.deadline - parts_.clock.steady_now());
    if (left < parts_.work_limit) {
        co_return fail(ErrorKind::Timeout, "work.no_time",
                       std::to_string(left.count()) + " ms are left of the " +
                           std::to_string(parts_.work_limit.count()) +
                           " ms that a message may take: give the function a longer timeout or "
                           "smaller batches");
    }
    co_return co_await parts_.work(std::move(record.body));
}

Task<Result<std::string>> Function::run_tasks(ScheduledEvent event, const Invocation& invocation) {
    json::object done;
    std::optional<Error> failed;
    std::string known;
    bool found = event.task.empty();
    for (const auto& task : parts_.tasks) {
        known.append(known.empty() ? "" : ", ").append(task.name);
        if (!event.task.empty() && event.task != task.name) continue;
        found = true;
        if (invocation.deadline - parts_.clock.steady_now() < kTaskTime) {
            failed = Error{.kind = ErrorKind::Timeout,
                           .code = "work.no_time",
                           .detail = "no time was left for '" + std::string(task.name) +
                                     "': give the function a longer timeout"};
            break;
        }
        const auto count = co_await guarded<std::int64_t>("task.failed", task.name, task.run());
        if (count) {
            done[task.name] = *count;
        } else {
            failed = count.error();
            failed->detail = std::string(task.name) + ": " + failed->detail;
        }
    }
    if (!found) {
        co_return fail(ErrorKind::Invalid, "event.unknown_task",
                       "there is no task '" + event.task + "', only " + known);
    }
    if (failed) co_return std::unexpected(std::move(*failed));
    co_return json::serialize(done);
}

}  // namespace imagify::lambda
