#include "app/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <thread>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/local_identity/argon2_hasher.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "app/backend.hpp"
#include "app/metrics.hpp"
#include "app/painters.hpp"
#include "app/server_addresses.hpp"
#include "sandbox/vnpay_simulator.hpp"
#include "transport/beast/beast_server.hpp"
#include "transport/beast/static_assets.hpp"
#include "transport/http/api.hpp"

namespace imagify {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds kDrainBound{10};
constexpr std::chrono::seconds kReapEvery{5};
constexpr std::chrono::seconds kReconcileEvery{30};
constexpr std::chrono::hours kForgetEvery{1};
constexpr std::size_t kHashQueue = 32;
constexpr std::size_t kPaintQueue = 256;
constexpr std::size_t kFileQueue = 1'024;

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

void log_access(const http::AccessRecord& record) {
    log_event(record.status >= 500 ? LogLevel::Warning : LogLevel::Info, "request",
              {{"requestId", record.request_id},
               {"method", to_text(record.method)},
               {"route", record.route},
               {"status", static_cast<std::int64_t>(record.status)},
               {"ms", static_cast<double>(record.duration.count()) / 1'000},
               {"userId", record.user_id}});
}

}  // namespace

struct Server::State {
    explicit State(Config settings) : config(std::move(settings)) {}

    Result<void> open();
    void build();
    void build_sandbox(const std::string& notice_url);
    http::ServerConfig server_config();
    std::string metrics_text() const;
    void spawn(Task<void> work) const;
    Task<void> stop_on_signal();
    Task<void> attempt(std::function<Task<void>()> work);
    Task<void> repeat(std::chrono::milliseconds pause, std::function<Task<void>()> work);
    void start_background();

    Config config;
    SystemClock clock;
    SystemRandom random;
    Worker hash_worker{cores(), kHashQueue};
    Worker paint_worker{cores(), kPaintQueue};
    Worker file_worker{2, kFileQueue};
    Storage storage;
    Metrics metrics;
    std::atomic<bool> draining{false};
    std::unique_ptr<BeastHttpClient> http_client;
    std::unique_ptr<Argon2Hasher> hasher;
    std::unique_ptr<VnpayGateway> gateway;
    std::vector<std::unique_ptr<Painter>> painters;
    std::unique_ptr<Backend> backend;
    http::StaticAssets assets{http::embedded_web()};
    http::Router router;
    /// Only in development.
    std::unique_ptr<sandbox::VnpaySimulator> simulator;
    std::unique_ptr<http::Api> api;
    /// Destroyed first, after every thread that could resume one of its coroutines has ended.
    std::unique_ptr<http::BeastServer> server;
};

Result<void> Server::State::open() {
    auto opened = open_storage(config.data, sqlite::StoreMode::Server, file_worker, clock, random);
    if (!opened) return std::unexpected(opened.error());
    storage = std::move(*opened);
    if (config.jwt_secret.empty()) {
        auto kept = kept_jwt_secret(config.data, random);
        if (!kept) return std::unexpected(kept.error());
        config.jwt_secret = std::move(*kept);
    }
    build();
    const auto port = server->listen();
    if (!port) return std::unexpected(port.error());
    return {};
}

void Server::State::build() {
    const auto addresses = resolve_addresses(config);
    config.public_url = addresses.public_url;
    http_client = std::make_unique<BeastHttpClient>();
    hasher = std::make_unique<Argon2Hasher>(Argon2Cost{}, random);
    gateway = std::make_unique<VnpayGateway>(
        VnpayConfig{.tmn_code = config.vnpay_tmn_code,
                    .hash_secret = config.vnpay_hash_secret,
                    .previous_hash_secret = config.vnpay_previous_hash_secret,
                    .pay_url = addresses.vnpay_url,
                    .api_url = addresses.vnpay_api_url,
                    .return_url = addresses.vnpay_return_url},
        *http_client, clock, random);
    painters = make_painters(config, *http_client, paint_worker, clock, random);
    std::vector<Painter*> roster;
    roster.reserve(painters.size());
    for (const auto& painter : painters) roster.push_back(painter.get());
    backend = std::make_unique<Backend>(
        Backend::Parts{.config = config,
                       .machinery = {clock, random, hash_worker, paint_worker},
                       .storage = storage,
                       .gateway = *gateway,
                       .painters = std::move(roster),
                       .hasher = *hasher,
                       .jwt_secret = config.jwt_secret});
    backend->add_routes_to(router);
    add_routes(router,
               http::OpsRoutes{.store = *storage.store,
                               .draining = [this] { return draining.load(); },
                               .metrics = [this] { return metrics_text(); },
                               .metrics_token = config.metrics_token.reveal(),
                               .metrics_for_this_machine = config.mode == Mode::Development});
    if (config.mode == Mode::Development) build_sandbox(addresses.ipn_url);
    http::Api::Parts parts{
        .authenticate = backend->authenticate(), .router = router, .web = {}, .sandbox = {}};
    parts.web = [this](const http::Request& request) { return web_response(assets, request); };
    if (simulator) {
        parts.sandbox = [this](http::Request request) {
            return simulator->handle(std::move(request));
        };
    }
    api = std::make_unique<http::Api>(std::move(parts));
    server = std::make_unique<http::BeastServer>(server_config(), *api, random);
}

void Server::State::build_sandbox(const std::string& notice_url) {
    simulator = std::make_unique<sandbox::VnpaySimulator>(
        sandbox::VnpaySimulatorConfig{.tmn_code = config.vnpay_tmn_code,
                                      .hash_secret = config.vnpay_hash_secret,
                                      .notice_url = notice_url},
        sandbox::VnpaySimulator::Parts{
            .http = *http_client,
            .clock = clock,
            .random = random,
            .spawn = [this](Task<void> work) { spawn(std::move(work)); }});
}

http::ServerConfig Server::State::server_config() {
    http::ServerConfig settings;
    settings.listen = config.listen;
    settings.threads = config.io_threads > 0 ? config.io_threads : cores();
    settings.trusted_proxies = config.trusted_proxies;
    settings.on_access = [this](const http::AccessRecord& record) {
        metrics.count_request(record.route, record.status, record.duration);
        log_access(record);
    };
    return settings;
}

std::string Server::State::metrics_text() const {
    const auto counts = storage.store->counts();
    const Metrics::Reading readings[] = {
        {"imagify_store_writes_total", "Write transactions asked for.", "counter",
         static_cast<double>(counts.writes)},
        {"imagify_store_commits_total", "Commits, each with one sync of the log.", "counter",
         static_cast<double>(counts.commits)},
        {"imagify_event_listeners", "Open event streams and waiting requests.", "gauge",
         static_cast<double>(backend->events().subscribers())},
        {"imagify_hash_queue", "Password hashes that wait.", "gauge",
         static_cast<double>(hash_worker.queued())},
        {"imagify_paint_queue", "Pictures that wait for a worker.", "gauge",
         static_cast<double>(paint_worker.queued())},
    };
    return metrics.text(readings);
}

void Server::State::spawn(Task<void> work) const {
    asio::co_spawn(server->executor(), std::move(work), [](const std::exception_ptr& failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log_event(LogLevel::Error, "background.failed",
                      {{"detail", std::string_view(error.what())}});
        }
    });
}

Task<void> Server::State::stop_on_signal() {
    asio::signal_set signals(server->executor(), SIGTERM, SIGINT);
    co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    log_event(LogLevel::Info, "server.draining");
    draining = true;
    backend->events().close();
    server->stop(kDrainBound);
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

void Server::State::start_background() {
    spawn(stop_on_signal());
    spawn([](State& self) -> Task<void> {
        co_await self.attempt(
            [&self]() -> Task<void> { co_await self.backend->tend_holds().recover(); });
        co_await self.repeat(
            kReapEvery, [&self]() -> Task<void> { co_await self.backend->tend_holds().reap(); });
    }(*this));
    spawn(repeat(kReconcileEvery, [this]() -> Task<void> {
        co_await backend->reconcile_orders().run();
        co_await backend->tend_refunds().run();
    }));
    spawn(repeat(kForgetEvery,
                 [this]() -> Task<void> { co_await storage.store->forget_expired(clock.now()); }));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    state_->hash_worker.stop();
    state_->paint_worker.stop();
    state_->file_worker.stop();
    if (state_->storage.store) state_->storage.store->stop();
    state_->server.reset();
}

Result<std::unique_ptr<Server>> Server::start(Config config) {
    auto server = std::unique_ptr<Server>(new Server(std::make_unique<State>(std::move(config))));
    if (auto opened = server->state_->open(); !opened) return std::unexpected(opened.error());
    return server;
}

void Server::run() {
    log_event(LogLevel::Info, "server.started", {{"url", std::string_view(public_url())}});
    state_->start_background();
    state_->server->run();
    log_event(LogLevel::Info, "server.stopped");
}

const std::string& Server::public_url() const { return state_->config.public_url; }

}  // namespace imagify
