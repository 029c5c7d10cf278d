#include "base/worker.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "base/suspend.hpp"

namespace imagify {

namespace asio = boost::asio;

struct Worker::State {
    State(std::size_t threads, std::size_t limit) : queue_limit(limit) {
        if (threads > 0) pool = std::make_unique<asio::thread_pool>(threads);
    }
    std::unique_ptr<asio::thread_pool> pool;
    std::size_t queue_limit;
    std::atomic<std::size_t> queued{0};
    std::atomic<bool> stopped{false};
};

Worker::Worker(std::size_t threads, std::size_t queue_limit)
    : state_(std::make_unique<State>(threads, queue_limit)) {}

Worker::~Worker() { stop(); }

void Worker::stop() {
    state_->stopped = true;
    if (!state_->pool) return;
    state_->pool->stop();
    state_->pool->join();
    // Destroys what waited, and with it the coroutines it would have resumed, while their event
    // loops still exist.
    state_->pool.reset();
}

std::size_t Worker::queued() const { return state_->queued.load(std::memory_order_relaxed); }

std::unexpected<Error> Worker::overloaded() {
    return std::unexpected(Error{.kind = ErrorKind::Unavailable,
                                 .code = "server.overloaded",
                                 .detail = "worker queue is full",
                                 .retry_after = std::chrono::seconds(1)});
}

Task<bool> Worker::submit(std::function<void()> job) {
    if (state_->stopped) co_return false;
    if (!state_->pool) {
        job();
        co_return true;
    }
    if (state_->queued.fetch_add(1) >= state_->queue_limit) {
        state_->queued.fetch_sub(1);
        co_return false;
    }
    co_await suspend([this, &job](Resume resume) {
        asio::post(*state_->pool,
                   [this, job = std::move(job), resume = std::move(resume)]() mutable {
                       state_->queued.fetch_sub(1);
                       job();
                       resume();
                   });
    });
    co_return true;
}

}  // namespace imagify
