#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/dynamodb/account_change.hpp"
#include "domain/refund.hpp"
#include "domain/review.hpp"
#include "ports/order_store.hpp"

namespace imagify::dynamodb {

/// A case and its key: "C#" + its id. The order's `cases` lists the keys of all its cases, so that
/// they are read consistently, and no two processes open the same case.
std::string case_key(std::int64_t id);

/// One transaction about an order: what it does to the order, its cases and its account. The order
/// is tied by its version: whoever else changes it meanwhile makes the transaction start over.
/// Errors of its Tasks are those of TableClient::get besides what they name. Used by one coroutine.
class OrderDraft {
public:
    /// All outlive this. `next_row` numbers new rows.
    struct Parts {
        Draft& draft;
        const Tables& tables;
        std::function<std::int64_t()> next_row;
    };
    explicit OrderDraft(Parts parts) : parts_(std::move(parts)) {}

    /// Reads the order and its cases. Errors: NotFound `order.not_found`.
    Task<Result<void>> open(OrderId id);
    /// As it will be.
    const Order& order() const { return order_; }
    /// Oldest first, as they will be.
    const std::vector<ReviewItem>& cases() const { return cases_; }

    /// Changes the status of an order that was never paid; one that was is left alone. It stays
    /// due: it may be paid later.
    void set_status(OrderStatus status, PaymentFailure failure);
    /// Moves an order between paid, refunding and refunded.
    void set_paid_status(OrderStatus status);
    /// Remembers the number and bank of the payment that an approved order had waited for.
    void set_payment(const PaymentProof& proof);
    /// Of the latest refund.
    void set_refund(const RefundId& refund);

    /// Marks the unpaid order paid and adds its credits with their ledger entry.
    /// Errors: Internal when the account is absent.
    Task<Result<void>> credit(PaymentProof proof);
    /// Adds a posting to the order's account. Errors: Internal when it is absent or has too little.
    Task<Result<void>> post(Posting posting);
    /// What the account gets besides.
    AccountChange& account() { return account_; }

    /// True when the gateway's payment of that number was for another order: it paid one, or a
    /// person took it for one.
    Task<Result<bool>> pays_another_order(std::string number);
    /// Takes the number for this order, unless it has been taken.
    Task<Result<void>> claim(std::string number);

    /// Keeps a signed message about the order.
    void note_evidence(std::string_view verdict, const std::string& evidence, TimePoint now);
    /// Puts it before a person, once for a message and once for a payment, however it is repeated.
    void ask_for_review(const Doubt& doubt);
    /// True when a person has settled the case of this message, or of another about the same
    /// payment: it is no news.
    bool was_judged(const Doubt& doubt) const;
    /// Settles a case of this order.
    void settle_case(const ReviewItem& settled);

    /// Puts what has gathered into the draft; called last.
    void finish();

private:
    const ReviewItem* case_of(const Doubt& doubt) const;
    Update& update();
    void keep_open_orders(OrderStatus before);

    Parts parts_;
    Order order_;
    std::vector<ReviewItem> cases_;
    TextList case_keys_;
    AccountChange account_{UserId{}};
};

}  // namespace imagify::dynamodb
