#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/vnpay/form.hpp"
#include "base/clock.hpp"
#include "sandbox/pay_request.hpp"
#include "sandbox/test_cards.hpp"

namespace imagify::sandbox {

/// How a notice (IPN) is made: as VNPAY does, or as something the merchant must refuse.
enum class NoticeKind { Genuine, Forged, WrongAmount };

/// One call of the merchant's notice address.
struct NoticeCall {
    TimePoint at{};
    NoticeKind kind = NoticeKind::Genuine;
    /// RspCode of the answer, or what went wrong instead.
    std::string answer;
};

struct Refund {
    /// vnp_TransactionType: 02 full, 03 partial.
    std::string type;
    Vnd amount;
    TimePoint accepted_at{};
};

/// A payment as the simulated gateway remembers it.
struct SimulatedPayment {
    PayRequest request;
    /// Null while the customer is still on the pay page.
    const TestCard* card = nullptr;
    /// vnp_TransactionNo: "0" when no money moved.
    std::string transaction_number = "0";
    TimePoint paid_at{};
    std::vector<NoticeCall> calls{};
    /// True after a notice was answered with 00 or 02, which ends the retries.
    bool acknowledged = false;
    std::optional<Refund> refund{};
};

/// The simulated gateway's memory: the last 1000 payments, lost on restart. Safe from several
/// threads; hands out copies.
class PaymentBook {
public:
    static constexpr std::size_t kMaxPayments = 1000;
    static constexpr std::size_t kMaxCalls = 20;

    /// Remembers that a customer saw the pay page.
    void open(const PayRequest& request);

    /// Ends a payment with that outcome, opening it when it is new. One that has ended before keeps
    /// its outcome; the result says which one counts and whether it is new.
    struct Finished {
        SimulatedPayment payment;
        bool is_new = false;
    };
    Finished finish(const PayRequest& request, const TestCard& card, TimePoint now);

    std::optional<SimulatedPayment> find(const std::string& reference) const;

    /// Newest first.
    std::vector<SimulatedPayment> latest(std::size_t limit) const;

    /// Records a call of the notice address; `ends` when the answer stops the retries. The last
    /// kMaxCalls of a payment are kept.
    void add_call(const std::string& reference, NoticeCall call, bool ends);

    /// True the first time; the merchant API answers 94 to a repeated vnp_RequestId.
    bool claim_request_id(const std::string& request_id);

    /// Takes a refund: VNPAY's code 00, or 91 unknown, 95 not paid, 94 in progress or done, 93
    /// wrong amount (a full refund is the whole amount, a partial one less).
    std::string refund(const std::string& reference, Refund refund);

private:
    SimulatedPayment& entry(const PayRequest& request);

    mutable std::mutex mutex_;
    std::map<std::string, SimulatedPayment> payments_;
    std::deque<std::string> order_;
    std::set<std::string> request_ids_;
    std::deque<std::string> request_id_order_;
    std::int64_t last_transaction_ = 0;
};

}  // namespace imagify::sandbox
