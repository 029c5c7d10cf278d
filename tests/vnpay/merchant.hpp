#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/in_process/event_hub.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"
#include "usecases/check_return.hpp"
#include "usecases/tend_refunds.hpp"
#include "vnpay/case.hpp"
#include "vnpay/database_witness.hpp"

namespace imagify::testing {

/// VNPAY's end of a querydr call: answers with what it was told to.
class ScriptedGateway final : public HttpClient {
public:
    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

    /// Out of reach while empty.
    std::optional<std::string> body;
};

enum class Secrets { One, DuringAChange };

/// The product itself as far as payments go: the real use cases, gateway and SQLite store.
class Merchant {
public:
    /// In Simulation the database is kept in memory where the machine can: syncs prove nothing
    /// here.
    explicit Merchant(Secrets secrets = Secrets::One,
                      sqlite::StoreMode mode = sqlite::StoreMode::Simulation);

    /// A pending order of 100 credits for 250,000 VND, of the one account.
    Order open_order();
    /// Many at once, so that they share commits.
    std::vector<Order> open_orders(std::size_t count);
    Order order(const std::string& reference);
    std::int64_t credits();
    /// Violations of the books, one a line.
    std::string broken_invariants();

    /// RspCode of a notice.
    std::string take_notice(const std::string& query);
    /// True when the browser was told about an order.
    bool take_return(const std::string& query);
    /// True when something in the answer was believed, also a refusal.
    bool take_answer(const Order& order, const std::string& body);
    /// The same for the answer to a refund, and for querydr's answer about one.
    bool take_refund_answer(const Order& order, const std::string& body);
    bool take_refund_query(const Order& order, const std::string& body);

    /// What the merchant API answers from now on; nothing: it is out of reach.
    void let_gateway_answer(std::optional<std::string> body) { wire_.body = std::move(body); }
    const TendRefunds& tend_refunds() const { return tend_refunds_; }
    RefundStore& refunds() { return *store_; }

    /// Our clock says that nobody paid in time.
    void expire(const OrderId& id);

    DatabaseWitness& witness() { return *witness_; }
    const SettlePayment& settle_payment() const { return settle_payment_; }
    const PaymentGateway& gateway() const { return gateway_; }

    FakeClock clock;

    /// Runs a Task that waits for nothing, on an event loop that is kept.
    template <class T>
    T run(Task<T> task) {
        std::optional<T> outcome;
        boost::asio::co_spawn(context_, std::move(task), [&](std::exception_ptr error, T value) {
            if (error) std::rethrow_exception(error);
            outcome.emplace(std::move(value));
        });
        context_.restart();
        context_.run();
        return std::move(outcome.value());
    }

private:
    NewOrder new_order();

    boost::asio::io_context context_;
    SeededRandom random_;
    TempFolder folder_;
    std::unique_ptr<sqlite::SqliteStore> store_;
    ScriptedGateway wire_;
    VnpayGateway gateway_;
    EventHub events_;
    SettlePayment settle_payment_;
    CheckReturn check_return_;
    TendRefunds tend_refunds_;
    std::unique_ptr<DatabaseWitness> witness_;
    UserId user_{"u_1"};
};

/// RspCode in the gateway's reply to an outcome.
std::string reply_code(const PaymentGateway& gateway, NoticeOutcome outcome);

}  // namespace imagify::testing
