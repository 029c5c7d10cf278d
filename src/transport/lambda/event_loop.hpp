#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"
#include "base/task.hpp"
#include "transport/lambda/runtime_api.hpp"

namespace imagify::lambda {

/// Takes events one after the other, until it is stopped or the Runtime API is gone.
class EventLoop {
public:
    struct Parts {
        RuntimeApi& api;
        std::function<Task<Result<std::string>>(Invocation)> handle;
        /// Runs after the answer was sent and before the next event is asked for: until then
        /// Lambda lets the process run. May be empty.
        std::function<Task<void>(std::chrono::steady_clock::time_point deadline)> afterwards{};
    };
    explicit EventLoop(Parts parts) : parts_(std::move(parts)) {}

    /// Errors: those of RuntimeApi::next.
    Task<Result<void>> run();

    /// Takes no further event. True when none is being worked on, so that nothing is lost if the
    /// process ends now.
    bool stop();

private:
    Task<void> take(Invocation invocation);

    Parts parts_;
    bool busy_ = false;
    bool stopping_ = false;
};

}  // namespace imagify::lambda
