#include "app/lambda_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/xray/traced_http_client.hpp"
#include "app/commands/commands.hpp"
#include "app/kept_secrets.hpp"
#include "app/lambda_backend.hpp"
#include "app/lambda_metrics.hpp"
#include "base/log.hpp"
#include "transport/beast/networks.hpp"
#include "transport/lambda/event_loop.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Lambda kills a process 300 ms after SIGTERM.
constexpr milliseconds kLastWords{250};
// Lambda's own connection outlives any event.
constexpr std::chrono::minutes kKeepRuntimeConnection{16};
// Letters are handed over after an answer if so much time is left; else the schedule sends them.
constexpr std::chrono::seconds kMailTime{5};

Error settings_error(const std::vector<ConfigProblem>& problems) {
    Error error{.kind = ErrorKind::Invalid, .code = "config.invalid"};
    for (const auto& problem : problems) {
        error.detail.append(error.detail.empty() ? "" : "; ");
        error.detail.append(problem.setting).append(" ").append(problem.advice);
    }
    return error;
}

lambda::ClientAddress behind_proxies(const std::vector<std::string>& trusted) {
    if (trusted.empty()) return {};
    return [proxies = http::Networks(trusted)](const std::string& source,
                                               const http::Headers& headers) {
        boost::system::error_code none;
        const auto peer = asio::ip::make_address(source, none);
        return none ? source : http::origin_of(peer, headers, proxies).address;
    };
}

// `xray_root` is what the X-Ray console looks for; a caller's trace of its own comes first.
void log_access(const lambda::AnsweredRequest& answer, const std::string& xray_root) {
    const auto own = xray::w3c_trace_id(xray_root);
    log_event(answer.status >= 500 ? LogLevel::Warning : LogLevel::Info, "request",
              {{"requestId", answer.request_id},
               {"method", to_text(answer.method)},
               {"route", answer.route},
               {"status", static_cast<std::int64_t>(answer.status)},
               {"ms", static_cast<double>(answer.duration.count()) / 1'000},
               {"userId", answer.user_id},
               {"traceId", answer.trace_id.empty() ? std::string_view(own) : answer.trace_id},
               {"xrayTraceId", std::string_view(xray_root)}});
}

}  // namespace

LambdaSettings read_lambda_settings(const Environment& environment) {
    return {.runtime_api = environment("AWS_LAMBDA_RUNTIME_API").value_or(""),
            .function = environment("AWS_LAMBDA_FUNCTION_NAME").value_or("imagify"),
            .trace_daemon = environment("AWS_XRAY_DAEMON_ADDRESS").value_or("")};
}

struct LambdaServer::State {
    State(LambdaSettings given, const http::WebBundle* bundle)
        : settings(std::move(given)), web(bundle) {}

    Task<Result<void>> open(const Environment& environment);
    Result<void> open_backend(const Environment& environment);
    Task<void> follow_rotation();
    void open_tracing();
    void build();
    lambda::Function::Parts function_parts();
    void count(const lambda::AnsweredRequest& answer);
    Task<Result<std::int64_t>> tell_figures() const;
    Task<Result<std::string>> handle(lambda::Invocation invocation);
    Task<void> afterwards(steady_clock::time_point deadline);
    Task<int> serve(const Environment& environment);
    Task<void> stop_on_signal();

    LambdaSettings settings;
    const http::WebBundle* web;
    SystemClock clock;
    /// Nothing once its length has been told.
    std::optional<steady_clock::time_point> started = clock.steady_now();
    steady_clock::time_point ready{};
    SystemRandom random;
    LambdaMetrics metrics{settings.function, clock};
    BeastHttpClient runtime_client{{.keep_idle = kKeepRuntimeConnection}};
    lambda::RuntimeApi api{settings.runtime_api, runtime_client, clock};
    BeastHttpClient plain_client;
    std::unique_ptr<xray::Daemon> daemon;
    std::optional<xray::Tracer> tracer;
    std::optional<xray::TracedHttpClient> traced_client;
    std::optional<KeptSecrets> secrets;
    steady_clock::time_point secrets_read_at{};
    std::unique_ptr<LambdaBackend> backend;
    std::optional<lambda::Function> function;
    std::optional<lambda::EventLoop> loop;
    /// A request has changed something, so a letter may wait.
    bool mail_may_wait = false;
    /// Of the event that is handled; empty when nothing is traced.
    std::string xray_root;
    int exit_code = kExitDone;
    /// Destroyed first: it holds the coroutines that use the rest.
    asio::io_context context{1};
};

void LambdaServer::State::open_tracing() {
    if (settings.trace_daemon.empty()) return;
    auto opened = xray::Daemon::open(settings.trace_daemon);
    if (!opened) {
        log_event(LogLevel::Warning, "trace.off",
                  {{"detail", std::string_view(opened.error().detail)}});
        return;
    }
    daemon = std::move(*opened);
    tracer.emplace(*daemon, clock, random);
    traced_client.emplace(plain_client, *tracer);
}

Task<Result<void>> LambdaServer::State::open(const Environment& environment) {
    open_tracing();
    secrets.emplace(environment);
    if (secrets->any()) {
        if (auto read = co_await secrets->read(); !read) co_return std::unexpected(read.error());
        secrets_read_at = clock.steady_now();
    }
    co_return open_backend(secrets->environment());
}

// Between two events: a rotated secret is everywhere at once.
Task<void> LambdaServer::State::follow_rotation() {
    if (!secrets->any() || clock.steady_now() - secrets_read_at < kSecretsReadEvery) co_return;
    secrets_read_at = clock.steady_now();
    const auto changed = co_await secrets->read();
    Result<void> opened;
    if (changed && *changed) {
        log_event(LogLevel::Info, "secrets.rotated");
        opened = open_backend(secrets->environment());
    }
    if (changed && opened) co_return;
    const auto& error = changed ? opened.error() : changed.error();
    log_event(LogLevel::Error, "secrets.unreadable", {{"detail", std::string_view(error.detail)}});
}

Result<void> LambdaServer::State::open_backend(const Environment& environment) {
    auto reading = read_config(environment);
    if (!reading.problems.empty()) return std::unexpected(settings_error(reading.problems));
    set_log_level(reading.config.log_level);
    HttpClient& http = traced_client ? static_cast<HttpClient&>(*traced_client) : plain_client;
    auto opened = LambdaBackend::open(std::move(reading.config),
                                      {.clock = clock, .random = random, .http = http, .web = web});
    if (!opened) return std::unexpected(opened.error());
    function.reset();
    if (backend) backend->stop();
    backend = std::move(*opened);
    function.emplace(function_parts());
    return {};
}

lambda::Function::Parts LambdaServer::State::function_parts() {
    auto parts = backend->function_parts();
    parts.client_address = behind_proxies(backend->config().trusted_proxies);
    parts.on_answer = [this](const lambda::AnsweredRequest& answer) { count(answer); };
    if (!parts.tasks.empty()) {
        parts.tasks.push_back({"figures", [this] { return tell_figures(); }});
    }
    return parts;
}

void LambdaServer::State::count(const lambda::AnsweredRequest& answer) {
    using enum http::Method;
    if (answer.method != Get && answer.method != Head && answer.status < 500) mail_may_wait = true;
    log_access(answer, xray_root);
    metrics.count(answer);
}

Task<Result<std::int64_t>> LambdaServer::State::tell_figures() const {
    const auto figures = co_await backend->store().figures(clock.now());
    if (!figures) co_return std::unexpected(figures.error());
    auto values = values_of(*figures);
    const auto count = static_cast<std::int64_t>(values.size());
    metrics.tell(std::move(values));
    co_return count;
}

Task<Result<std::string>> LambdaServer::State::handle(lambda::Invocation invocation) {
    if (started) {
        metrics.tell_cold_start(std::chrono::duration_cast<milliseconds>(ready - *started));
        started.reset();
    }
    co_await follow_rotation();
    xray_root = xray::root_of(invocation.trace);
    if (tracer) tracer->follow(invocation.trace);
    co_return co_await function->handle(std::move(invocation));
}

Task<void> LambdaServer::State::afterwards(steady_clock::time_point deadline) {
    if (mail_may_wait && deadline - clock.steady_now() >= kMailTime) {
        mail_may_wait = false;
        co_await backend->deliver_mail();
    }
    metrics.tell_growth(backend->counters());
}

Task<int> LambdaServer::State::serve(const Environment& environment) {
    if (const auto opened = co_await open(environment); !opened) {
        log_event(LogLevel::Error, "lambda.start_failed",
                  {{"code", std::string_view(opened.error().code)},
                   {"detail", std::string_view(opened.error().detail)}});
        co_await api.report_init(opened.error());
        co_return kExitProblem;
    }
    loop.emplace(lambda::EventLoop::Parts{
        .api = api,
        .handle = [this](lambda::Invocation event) { return handle(std::move(event)); },
        .afterwards = [this](steady_clock::time_point deadline) { return afterwards(deadline); }});
    ready = clock.steady_now();
    const auto ended = co_await loop->run();
    if (ended) co_return kExitDone;
    log_event(LogLevel::Error, "lambda.runtime_gone",
              {{"detail", std::string_view(ended.error().detail)}});
    co_return kExitProblem;
}

Task<void> LambdaServer::State::stop_on_signal() {
    asio::signal_set signals(context, SIGTERM, SIGINT);
    const auto [failed, signal] = co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return;
    log_event(LogLevel::Info, "lambda.stopping");
    if (loop && !loop->stop()) {
        // What runs may still end: the loop's end stops the context before this does.
        asio::steady_timer timer(context, kLastWords);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    context.stop();
}

LambdaServer::LambdaServer(LambdaSettings settings, const http::WebBundle* web)
    : state_(std::make_unique<State>(std::move(settings), web)) {}

LambdaServer::~LambdaServer() {
    if (state_->backend) state_->backend->stop();
}

int LambdaServer::run(const Environment& environment) {
    auto& state = *state_;
    asio::co_spawn(state.context, state.stop_on_signal(), asio::detached);
    asio::co_spawn(state.context, state.serve(environment),
                   [&state](const std::exception_ptr& failure, int code) {
                       state.exit_code = failure ? kExitProblem : code;
                       state.context.stop();
                   });
    state.context.run();
    flush_log();
    return state.exit_code;
}

}  // namespace imagify
