#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "ports/events.hpp"

namespace imagify {

/// Events inside one process: a publisher wakes the subscribers of that person.
class EventHub final : public Events {
public:
    EventHub();
    ~EventHub() override;

    void publish(const UserId& user, Change change) override;
    Task<std::unique_ptr<Subscription>> subscribe(UserId user) override;

    /// Ends every wait at once, for shutdown: `next` yields nothing from now on.
    void close();

    /// Open subscriptions, for /metrics.
    std::size_t subscribers() const;

private:
    struct Listener;
    class HubSubscription;
    struct State;
    /// Shared with the subscriptions: they may outlive the hub for a moment at shutdown.
    std::shared_ptr<State> state_;
};

}  // namespace imagify
