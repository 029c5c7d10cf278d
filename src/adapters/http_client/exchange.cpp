#include "adapters/http_client/exchange.hpp"

#include <algorithm>
#include <boost/asio/query.hpp>

#include "adapters/http_client/dial.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t kSlowestBytesPerSecond = 1024;
// What is kept of the body of an answer that is an error, beside a sink.
constexpr std::size_t kErrorBodyMaxBytes = std::size_t{64} * 1024;

bool is_success(unsigned status) { return status >= 200 && status < 300; }

// RFC 9110, 9.2.2: doing it twice is doing it once.
bool is_idempotent(std::string_view method) {
    constexpr std::string_view kMethods[] = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
    return std::ranges::find(kMethods, method) != std::end(kMethods);
}

std::unexpected<Error> too_large() { return fail(ErrorKind::TooLarge, "upstream.too_large"); }

}  // namespace

Exchange::Exchange(asio::any_io_executor executor, ExchangePlan plan)
    : executor_(std::move(executor)),
      plan_(std::move(plan)),
      idle_(asio::use_service<IdleConnections>(asio::query(executor_, asio::execution::context))) {}

Task<Result<OutboundAnswer>> Exchange::run() {
    expired_ = plan_.request.deadline <= steady_clock::now();
    if (expired_) co_return failure("start", {});
    const Alarm deadline(executor_, plan_.request.deadline, [this] {
        expired_ = true;
        abort();
    });
    connection_ = idle_.take(plan_.connection_key);
    if (connection_) {
        auto answer = co_await converse();
        const bool may_repeat =
            !answered_ && !expired_ && !too_slow_ && is_idempotent(plan_.request.method);
        if (answer || !may_repeat) co_return answer;
    }
    if (auto opened = co_await open(); !opened) co_return std::unexpected(opened.error());
    co_return co_await converse();
}

Task<Result<void>> Exchange::open() {
    connection_.reset();
    connection_ = std::make_unique<Connection>(executor_);
    Dial dial(executor_, *connection_);
    stop_waiting_ = [&dial] { dial.stop(); };
    const auto unreached = co_await dial.run(plan_.url.host, plan_.url.port);
    stop_waiting_ = nullptr;
    if (unreached || expired_) co_return failure(dial.step(), unreached);
    if (!plan_.url.tls) co_return Result<void>{};
    const auto context = plan_.trust->context(plan_.url.host);
    if (!context) co_return std::unexpected(context.error());
    const auto error = co_await connection_->handshake(**context, plan_.url.host);
    if (error || expired_) co_return failure("TLS", error);
    co_return Result<void>{};
}

Task<Result<OutboundAnswer>> Exchange::converse() {
    sent_ = true;
    const auto unsent = co_await connection_->write(plan_.head, plan_.request.body);
    AnswerReader reader(*connection_, plan_.request.method == "HEAD",
                        [this](std::size_t bytes) { window_bytes_ += bytes; });
    // Even if not all could be sent: the server may have answered and closed before it read it.
    const auto problem = co_await reader.read_head();
    answered_ = reader.has_begun();
    if (problem != ReadProblem::None) {
        co_return failure(unsent && !answered_ ? "send" : "read head",
                          unsent && !answered_ ? unsent : reader.error());
    }
    auto answer = reader.answer();
    if (auto read = co_await read_body(reader, answer); !read) {
        co_return std::unexpected(read.error());
    }
    if (reader.is_reusable() && !unsent && !expired_ && !too_slow_) {
        idle_.put(plan_.connection_key, std::move(connection_),
                  steady_clock::now() + plan_.settings->keep_idle);
    }
    co_return answer;
}

Task<Result<void>> Exchange::read_body(AnswerReader& reader, OutboundAnswer& answer) {
    const bool to_sink = plan_.sink != nullptr && is_success(answer.status);
    const bool cut_at_limit = plan_.sink != nullptr && !to_sink;
    const auto limit = cut_at_limit ? kErrorBodyMaxBytes : plan_.request.body_limit_bytes;
    const bool has_body = plan_.request.method != "HEAD";
    if (!cut_at_limit && has_body && reader.announced_bytes().value_or(0) > limit) {
        co_return too_large();
    }
    window_bytes_ = 0;
    watch_pace(plan_.settings->slow_window);
    std::size_t total = 0;
    for (;;) {
        std::span<const std::byte> piece;
        const auto problem = co_await reader.read_piece(piece);
        if (problem != ReadProblem::None) co_return failure("read body", reader.error());
        if (piece.empty()) break;
        total += piece.size();
        if (total > limit && !cut_at_limit) co_return too_large();
        if (to_sink) {
            if (auto taken = co_await deliver(piece); !taken) co_return taken;
        } else {
            const auto room = std::min(piece.size(), limit - answer.body.size());
            answer.body.append(reinterpret_cast<const char*>(piece.data()), room);
            if (answer.body.size() == limit && cut_at_limit) break;
        }
    }
    pace_.reset();
    co_return Result<void>{};
}

// The time that the sink takes is not the server's slowness.
Task<Result<void>> Exchange::deliver(std::span<const std::byte> piece) {
    const auto left = window_end_ - steady_clock::now();
    pace_.reset();
    auto taken = co_await plan_.sink->write(piece);
    if (taken && expired_) co_return failure("write", {});
    watch_pace(left);
    co_return taken;
}

void Exchange::watch_pace(steady_clock::duration left) {
    window_end_ = steady_clock::now() + left;
    pace_.emplace(executor_, window_end_, [this] { end_of_window(); });
}

void Exchange::end_of_window() {
    const auto window = plan_.settings->slow_window;
    const auto least = kSlowestBytesPerSecond * static_cast<std::size_t>(window.count()) / 1000;
    too_slow_ = window_bytes_ < least;
    if (too_slow_) return abort();
    window_bytes_ = 0;
    watch_pace(window);
}

void Exchange::abort() {
    if (connection_) connection_->close();
    if (stop_waiting_) stop_waiting_();
}

std::unexpected<Error> Exchange::failure(std::string_view step,
                                         const boost::system::error_code& error) const {
    auto detail = plan_.url.host + ": " + std::string(step);
    if (expired_) return fail(ErrorKind::Timeout, "upstream.timeout", detail);
    if (too_slow_) return fail(ErrorKind::Timeout, "upstream.timeout", detail + ": too slow");
    if (error) detail += ": " + error.message();
    if (answered_) return fail(ErrorKind::BadUpstream, "upstream.bad_answer", detail);
    const auto* const code = sent_ ? "upstream.no_answer" : "upstream.unreachable";
    return fail(ErrorKind::Unavailable, code, detail);
}

}  // namespace imagify
