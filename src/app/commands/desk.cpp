#include "app/commands/desk.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands/commands.hpp"
#include "app/server_addresses.hpp"

namespace imagify {
namespace {

void wire(Desk& desk) {
    auto& store = *desk.storage.store;
    const auto addresses = resolve_addresses(desk.config);
    desk.gateway = std::make_unique<VnpayGateway>(
        VnpayConfig{.tmn_code = desk.config.vnpay_tmn_code,
                    .hash_secret = desk.config.vnpay_hash_secret,
                    .previous_hash_secret = desk.config.vnpay_previous_hash_secret,
                    .pay_url = addresses.vnpay_url,
                    .api_url = addresses.vnpay_api_url,
                    .return_url = addresses.vnpay_return_url},
        desk.http_client, desk.clock, desk.random);
    desk.recover_order = std::make_unique<RecoverOrder>(store, store);
    desk.settle_payment = std::make_unique<SettlePayment>(
        SettlePayment::Parts{.gateway = *desk.gateway,
                             .orders = store,
                             .events = desk.events,
                             .clock = desk.clock,
                             .recover_order = desk.recover_order.get()});
    desk.reconcile_orders = std::make_unique<ReconcileOrders>(
        ReconcileOrders::Parts{.gateway = *desk.gateway,
                               .orders = store,
                               .settle_payment = *desk.settle_payment,
                               .clock = desk.clock});
    desk.tend_refunds = std::make_unique<TendRefunds>(TendRefunds::Parts{.gateway = *desk.gateway,
                                                                         .refunds = store,
                                                                         .events = desk.events,
                                                                         .clock = desk.clock,
                                                                         .random = desk.random});
}

}  // namespace

std::unique_ptr<Desk> Desk::open(const Overrides& flags) {
    const auto settings = open_settings(flags);
    if (!settings) return nullptr;
    auto reading = read_config(settings->environment());
    for (const auto& problem : reading.problems) {
        std::fprintf(stderr, "imagify: %s %s\n", problem.setting.c_str(), problem.advice.c_str());
    }
    if (!reading.problems.empty()) return nullptr;
    set_log_level(LogLevel::Error);
    auto desk = std::make_unique<Desk>();
    desk->config = std::move(reading.config);
    const bool in_folder = desk->config.store == StoreKind::Sqlite;
    if (in_folder && !std::filesystem::exists(desk->config.data / "imagify.db")) {
        std::fprintf(stderr, "imagify: there is no data in %s: name the folder with --data\n",
                     desk->config.data.c_str());
        return nullptr;
    }
    desk->cloud = std::make_unique<Cloud>(
        desk->config,
        Cloud::Machines{.http = desk->http_client, .clock = desk->clock, .random = desk->random});
    auto storage = open_storage(desk->config, sqlite::StoreMode::Simulation,
                                {.worker = desk->worker,
                                 .clock = desk->clock,
                                 .random = desk->random,
                                 .cloud = *desk->cloud});
    if (!storage) {
        std::fprintf(stderr, "imagify: %s\n", storage.error().detail.c_str());
        return nullptr;
    }
    desk->storage = std::move(*storage);
    wire(*desk);
    return desk;
}

OperatorAct command_act(const Desk& desk, const std::string& note) {
    return {.actor = "command", .note = note, .now = desk.clock.now()};
}

void add_desk_options(CLI::App& command, Overrides& flags) {
    command.add_option("--data", flags["IMAGIFY_DATA"], "The data folder, default ./data");
    command.add_option("--listen", flags["IMAGIFY_LISTEN"],
                       "In development: where the server runs, default 127.0.0.1:8080");
}

int report_failure(const Error& error) {
    std::fprintf(stderr, "imagify: %s", error.code.c_str());
    if (!error.detail.empty()) std::fprintf(stderr, ": %s", error.detail.c_str());
    for (const auto& field : error.fields) {
        std::fprintf(stderr, "; %s: %s", field.field.c_str(), field.code.c_str());
    }
    std::fprintf(stderr, "\n");
    return kExitProblem;
}

}  // namespace imagify
