#pragma once

#include <memory>
#include <string>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "app/commands/options.hpp"
#include "app/config.hpp"
#include "app/storage.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/settle_by_hand.hpp"
#include "usecases/tend_refunds.hpp"

namespace CLI {
class App;
}

namespace imagify {

/// Nobody listens: open pages of a running server ask again by themselves.
class NoEvents final : public Events {
public:
    void publish(const UserId&, Change) override {}
    Task<std::unique_ptr<Subscription>> subscribe(UserId) override { co_return nullptr; }
};

/// What a command of an operator works with: the store of the data folder, beside a running server
/// or without one, and the gateway of the settings.
struct Desk {
    /// Says on stderr what is wrong, and yields nothing, when settings or folder are unusable.
    static std::unique_ptr<Desk> open(const Overrides& flags);

    Config config;
    SystemClock clock;
    SystemRandom random;
    Worker worker{0, 1};
    NoEvents events;
    BeastHttpClient http_client;
    std::unique_ptr<Cloud> cloud;
    Storage storage;
    std::unique_ptr<VnpayGateway> gateway;
    std::unique_ptr<RecoverOrder> recover_order;
    std::unique_ptr<SettlePayment> settle_payment;
    std::unique_ptr<ReconcileOrders> reconcile_orders;
    std::unique_ptr<TendRefunds> tend_refunds;
};

/// An act of somebody at the command line, now.
OperatorAct command_act(const Desk& desk, const std::string& note);

/// Adds --data, --listen and --public-url: where the data is and, in development, where the server
/// with the simulator runs.
void add_desk_options(CLI::App& command, Overrides& flags);

/// Says on stderr why a command failed; yields its exit code.
int report_failure(const Error& error);

}  // namespace imagify
