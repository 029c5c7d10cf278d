#include "sim/sim_events.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "base/suspend.hpp"

namespace imagify::sim {

using namespace std::chrono_literals;

class SimEvents::Listener final : public Subscription {
public:
    Listener(SimEvents& hub, UserId user, std::uint64_t number)
        : hub_(hub), user_(std::move(user)), number_(number) {
        hub_.listeners_.emplace(number_, this);
    }
    ~Listener() override { hub_.listeners_.erase(number_); }

    Task<std::optional<Change>> next(std::chrono::milliseconds timeout) override {
        if (backlog_.empty()) {
            co_await suspend([this, timeout](Resume resume) {
                auto sleeper = std::make_shared<Sleeper>(std::move(resume));
                sleeper_ = sleeper;
                wake(std::move(sleeper), timeout, "wait ends");
            });
        }
        if (backlog_.empty()) co_return std::nullopt;
        auto change = std::move(backlog_.front());
        backlog_.pop_front();
        co_return change;
    }

    void take(const UserId& user, const Change& change) {
        if (user != user_) return;
        backlog_.push_back(change);
        auto sleeper = sleeper_.lock();
        if (!sleeper || !sleeper->resume) return;
        sleeper_.reset();
        const auto timer = timer_;
        wake(std::move(sleeper), 0ms, "change is seen");
        hub_.env_.scheduler.cancel(timer);
    }

private:
    struct Sleeper {
        Resume resume;
    };

    // The event owns the coroutine, which owns this listener: a crash drops the one and so all.
    void wake(std::shared_ptr<Sleeper> sleeper, std::chrono::milliseconds after, const char* why) {
        timer_ =
            hub_.env_.scheduler.after(after, Owner::Process, why, [sleeper = std::move(sleeper)] {
                if (sleeper->resume) {
                    std::exchange(sleeper->resume, {})();
                }
            });
    }

    SimEvents& hub_;
    UserId user_;
    std::uint64_t number_;
    std::deque<Change> backlog_;
    std::weak_ptr<Sleeper> sleeper_;
    Scheduler::EventId timer_ = 0;
};

void SimEvents::publish(const UserId& user, Change change) {
    for (auto& [number, listener] : listeners_) listener->take(user, change);
}

Task<std::unique_ptr<Subscription>> SimEvents::subscribe(UserId user) {
    co_return std::make_unique<Listener>(*this, std::move(user), ++last_);
}

}  // namespace imagify::sim
