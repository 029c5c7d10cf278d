#pragma once

#include <map>
#include <set>
#include <string>

#include "ports/events.hpp"
#include "sim/env.hpp"

namespace imagify::sim {

/// Events on virtual time.
class SimEvents final : public Events {
public:
    explicit SimEvents(Env& env) : env_(env) {}

    void publish(const UserId& user, Change change) override;
    Task<std::unique_ptr<Subscription>> subscribe(UserId user) override;

private:
    class Listener;

    Env& env_;
    std::uint64_t last_ = 0;
    /// By number of subscription, so that the order is the same in every run.
    std::map<std::uint64_t, Listener*> listeners_;
};

}  // namespace imagify::sim
