#include <algorithm>

#include "sim/world.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kRestMs = 120'000;
constexpr int kMostSteps = 20'000;
// More rounds than an order has checks, for each order.
constexpr int kMostRounds = 2'000;

}  // namespace

// No more faults: everything must come right by itself.
void World::come_to_rest() {
    env_.say("faults end");
    env_.faults.stop();
    house_.settle();
    resting_ = true;
    const auto end = env_.scheduler.elapsed_ms() + kRestMs;
    int steps = 0;
    if (!alive()) {
        boot();
        process_->run_ready();
    }
    while (env_.broken.empty() && step(end) && steps < kMostSteps) ++steps;
    env_.scheduler.advance_to(end);
    for (const auto& [id, row] : model_.books().generations) {
        env_.expect(row.state != "pending", "I13 no hold after two quiet minutes", id);
    }
    if (!env_.broken.empty()) return;
    follow_schedule();
    if (!env_.broken.empty()) return;
    check_truth();
    finish_deletions();
    check_books();
}

std::optional<std::int64_t> World::next_check_ms() const {
    std::optional<std::int64_t> next;
    for (const auto& [id, row] : model_.books().orders) {
        if (row.next_check_ms >= 0) next = std::min(next.value_or(INT64_MAX), row.next_check_ms);
    }
    for (const auto& [id, row] : model_.books().refunds) {
        if (row.next_check_ms >= 0) next = std::min(next.value_or(INT64_MAX), row.next_check_ms);
    }
    return next;
}

// Asks the process, and lets the world go on until it has answered.
template <class T>
void World::call_and_wait(Task<T> task, std::function<void(T)> reply) {
    const auto over = std::make_shared<bool>(false);
    call<T>(
        std::move(task),
        [over, reply = std::move(reply)](T value, bool) {
            *over = true;
            reply(std::move(value));
        },
        [] {});
    process_->run_ready();
    look();
    while (!*over && env_.broken.empty() && step()) {
    }
}

// What a deleted account left goes in steps, the last of them with the hourly round.
void World::finish_deletions() {
    if (!house_.habits().deletes_in_steps) return;
    for (int round = 0; round < 2; ++round) {
        env_.scheduler.advance_to(env_.scheduler.elapsed_ms() + kRestMs);
        // Two days later: the clock may have gone back since the account was deleted.
        call_and_wait<Result<void>>(process_->store().forget_expired(env_.scheduler.now() + 48h),
                                    [this](const Result<void>& reply) {
                                        env_.expect(reply.has_value(), "no error of our own",
                                                    "forget_expired");
                                    });
    }
    for (const auto& [id, row] : model_.books().users) {
        env_.expect(!row.deleted || model_.was_paid_late(id) || row.credits + row.held == 0,
                    "a deleted account keeps nothing", id);
    }
}

// Time runs to each check that is still due, and to what is still in the post.
void World::follow_schedule() {
    process_->stop_background();
    for (int round = 0; round < kMostRounds && env_.broken.empty(); ++round) {
        const auto next = next_check_ms();
        if (!next) {
            if (!step()) return;
            continue;
        }
        const auto wait = std::max<std::int64_t>(0, *next - to_unix_ms(env_.scheduler.now()));
        const auto until = env_.scheduler.elapsed_ms() + wait;
        while (env_.broken.empty() && step(until)) {
        }
        env_.scheduler.advance_to(until);
        call_and_wait<Result<Reconciled>>(process_->reconcile_orders().run(), [](const auto&) {});
        call_and_wait<Result<TendedRefunds>>(process_->tend_refunds().run(), [](const auto&) {});
    }
    env_.expect(!env_.broken.empty(), "I13 the schedule ends", "checks go on for ever");
}

// I5: what the bank took is credited, and nothing else.
void World::check_truth() {
    for (const auto& [id, row] : model_.books().orders) {
        const auto* payment = bank_.find(id);
        const bool took = payment != nullptr && !payment->taken.empty();
        env_.expect(row.status != "review" || row.reviews_waiting > 0,
                    "an order under review waits for somebody", id);
        if (row.status == "paid" || row.status.starts_with("refund")) {
            env_.expect(took, "I5 only what the bank took", id);
        } else if (took && payment->word == Word::Paid) {
            env_.fail("I5 what the bank took is credited", words(id, " is ", row.status));
        } else {
            env_.expect(row.status != "pending", "I5 every order has an end", id);
        }
    }
}

// A release that failed or that nobody heard of, or a removal that failed, leaves bytes behind: a
// known leak.
bool World::bytes_may_stay() const {
    return crashes_ > 0 || env_.faults.hits_of(Fault::BlobRemove) > 0 ||
           env_.faults.hits_of(Fault::StoreUnknownKept) > 0 ||
           env_.faults.hits_of(Fault::StoreUnknownLost) > 0 || env_.faults.wire_hits() > 0;
}

// The bank's refunds and ours are the same.
void World::check_refunds() {
    for (const auto& [reference, payment] : bank_.payments()) {
        const auto order = model_.books().orders.find(reference);
        if (!bank_.given_back(reference) || order == model_.books().orders.end()) continue;
        env_.expect(order->second.status == "refunded", "I5 a refund that arrived is done",
                    words(reference, " is ", order->second.status));
    }
    for (const auto& [id, row] : model_.books().refunds) {
        // One that never arrived may only be sent again on its day; then a person decides.
        const auto& order = model_.books().orders.at(row.order);
        env_.expect(row.state != "open" || order.reviews_waiting > 0,
                    "I13 a refund has an end or somebody who looks", row.order);
    }
}

void World::check_books() {
    check_refunds();
    model_.check_pictures();
    for (const auto& id : disk_.generations()) {
        const auto row = model_.books().generations.find(id);
        const bool owned = row != model_.books().generations.end() && row->second.state == "ready";
        env_.expect(owned || bytes_may_stay(), "I7 no bytes without owner", id);
    }
    verify_books();
}

void World::verify_books() {
    call_and_wait<Result<std::vector<Violation>>>(
        process_->verify_books().run(), [this](const Result<std::vector<Violation>>& reply) {
            if (!reply) return env_.fail("imagify verify", reply.error().detail);
            for (const auto& violation : *reply) {
                env_.fail("imagify verify", words(violation.invariant, ": ", violation.subject,
                                                  ": ", violation.detail));
            }
        });
}

}  // namespace imagify::sim
