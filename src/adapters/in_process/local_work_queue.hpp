#pragma once

#include <functional>
#include <memory>

#include "ports/work_queue.hpp"

namespace imagify {

/// Runs each piece of work as a coroutine of its own on the executor of whoever enqueued it, a
/// bounded number at a time; the rest waits in line. Safe from several threads.
class LocalWorkQueue final : public WorkQueue {
public:
    struct Limits {
        std::size_t running = 64;
        std::size_t waiting = 1'000;
    };
    using Work = std::function<Task<void>(GenerationId)>;

    /// `work` never throws on purpose; what it throws is logged.
    LocalWorkQueue(Work work, Limits limits);
    ~LocalWorkQueue() override;

    Task<Result<void>> enqueue(GenerationId id) override;

    /// Yields when nothing runs or waits.
    Task<void> idle();

    /// Takes nothing more; yields when what runs and waits has ended.
    Task<void> drain();

private:
    struct State;
    /// Shared with the work that runs: it may end after the queue at shutdown.
    std::shared_ptr<State> state_;
};

}  // namespace imagify
