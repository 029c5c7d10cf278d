#pragma once

#include <functional>

#include "base/task.hpp"

namespace imagify {

/// Continues a suspended coroutine on its own executor. Callable once, from any thread.
using Resume = std::move_only_function<void()>;

/// Suspends the calling coroutine, hands its `Resume` to `start`, and returns after it was called.
/// `start` must see to it that it is called exactly once; the executor stays alive until then.
Task<void> suspend(std::move_only_function<void(Resume)> start);

}  // namespace imagify
