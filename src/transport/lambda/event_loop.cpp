#include "transport/lambda/event_loop.hpp"

#include "base/log.hpp"

namespace imagify::lambda {

Task<Result<void>> EventLoop::run() {
    while (!stopping_) {
        auto invocation = co_await parts_.api.next();
        if (!invocation) co_return std::unexpected(invocation.error());
        busy_ = true;
        co_await take(std::move(*invocation));
        busy_ = false;
    }
    co_return Result<void>{};
}

Task<void> EventLoop::take(Invocation invocation) {
    const auto id = invocation.id;
    const auto deadline = invocation.deadline;
    auto answer = co_await parts_.handle(std::move(invocation));
    Result<void> sent;
    if (answer) {
        sent = co_await parts_.api.answer(id, std::move(*answer));
    } else {
        log_event(LogLevel::Error, "invocation.failed",
                  {{"requestId", std::string_view(id)},
                   {"code", std::string_view(answer.error().code)},
                   {"detail", std::string_view(answer.error().detail)}});
        sent = co_await parts_.api.report(id, answer.error());
    }
    if (!sent) {
        log_event(LogLevel::Error, "invocation.unanswered",
                  {{"requestId", std::string_view(id)},
                   {"code", std::string_view(sent.error().code)},
                   {"detail", std::string_view(sent.error().detail)}});
    }
    if (parts_.afterwards) co_await parts_.afterwards(deadline);
    flush_log();
}

bool EventLoop::stop() {
    stopping_ = true;
    return !busy_;
}

}  // namespace imagify::lambda
