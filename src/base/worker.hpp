#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>

#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// A pool of threads with a bounded queue for work that would block an I/O thread: hashing,
/// painting, decoding. Safe from several threads. Outlives every Task it returns.
class Worker {
public:
    /// threads == 0: work runs inside the caller, for the simulation.
    Worker(std::size_t threads, std::size_t queue_limit);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs `work` on the pool and resumes the caller on its own executor.
    /// What `work` throws (no memory) is thrown to the caller.
    /// Errors: Unavailable `server.overloaded` with Retry-After when the queue is full.
    template <class T>
    Task<Result<T>> run(std::function<Result<T>()> work) {
        std::shared_ptr<Result<T>> slot = std::make_shared<Result<T>>(overloaded());
        std::shared_ptr<std::exception_ptr> thrown = std::make_shared<std::exception_ptr>();
        std::function<void()> job = [slot, thrown, work = std::move(work)] {
            try {
                *slot = work();
            } catch (...) {
                *thrown = std::current_exception();
            }
        };
        co_await submit(std::move(job));
        if (*thrown) std::rethrow_exception(*thrown);
        co_return std::move(*slot);
    }

    /// Ends the threads after what they run; what waits never resumes, and later work is refused.
    /// For shutdown, before the event loops are destroyed.
    void stop();

    /// Jobs that wait, not counting those that run.
    std::size_t queued() const;

private:
    struct State;
    static std::unexpected<Error> overloaded();
    Task<bool> submit(std::function<void()> job);

    std::unique_ptr<State> state_;
};

}  // namespace imagify
