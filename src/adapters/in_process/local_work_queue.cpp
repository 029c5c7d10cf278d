#include "adapters/in_process/local_work_queue.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <deque>
#include <exception>
#include <mutex>
#include <vector>

#include "base/log.hpp"
#include "base/suspend.hpp"

namespace imagify {

namespace asio = boost::asio;

struct LocalWorkQueue::State : std::enable_shared_from_this<State> {
    struct Piece {
        asio::any_io_executor executor;
        GenerationId id;
    };

    State(Work what, Limits most) : work(std::move(what)), limits(most) {}

    void start(Piece piece) {
        asio::co_spawn(
            piece.executor,
            [self = shared_from_this(), id = std::move(piece.id)]() -> Task<void> {
                co_await self->work(id);
            },
            [self = shared_from_this()](const std::exception_ptr& failure) {
                if (failure) report(failure);
                self->finish();
            });
    }

    static void report(const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log_event(LogLevel::Error, "work.failed", {{"detail", std::string_view(error.what())}});
        }
    }

    void finish() {
        std::optional<Piece> next;
        std::vector<Resume> wake;
        {
            const std::scoped_lock lock(mutex);
            if (waiting.empty()) {
                --running;
                if (running == 0) wake.swap(awaiting_idle);
            } else {
                next = std::move(waiting.front());
                waiting.pop_front();
            }
        }
        if (next) start(std::move(*next));
        for (auto& resume : wake) resume();
    }

    Work work;
    Limits limits;
    std::mutex mutex;
    std::deque<Piece> waiting;
    std::size_t running = 0;
    bool draining = false;
    std::vector<Resume> awaiting_idle;
};

LocalWorkQueue::LocalWorkQueue(Work work, Limits limits)
    : state_(std::make_shared<State>(std::move(work), limits)) {}

LocalWorkQueue::~LocalWorkQueue() = default;

Task<Result<void>> LocalWorkQueue::enqueue(GenerationId id) {
    State::Piece piece{.executor = co_await asio::this_coro::executor, .id = std::move(id)};
    {
        const std::scoped_lock lock(state_->mutex);
        if (state_->draining || state_->waiting.size() >= state_->limits.waiting) {
            co_return std::unexpected(Error{.kind = ErrorKind::Unavailable,
                                            .code = "server.overloaded",
                                            .retry_after = std::chrono::seconds(2)});
        }
        if (state_->running >= state_->limits.running) {
            state_->waiting.push_back(std::move(piece));
            co_return Result<void>{};
        }
        ++state_->running;
    }
    state_->start(std::move(piece));
    co_return Result<void>{};
}

Task<void> LocalWorkQueue::drain() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->draining = true;
    }
    co_await idle();
}

Task<void> LocalWorkQueue::idle() {
    {
        const std::scoped_lock lock(state_->mutex);
        if (state_->running == 0) co_return;
    }
    co_await suspend([state = state_](Resume resume) {
        const std::scoped_lock lock(state->mutex);
        if (state->running == 0) {
            resume();
        } else {
            state->awaiting_idle.push_back(std::move(resume));
        }
    });
}

}  // namespace imagify
