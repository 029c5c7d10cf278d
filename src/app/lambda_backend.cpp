#include "app/lambda_backend.hpp"

#include "adapters/vnpay/vnpay_gateway.hpp"
#include "app/painters.hpp"
#include "app/route_groups.hpp"
#include "app/server_addresses.hpp"
#include "base/log.hpp"
#include "transport/http/problem.hpp"

namespace imagify {
namespace {

// A painter may take all of its time, and then the picture is stored and charged.
constexpr std::chrono::seconds kWorkTime = kGenerationLimit + std::chrono::seconds(5);

template <class T>
Result<std::int64_t> one_if(const Result<T>& done) {
    if (!done) return std::unexpected(done.error());
    return 1;
}

/// A secret that nobody knows.
Secret drawn_secret(Random& random) {
    std::string drawn(32, '\0');
    random.fill(std::as_writable_bytes(std::span(drawn)));
    return Secret(std::move(drawn));
}

}  // namespace

LambdaBackend::LambdaBackend(Config config, Machines machines)
    : config_(std::move(config)),
      machines_(machines),
      cloud_(config_, {.http = machines.http, .clock = machines.clock, .random = machines.random}) {
}

Result<std::unique_ptr<LambdaBackend>> LambdaBackend::open(Config config, Machines machines) {
    auto backend = std::unique_ptr<LambdaBackend>(new LambdaBackend(std::move(config), machines));
    if (auto opened = backend->open_storage(); !opened) return std::unexpected(opened.error());
    backend->build();
    return backend;
}

Result<void> LambdaBackend::open_storage() {
    auto opened = imagify::open_storage(config_, sqlite::StoreMode::Server,
                                        {.worker = inline_worker_,
                                         .clock = machines_.clock,
                                         .random = machines_.random,
                                         .cloud = cloud_});
    if (!opened) return std::unexpected(opened.error());
    storage_ = std::move(*opened);
    if (!config_.jwt_secret.empty()) return {};
    if (!signs(config_)) {
        // What signs is there all the same.
        config_.jwt_secret = drawn_secret(machines_.random);
        return {};
    }
    auto kept = kept_jwt_secret(config_.data, machines_.random);
    if (!kept) return std::unexpected(kept.error());
    config_.jwt_secret = std::move(*kept);
    return {};
}

void LambdaBackend::build() {
    auto& clock = machines_.clock;
    auto& random = machines_.random;
    auto& http = machines_.http;
    const auto addresses = resolve_addresses(config_);
    config_.public_url = addresses.public_url;
    // A function without payments is not told it; what would sign there signs for nobody.
    if (config_.vnpay_hash_secret.empty()) config_.vnpay_hash_secret = drawn_secret(random);
    hasher_ = std::make_unique<Argon2Hasher>(Argon2Cost{}, random);
    gateway_ = std::make_unique<VnpayGateway>(
        VnpayConfig{.tmn_code = config_.vnpay_tmn_code,
                    .hash_secret = config_.vnpay_hash_secret,
                    .previous_hash_secret = config_.vnpay_previous_hash_secret,
                    .pay_url = addresses.vnpay_url,
                    .api_url = addresses.vnpay_api_url,
                    .return_url = addresses.vnpay_return_url},
        http, clock, random);
    mail_room_ = make_mail_room(config_, inline_worker_, clock, cloud_);
    shared_limits_ = make_shared_limits(config_, cloud_, clock);
    if (config_.queue == QueueKind::Sqs) shared_queue_ = cloud_.make_queue();
    identity_ = cloud_.make_identity();
    painters_ = make_painters(config_, http, inline_worker_, clock, random);
    std::vector<Painter*> roster;
    roster.reserve(painters_.size());
    for (const auto& painter : painters_) roster.push_back(painter.get());
    backend_ = std::make_unique<Backend>(
        Backend::Parts{.config = config_,
                       .machinery = {clock, random, inline_worker_, inline_worker_},
                       .storage = storage_,
                       .gateway = *gateway_,
                       .painters = std::move(roster),
                       .hasher = *hasher_,
                       .jwt_secret = config_.jwt_secret,
                       .limits = shared_limits_.limits.get(),
                       .queue = shared_queue_.get(),
                       .identity = identity_.get()});
    deliver_mail_ = std::make_unique<DeliverMail>(
        DeliverMail::Parts{.outbox = store(),
                           .mailer = mail_room_.mailer(),
                           .links = backend_->links(),
                           .clock = clock,
                           .random = random,
                           .head = {.product = config_.seller, .public_url = config_.public_url}});
    http::Router all;
    backend_->add_routes_to(all);
    add_routes(all, http::OpsRoutes{.store = store(),
                                    .draining = [] { return false; },
                                    .metrics = [] { return std::string(); },
                                    .metrics_token = {},
                                    .metrics_for_this_machine = false});
    router_ = routes_of(config_.routes, all);
    api_ = std::make_unique<http::Api>(
        http::Api::Parts{.authenticate = backend_->authenticate(),
                         .router = router_,
                         .limits = backend_->limits(),
                         .unlimited_loopback = config_.mode == Mode::Development,
                         .web = [this](const http::Request& request) { return web(request); },
                         .sandbox = {},
                         .cors = http::CorsPolicy(config_.cors_origins)});
}

// Pages come from where pages are kept; a function that serves everything has its own.
http::Response LambdaBackend::web(const http::Request& request) {
    if (config_.routes != RouteGroup::All || machines_.web == nullptr) {
        return http::problem({.kind = ErrorKind::NotFound, .code = "route.not_found"},
                             request.request_id);
    }
    if (!assets_) assets_.emplace(*machines_.web, cloud_.picture_origin());
    return web_response(*assets_, request);
}

lambda::Function::Parts LambdaBackend::function_parts() {
    const bool all = config_.routes == RouteGroup::All;
    const bool worker = config_.routes == RouteGroup::Worker;
    const bool scheduler = config_.routes == RouteGroup::Scheduler;
    lambda::Function::Parts parts{.clock = machines_.clock};
    if (!worker && !scheduler) parts.service = api_.get();
    if (all || worker) {
        parts.work = [this](std::string body) { return work(std::move(body)); };
        parts.work_limit = kWorkTime;
    }
    if (all || scheduler) parts.tasks = tasks();
    // A picture that this process paints itself has to be done before Lambda stops it.
    parts.settle = [this]() -> Task<void> { co_await backend_->queue().idle(); };
    return parts;
}

Task<Result<void>> LambdaBackend::work(std::string body) {
    const auto id = sqs::read_message(body);
    // It comes back until the queue puts it aside, where somebody can look at it.
    if (!id)
        co_return fail(ErrorKind::Malformed, "work.unreadable", "who else writes to the queue?");
    co_return co_await backend_->work_off(*id);
}

std::vector<lambda::ScheduledTask> LambdaBackend::tasks() {
    using Count = Task<Result<std::int64_t>>;
    std::vector<lambda::ScheduledTask> tasks{
        {"reap",
         [this]() -> Count {
             const auto released = co_await backend_->tend_holds().reap();
             if (!released) co_return std::unexpected(released.error());
             co_return *released;
         }},
        {"reconcile",
         [this]() -> Count {
             const auto asked = co_await backend_->reconcile_orders().run();
             if (!asked) co_return std::unexpected(asked.error());
             const auto refunds = co_await backend_->tend_refunds().run();
             if (!refunds) co_return std::unexpected(refunds.error());
             co_return asked->asked;
         }},
        {"mail",
         [this]() -> Count {
             const auto sent = co_await deliver_mail_->run();
             if (!sent) co_return std::unexpected(sent.error());
             co_return *sent;
         }},
        {"forget", [this]() -> Count {
             co_return one_if(co_await store().forget_expired(machines_.clock.now()));
         }}};
    if (!config_.jwt_previous_secret.empty()) {
        tasks.push_back({"reseal", [this]() -> Count {
                             co_return one_if(co_await backend_->reseal_secrets().run());
                         }});
    }
    return tasks;
}

Task<void> LambdaBackend::deliver_mail() {
    std::string reason;
    try {
        const auto sent = co_await deliver_mail_->run();
        if (!sent) reason = sent.error().detail;
    } catch (const std::exception& error) {
        reason = error.what();
    }
    if (reason.empty()) co_return;
    log_event(LogLevel::Error, "background.failed", {{"detail", std::string_view(reason)}});
}

std::vector<MetricValue> LambdaBackend::counters() const {
    const auto number = [](auto value) { return static_cast<double>(value); };
    const auto mails = deliver_mail_->counts();
    const auto counts = store().counts();
    return {{"imagify_mails_sent_total", number(mails.sent)},
            {"imagify_mails_failed_total", number(mails.failed)},
            {"imagify_mails_given_up_total", number(mails.given_up)},
            {"imagify_store_conflicts_total", number(counts.conflicts)},
            {"imagify_store_busy_total", number(counts.busy)},
            {"imagify_store_throttled_total", number(counts.throttled)},
            {"imagify_limits_alone_total", number(shared_limits_.counted_alone())}};
}

void LambdaBackend::stop() {
    inline_worker_.stop();
    if (storage_.store) storage_.store->stop();
}

}  // namespace imagify
