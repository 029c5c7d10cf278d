#pragma once

#include <functional>
#include <utility>

#include "base/worker.hpp"

namespace imagify {

/// What becomes of blocking work when the worker's queue is full. A picture that is half stored has
/// been paid for: it is worth a moment of the I/O thread.
enum class WhenFull { Refuse, RunHere };

/// Runs `work` on `worker`. Errors: those of `work`; with Refuse also Unavailable
/// `server.overloaded`.
template <class T>
Task<Result<T>> run_blocking(Worker& worker, WhenFull when_full, std::function<Result<T>()> work) {
    const auto ran = std::make_shared<bool>(false);
    std::function<Result<T>()> noted = [ran, work] {
        *ran = true;
        return work();
    };
    auto result = co_await worker.run<T>(std::move(noted));
    if (!*ran && when_full == WhenFull::RunHere) co_return work();
    co_return result;
}

}  // namespace imagify
