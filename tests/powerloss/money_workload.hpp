#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/sqlite/sqlite_store.hpp"
#include "powerloss/disk_replay.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {

/// Draws money operations that make sense: people register, open orders and pay them, some twice,
/// hold credits, are charged or get them back, are granted some, get refunds.
class MoneyWorkload {
public:
    MoneyWorkload(std::uint64_t seed, FakeClock& clock) : dice_(seed), clock_(clock), ids_(seed) {}

    /// One operation on the store, which outlives it. Its Task yields whether it did what it was
    /// drawn for.
    std::function<Task<bool>(sqlite::SqliteStore&)> draw();

    /// How many writes are answered together next: usually a few.
    std::size_t draw_batch();
    /// True when the server is to be stopped and started again.
    bool draws_restart() { return dice_() % 16 == 0; }
    /// True when it does not get the time to close its files.
    bool draws_kill() { return dice_() % 2 == 0; }

private:
    using Step = std::function<Task<bool>(sqlite::SqliteStore&)>;
    Step register_account();
    Step open_order();
    Step settle(const Order& order);
    Step fail_order();
    Step hold();
    Step capture();
    Step release();
    Step grant();
    Step open_refund();
    Step close_refund();
    OperatorAct act(const std::string& note) const;
    Step remove_picture();
    const UserId& somebody() { return users_[dice_() % users_.size()]; }
    std::optional<IdempotencyKey> maybe_key(const char* route);

    Dice dice_;
    FakeClock& clock_;
    SeededRandom ids_;
    int serial_ = 0;
    std::vector<UserId> users_;
    std::deque<Order> unpaid_;
    std::deque<Order> paid_;
    std::deque<RefundId> refunds_;
    std::deque<Generation> held_;
    std::deque<Generation> ready_;
};

}  // namespace imagify::testing
