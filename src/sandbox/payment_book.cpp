#include "sandbox/payment_book.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace imagify::sandbox {

SimulatedPayment& PaymentBook::entry(const PayRequest& request) {
    const auto [found, is_new] = payments_.try_emplace(request.reference);
    if (is_new) {
        order_.push_back(request.reference);
        if (order_.size() > kMaxPayments) {
            payments_.erase(order_.front());
            order_.pop_front();
        }
    }
    if (found->second.card == nullptr) found->second.request = request;
    return found->second;
}

void PaymentBook::open(const PayRequest& request) {
    const std::scoped_lock lock{mutex_};
    entry(request);
}

PaymentBook::Finished PaymentBook::finish(const PayRequest& request, const TestCard& card,
                                          TimePoint now) {
    const std::scoped_lock lock{mutex_};
    auto& payment = entry(request);
    if (payment.card != nullptr) return {payment, false};
    payment.card = &card;
    payment.paid_at = now;
    if (card.moves_money()) {
        // From the clock, so that a restarted simulator does not use a number twice.
        last_transaction_ = std::max(last_transaction_ + 1, to_unix_ms(now));
        payment.transaction_number = std::to_string(last_transaction_);
    }
    return {payment, true};
}

std::optional<SimulatedPayment> PaymentBook::find(const std::string& reference) const {
    const std::scoped_lock lock{mutex_};
    const auto found = payments_.find(reference);
    if (found == payments_.end()) return std::nullopt;
    return found->second;
}

std::vector<SimulatedPayment> PaymentBook::latest(std::size_t limit) const {
    const std::scoped_lock lock{mutex_};
    std::vector<SimulatedPayment> newest;
    for (const auto& reference : order_ | std::views::reverse | std::views::take(limit)) {
        newest.push_back(payments_.at(reference));
    }
    return newest;
}

void PaymentBook::add_call(const std::string& reference, NoticeCall call, bool ends) {
    const std::scoped_lock lock{mutex_};
    const auto found = payments_.find(reference);
    if (found == payments_.end()) return;
    auto& payment = found->second;
    if (payment.calls.size() == kMaxCalls) payment.calls.erase(payment.calls.begin());
    payment.calls.push_back(std::move(call));
    payment.acknowledged |= ends;
}

bool PaymentBook::claim_request_id(const std::string& request_id) {
    const std::scoped_lock lock{mutex_};
    if (!request_ids_.insert(request_id).second) return false;
    request_id_order_.push_back(request_id);
    if (request_id_order_.size() > kMaxPayments) {
        request_ids_.erase(request_id_order_.front());
        request_id_order_.pop_front();
    }
    return true;
}

std::string PaymentBook::refund(const std::string& reference, Refund refund) {
    const std::scoped_lock lock{mutex_};
    const auto found = payments_.find(reference);
    if (found == payments_.end()) return "91";
    auto& payment = found->second;
    if (payment.card == nullptr || payment.card->response_code != "00") return "95";
    if (payment.refund) return "94";
    const auto paid = payment.request.amount;
    const bool is_full = refund.type == "02";
    const bool fits = is_full ? refund.amount == paid : refund.amount < paid;
    if (refund.amount <= Vnd{0} || !fits) return "93";
    payment.refund = std::move(refund);
    return "00";
}

}  // namespace imagify::sandbox
