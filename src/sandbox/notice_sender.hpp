#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "ports/http_client.hpp"
#include "sandbox/payment_book.hpp"

namespace imagify::sandbox {

/// The signed result of a finished payment: the same query for the browser's return and the notice.
std::string result_query(const SimulatedPayment& payment, const Secret& secret);

/// Calls the merchant's notice address by VNPAY's rule: answers 00 and 02 end it, anything else is
/// repeated, at most 10 calls in all. Outlives its Tasks; safe from several threads.
class NoticeSender {
public:
    static constexpr int kMaxCalls = 10;
    /// VNPAY's acceptance tool waits this long for the answer.
    static constexpr std::chrono::seconds kCallDeadline{15};

    struct Parts {
        std::string notice_url;
        const Secret& secret;
        std::chrono::milliseconds retry_interval;
        HttpClient& http;
        Clock& clock;
        PaymentBook& book;
    };
    explicit NoticeSender(Parts parts) : parts_(std::move(parts)) {}

    /// One call; what came of it is in the book. True when it ends the retries.
    Task<bool> send(std::string reference, NoticeKind kind);

    /// All calls, the first after `delay`. Sets `first_done` (shared with whoever waits for it)
    /// after the first. A cancelled sleep ends it with an exception.
    Task<void> deliver(std::string reference, std::chrono::milliseconds delay,
                       std::shared_ptr<std::atomic<bool>> first_done);

private:
    std::string notice_address(SimulatedPayment payment, NoticeKind kind) const;

    Parts parts_;
};

}  // namespace imagify::sandbox
