#include "powerloss/money_workload.hpp"

namespace imagify::testing {
namespace {

constexpr const char* kLease = "p_1";

template <class T>
T take_front(std::deque<T>& queue) {
    auto front = std::move(queue.front());
    queue.pop_front();
    return front;
}

}  // namespace

std::size_t MoneyWorkload::draw_batch() {
    const auto pick = dice_() % 16;
    return pick < 8 ? 1 : pick - 6;  // 1, or 2 to 9.
}

MoneyWorkload::Step MoneyWorkload::draw() {
    clock_.advance(std::chrono::milliseconds(1'000));
    if (users_.size() < 2) return register_account();
    switch (dice_() % 13) {
        case 0: return register_account();
        case 1:
        case 2: return open_order();
        case 3:
            if (!unpaid_.empty()) {
                paid_.push_back(take_front(unpaid_));
                return settle(paid_.back());
            }
            return open_order();
        case 4: return paid_.empty() ? grant() : settle(paid_[dice_() % paid_.size()]);
        case 5: return unpaid_.empty() ? grant() : fail_order();
        case 6: return refunds_.empty() ? open_refund() : close_refund();
        case 7:
        case 8: return held_.empty() ? hold() : capture();
        case 9: return held_.empty() ? hold() : release();
        case 10: return grant();
        case 11: return ready_.empty() ? hold() : remove_picture();
        default: return hold();
    }
}

std::optional<IdempotencyKey> MoneyWorkload::maybe_key(const char* route) {
    if (dice_() % 2 == 0) return std::nullopt;
    return IdempotencyKey{.route = route,
                          .key = "key-" + std::to_string(++serial_),
                          .fingerprint = std::string(64, 'f')};
}

MoneyWorkload::Step MoneyWorkload::register_account() {
    NewAccount account{.id = UserId(new_ulid("u_", clock_, ids_)),
                       .email = *Email::parse("p" + std::to_string(++serial_) + "@example.vn"),
                       .name = "Nguyễn Văn An",
                       .password_hash = std::string(97, 'h'),
                       .gift = {5},
                       .created_at = clock_.now()};
    users_.push_back(account.id);
    return [account](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.create_account(account)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::open_order() {
    const auto now = clock_.now();
    NewOrder order{.order = {.id = OrderId(new_ulid("", clock_, ids_)),
                             .user_id = somebody(),
                             .plan_id = "basic",
                             .credits = {100},
                             .amount = {250'000},
                             .created_at = now,
                             .expires_at = now + std::chrono::minutes(15),
                             .client_address = "203.0.113.7",
                             .gateway_locale = "vn"},
                   .key = maybe_key("pay-vnpay"),
                   .first_check_at = now + std::chrono::minutes(5)};
    unpaid_.push_back(order.order);
    return [order](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.create_order(order)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::settle(const Order& order) {
    PaymentProof proof{.order_id = order.id,
                       .amount = order.amount,
                       .gateway_transaction = "1" + order.id.text(),
                       .bank_code = "NCB",
                       .now = clock_.now(),
                       .evidence = std::string(400, 'e')};
    return [proof](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.settle_order(proof)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::fail_order() {
    const OrderMark mark{.order_id = unpaid_.front().id,
                         .status = OrderStatus::Failed,
                         .failure = PaymentFailure::Cancelled,
                         .now = clock_.now(),
                         .evidence = std::string(300, 'e')};
    return [mark](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.mark_order(mark)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::hold() {
    // Each of the first accounts has its gift; who has spent it gets a refusal, which is an answer.
    NewHold hold{.generation = {.id = GenerationId(new_ulid("", clock_, ids_)),
                                .user_id = somebody(),
                                .order = {.prompt = "chợ nổi lúc bình minh"},
                                .price = kPicturePrice,
                                .created_at = clock_.now(),
                                .deadline = clock_.now() + kHoldDeadline,
                                .lease = kLease},
                 .key = maybe_key("generate-image")};
    held_.push_back(hold.generation);
    return [hold](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.place_hold(hold)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::capture() {
    ready_.push_back(take_front(held_));
    Capture capture{.id = ready_.back().id,
                    .lease = kLease,
                    .picture = {.mime = "image/png",
                                .width_px = 1024,
                                .height_px = 1024,
                                .size_bytes = 1'000'000,
                                .sha256 = std::string(64, 'a'),
                                .color = "#102030",
                                .engine = "demo"},
                    .now = clock_.now()};
    return [capture](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.capture(capture)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::release() {
    const Release release{.id = take_front(held_).id,
                          .to = GenerationState::Failed,
                          .error = "painter.unavailable",
                          .now = clock_.now()};
    return [release](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.release(release)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::grant() {
    const ManualEntry entry{.user_id = somebody(),
                            .kind = LedgerKind::Grant,
                            .ref = "grant-" + std::to_string(++serial_),
                            .delta = {static_cast<std::int64_t>(dice_() % 20) + 1},
                            .act = act("sorry")};
    return [entry](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.add_entry(entry)).has_value();
    };
}

OperatorAct MoneyWorkload::act(const std::string& note) const {
    return {.actor = "u_operator", .note = note, .now = clock_.now()};
}

MoneyWorkload::Step MoneyWorkload::open_refund() {
    if (paid_.empty()) return grant();
    const NewRefund refund{.id = RefundId(new_ulid("", clock_, ids_)),
                           .order_id = take_front(paid_).id,
                           .credits = Credits{static_cast<std::int64_t>(dice_() % 50) + 1},
                           .act = act("asked for it"),
                           .first_check_at = clock_.now() + std::chrono::minutes(5)};
    refunds_.push_back(refund.id);
    return [refund](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.open_refund(refund)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::close_refund() {
    const RefundEnd end{.id = take_front(refunds_),
                        .to = dice_() % 2 == 0 ? RefundState::Done : RefundState::Rejected,
                        .now = clock_.now(),
                        .evidence = std::string(200, 'e')};
    return [end](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.close_refund(end)).has_value();
    };
}

MoneyWorkload::Step MoneyWorkload::remove_picture() {
    const auto picture = take_front(ready_);
    return [picture, now = clock_.now()](sqlite::SqliteStore& store) -> Task<bool> {
        co_return (co_await store.delete_generation(picture.user_id, picture.id, now)).has_value();
    };
}

}  // namespace imagify::testing
