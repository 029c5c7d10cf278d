#include "app/server.hpp"

#include <boost/asio/co_spawn.hpp>

#include "app/commands/run_task.hpp"
#include "app/painters.hpp"
#include "app/server_addresses.hpp"
#include "app/server_state.hpp"

namespace imagify {

namespace {

void log_access(const http::AccessRecord& record) {
    log_event(record.status >= 500 ? LogLevel::Warning : LogLevel::Info, "request",
              {{"requestId", record.request_id},
               {"method", to_text(record.method)},
               {"route", record.route},
               {"status", static_cast<std::int64_t>(record.status)},
               {"ms", static_cast<double>(record.duration.count()) / 1'000},
               {"userId", record.user_id},
               {"traceId", record.trace_id}});
}

}  // namespace

Result<void> Server::State::open() {
    http_client = std::make_unique<BeastHttpClient>();
    if (!config.backup_to.empty()) backup_worker.emplace(1, 1);
    cloud.emplace(config, Cloud::Machines{.http = *http_client, .clock = clock, .random = random});
    auto opened =
        open_storage(config, sqlite::StoreMode::Server,
                     {.worker = file_worker, .clock = clock, .random = random, .cloud = *cloud});
    if (!opened) return std::unexpected(opened.error());
    storage = std::move(*opened);
    start_shipping();
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
    hasher = std::make_unique<Argon2Hasher>(Argon2Cost{}, random);
    gateway = std::make_unique<VnpayGateway>(
        VnpayConfig{.tmn_code = config.vnpay_tmn_code,
                    .hash_secret = config.vnpay_hash_secret,
                    .previous_hash_secret = config.vnpay_previous_hash_secret,
                    .pay_url = addresses.vnpay_url,
                    .api_url = addresses.vnpay_api_url,
                    .return_url = addresses.vnpay_return_url},
        *http_client, clock, random);
    mail_room = make_mail_room(config, file_worker, clock, *cloud);
    shared_limits = make_shared_limits(config, *cloud, clock);
    if (config.queue == QueueKind::Sqs) shared_queue = cloud->make_queue();
    identity = cloud->make_identity();
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
                       .jwt_secret = config.jwt_secret,
                       .limits = shared_limits.limits.get(),
                       .queue = shared_queue.get(),
                       .identity = identity.get()});
    deliver_mail = std::make_unique<DeliverMail>(
        DeliverMail::Parts{.outbox = *storage.store,
                           .mailer = mail_room.mailer(),
                           .links = backend->links(),
                           .clock = clock,
                           .random = random,
                           .head = {.product = config.seller, .public_url = config.public_url}});
    assets.emplace(http::embedded_web(), cloud->picture_origin());
    backend->add_routes_to(router);
    add_routes(router,
               http::OpsRoutes{.store = *storage.store,
                               .draining = [this] { return draining.load(); },
                               .metrics = [this] { return metrics_text(); },
                               .metrics_token = config.metrics_token.reveal(),
                               .metrics_for_this_machine = config.mode == Mode::Development});
    if (config.mode == Mode::Development) build_sandbox(addresses.ipn_url);
    api = std::make_unique<http::Api>(api_parts());
    server = std::make_unique<http::BeastServer>(server_config(), *api, random);
}

http::Api::Parts Server::State::api_parts() {
    http::Api::Parts parts{.authenticate = backend->authenticate(),
                           .router = router,
                           .limits = backend->limits(),
                           .unlimited_loopback = config.mode == Mode::Development,
                           .web = {},
                           .sandbox = {},
                           .cors = http::CorsPolicy(config.cors_origins)};
    parts.web = [this](const http::Request& request) { return web_response(*assets, request); };
    if (developer_pages) {
        parts.sandbox = [this](http::Request request) {
            return developer_pages->handle(std::move(request));
        };
    }
    return parts;
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
    if (mail_room.folder) mailbox = std::make_unique<sandbox::Mailbox>(*mail_room.folder);
    developer_pages = std::make_unique<sandbox::DeveloperPages>(*simulator, mailbox.get());
}

http::ServerConfig Server::State::server_config() {
    http::ServerConfig settings;
    settings.listen = config.listen;
    settings.threads = config.io_threads > 0 ? config.io_threads : cores();
    settings.trusted_proxies = config.trusted_proxies;
    if (!config.tls_certificate.empty()) {
        settings.tls = {.certificate = config.tls_certificate, .key = config.tls_key};
    }
    settings.on_access = [this](const http::AccessRecord& record) {
        metrics.count_request(record.route, record.status, record.duration);
        log_access(record);
    };
    return settings;
}

void Server::State::spawn(Task<void> work) const {
    boost::asio::co_spawn(server->executor(), std::move(work),
                          [](const std::exception_ptr& failure) {
                              if (!failure) return;
                              try {
                                  std::rethrow_exception(failure);
                              } catch (const std::exception& error) {
                                  log_event(LogLevel::Error, "background.failed",
                                            {{"detail", std::string_view(error.what())}});
                              }
                          });
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    state_->hash_worker.stop();
    state_->paint_worker.stop();
    state_->file_worker.stop();
    if (state_->backup_worker) state_->backup_worker->stop();
    if (state_->ship_worker) state_->ship_worker->stop();
    if (state_->storage.store) state_->storage.store->stop();
    state_->finish_shipping();
    state_->server.reset();
}

Result<std::unique_ptr<Server>> Server::start(Config config, std::unique_ptr<KeptSecrets> secrets) {
    auto server = std::unique_ptr<Server>(new Server(std::make_unique<State>(std::move(config))));
    server->state_->secrets = std::move(secrets);
    if (auto opened = server->state_->open(); !opened) return std::unexpected(opened.error());
    return server;
}

void Server::run() {
    log_event(LogLevel::Info, "server.started", {{"url", std::string_view(public_url())}});
    state_->beat_first();
    state_->start_background();
    state_->service_manager.ready(public_url());
    state_->server->run();
    log_event(LogLevel::Info, "server.stopped");
}

const std::string& Server::public_url() const { return state_->config.public_url; }

}  // namespace imagify
