#include "adapters/in_process/event_hub.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>

namespace imagify {

namespace asio = boost::asio;

namespace {

// A listener that does not read loses the oldest: it reads the present state anyway.
constexpr std::size_t kBacklogMax = 64;

}  // namespace

struct EventHub::Listener {
    explicit Listener(asio::any_io_executor where) : executor(std::move(where)), timer(executor) {}

    asio::any_io_executor executor;
    /// Touched on `executor` only.
    asio::steady_timer timer;
    std::mutex mutex;
    std::deque<Change> backlog;
    bool closed = false;
};

struct EventHub::State {
    std::mutex mutex;
    std::map<std::string, std::set<std::shared_ptr<Listener>>> listeners;
    bool closed = false;
};

class EventHub::HubSubscription final : public Subscription {
public:
    HubSubscription(std::shared_ptr<State> state, std::string user,
                    std::shared_ptr<Listener> listener)
        : state_(std::move(state)), user_(std::move(user)), listener_(std::move(listener)) {}

    ~HubSubscription() override {
        const std::scoped_lock lock(state_->mutex);
        const auto found = state_->listeners.find(user_);
        if (found == state_->listeners.end()) return;
        found->second.erase(listener_);
        if (found->second.empty()) state_->listeners.erase(found);
    }

    Task<std::optional<Change>> next(std::chrono::milliseconds timeout) override {
        const auto end = std::chrono::steady_clock::now() + timeout;
        for (;;) {
            {
                const std::scoped_lock lock(listener_->mutex);
                if (listener_->closed) co_return std::nullopt;
                if (!listener_->backlog.empty()) {
                    auto change = std::move(listener_->backlog.front());
                    listener_->backlog.pop_front();
                    co_return change;
                }
            }
            if (std::chrono::steady_clock::now() >= end) co_return std::nullopt;
            listener_->timer.expires_at(end);
            co_await listener_->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

private:
    std::shared_ptr<State> state_;
    std::string user_;
    std::shared_ptr<Listener> listener_;
};

EventHub::EventHub() : state_(std::make_shared<State>()) {}

EventHub::~EventHub() { close(); }

void EventHub::publish(const UserId& user, Change change) {
    std::vector<std::shared_ptr<Listener>> waiting;
    {
        const std::scoped_lock lock(state_->mutex);
        const auto found = state_->listeners.find(user.text());
        if (found == state_->listeners.end()) return;
        waiting.assign(found->second.begin(), found->second.end());
    }
    for (const auto& listener : waiting) {
        {
            const std::scoped_lock lock(listener->mutex);
            if (listener->backlog.size() == kBacklogMax) listener->backlog.pop_front();
            listener->backlog.push_back(change);
        }
        // Runs between two steps of the listener's coroutine, so no wait can begin unnoticed.
        asio::post(listener->executor, [listener] { listener->timer.cancel(); });
    }
}

Task<std::unique_ptr<Subscription>> EventHub::subscribe(UserId user) {
    auto listener = std::make_shared<Listener>(co_await asio::this_coro::executor);
    // Made first: if there is no memory to enter the listener, its end takes back what was entered.
    auto subscription = std::make_unique<HubSubscription>(state_, user.text(), listener);
    const std::scoped_lock lock(state_->mutex);
    listener->closed = state_->closed;
    state_->listeners[user.text()].insert(std::move(listener));
    co_return subscription;
}

void EventHub::close() {
    const std::scoped_lock lock(state_->mutex);
    state_->closed = true;
    for (const auto& [user, listeners] : state_->listeners) {
        for (const auto& listener : listeners) {
            const std::scoped_lock listener_lock(listener->mutex);
            listener->closed = true;
            asio::post(listener->executor, [listener] { listener->timer.cancel(); });
        }
    }
}

std::size_t EventHub::subscribers() const {
    const std::scoped_lock lock(state_->mutex);
    std::size_t count = 0;
    for (const auto& [user, listeners] : state_->listeners) count += listeners.size();
    return count;
}

}  // namespace imagify
