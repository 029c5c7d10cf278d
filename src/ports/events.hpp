#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "base/ids.hpp"
#include "base/task.hpp"

namespace imagify {

/// Something of a person's changed. A hint to read it again, not the thing itself.
struct Change {
    /// Empty: the balance changed. Else: this generation, and perhaps the balance, changed.
    GenerationId generation;
};

/// One listener. Used by one coroutine, on whose executor it was made; ends listening when dropped.
class Subscription {
public:
    virtual ~Subscription() = default;

    /// The next change, oldest first, or nothing when `timeout` passed. A listener that is slow
    /// loses the oldest changes, never the newest.
    virtual Task<std::optional<Change>> next(std::chrono::milliseconds timeout) = 0;
};

/// Tells a person's open pages that something changed. Best effort: a client can always poll. Safe
/// from several threads; outlives its subscriptions.
class Events {
public:
    virtual ~Events() = default;

    /// Wakes whoever listens to this person. Never blocks, never fails.
    virtual void publish(const UserId& user, Change change) = 0;

    /// Changes published after this call reach the subscription.
    virtual Task<std::unique_ptr<Subscription>> subscribe(UserId user) = 0;
};

}  // namespace imagify
