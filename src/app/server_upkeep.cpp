// What a server does by itself: signals, heartbeats, holds, letters, reconciling, rotation.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "app/commands/run_task.hpp"
#include "app/server_state.hpp"

namespace imagify {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds kDrainBound{10};
constexpr std::chrono::seconds kDeliverEvery{2};
constexpr std::chrono::seconds kReapEvery{5};
// A lease counts as dead after four of these.
constexpr std::chrono::seconds kBeatEvery{5};
constexpr std::chrono::seconds kReconcileEvery{30};
constexpr std::chrono::hours kForgetEvery{1};

}  // namespace

Task<void> Server::State::stop_on_signal(std::unique_ptr<asio::signal_set> signals) {
    co_await signals->async_wait(asio::as_tuple(asio::use_awaitable));
    log_event(LogLevel::Info, "server.draining");
    draining = true;
    service_manager.stopping();
    if (poller) poller->stop();
    backend->events().close();
    server->stop(kDrainBound);
}

Task<void> Server::State::reload_on_signal(std::unique_ptr<asio::signal_set> signals) const {
    for (;;) {
        co_await signals->async_wait(asio::as_tuple(asio::use_awaitable));
        if (draining) co_return;
        const auto reloaded = server->reload_tls();
        if (reloaded) {
            log_event(LogLevel::Info, "tls.reloaded");
        } else {
            log_event(LogLevel::Error, "tls.reload_failed",
                      {{"code", std::string_view(reloaded.error().code)},
                       {"detail", std::string_view(reloaded.error().detail)}});
        }
    }
}

Task<void> Server::State::attempt(std::function<Task<void>()> work) {
    try {
        co_await work();
    } catch (const std::exception& error) {
        // Out of memory at worst. The next round may go well, and nobody else reaps holds.
        log_event(LogLevel::Error, "background.failed",
                  {{"detail", std::string_view(error.what())}});
    }
}

Task<void> Server::State::repeat(std::chrono::milliseconds pause,
                                 std::function<Task<void>()> work) {
    while (!draining) {
        co_await attempt(work);
        co_await clock.sleep_for(pause);
    }
}

Task<void> Server::State::work_off_queue() {
    poller = cloud->make_poller([this](GenerationId id) -> Task<bool> {
        const auto worked = co_await backend->work_off(std::move(id));
        co_return worked.has_value();
    });
    co_await poller->run();
}

// Whoever started us starts us again, with the new secret everywhere at once.
Task<void> Server::State::watch_secrets() {
    while (!draining) {
        co_await clock.sleep_for(kSecretsReadEvery);
        const auto changed = co_await secrets->read();
        if (!changed) {
            log_event(LogLevel::Error, "secrets.unreadable",
                      {{"detail", std::string_view(changed.error().detail)}});
        } else if (*changed) {
            log_event(LogLevel::Info, "secrets.rotated");
            std::raise(SIGTERM);
            co_return;
        }
    }
}

Task<void> Server::State::tend_holds() const {
    // Where a queue brings work back by itself, a hold whose maker died goes on elsewhere.
    if (config.queue == QueueKind::InProcess) co_await backend->tend_holds().recover();
    co_await backend->tend_holds().reap();
}

// Before the first request: a hold of a server that nobody has heard of is an orphan.
void Server::State::beat_first() const {
    const auto kept = run_task(storage.store->keep_alive(backend->lease(), clock.now()));
    if (!kept) {
        log_event(LogLevel::Error, "store.no_heartbeat",
                  {{"code", std::string_view(kept.error().code)},
                   {"detail", std::string_view(kept.error().detail)}});
    }
}

void Server::State::start_background() {
    // Caught from here on: one that comes before the first answer must not end the process.
    spawn(stop_on_signal(std::make_unique<asio::signal_set>(server->executor(), SIGTERM, SIGINT)));
    spawn(reload_on_signal(std::make_unique<asio::signal_set>(server->executor(), SIGHUP)));
    if (config.queue == QueueKind::Sqs) spawn(work_off_queue());
    if (secrets && secrets->any()) spawn(watch_secrets());
    if (const auto pause = service_manager.alive_every()) {
        spawn(repeat(*pause, [this]() -> Task<void> {
            service_manager.alive();
            co_return;
        }));
    }
    // Other servers of the store may die at any time; where there are none, this finds nothing.
    spawn(repeat(kReapEvery, [this]() -> Task<void> { co_await tend_holds(); }));
    spawn(repeat(kBeatEvery, [this]() -> Task<void> {
        co_await storage.store->keep_alive(backend->lease(), clock.now());
    }));
    spawn(repeat(kDeliverEvery, [this]() -> Task<void> { co_await deliver_mail->run(); }));
    spawn(attempt([this]() -> Task<void> { co_await backend->reseal_secrets().run(); }));
    spawn(repeat(kReconcileEvery, [this]() -> Task<void> {
        co_await backend->reconcile_orders().run();
        co_await backend->tend_refunds().run();
    }));
    spawn(keep_figures());
    if (backup_worker) start_backups();
    spawn(repeat(kForgetEvery,
                 [this]() -> Task<void> { co_await storage.store->forget_expired(clock.now()); }));
}

}  // namespace imagify
