#include "transport/beast/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify::http {
namespace {

namespace asio = boost::asio;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr auto kLingerTime = std::chrono::milliseconds(2000);
constexpr std::size_t kLingerBytes = std::size_t{1024} * 1024;

constexpr Refusal kTimedOut{408, "request.timeout", "The request took too long to arrive."};
constexpr Refusal kInternal{500, "server.internal", "Something went wrong on our side."};

asio::const_buffer bytes_of(const Body& body) {
    if (const auto* text = std::get_if<std::string>(&body)) return asio::buffer(*text);
    if (const auto* bytes = std::get_if<std::span<const std::byte>>(&body)) {
        return {bytes->data(), bytes->size()};
    }
    return {};
}

}  // namespace

Connection::Connection(Shard& shard, Channel channel, AddressLimit::Seat seat,
                       const asio::ip::address& peer)
    : shard_(shard),
      seat_(std::move(seat)),
      channel_(std::move(channel)),
      peer_(peer),
      peer_text_(peer.to_string()),
      behind_proxy_(shard.context().proxies.contains(peer)),
      reader_(shard.context().config.requests) {
    shard_.context().enter();
    shard_.watch(*this);
}

Connection::~Connection() {
    // A client that does not read must not keep what it was sent in the kernel's memory.
    boost::system::error_code ignored;
    auto& socket = channel_.socket();
    if (broken_) socket.set_option(asio::socket_base::linger(true, 0), ignored);
    if (!broken_) channel_.finish();
    socket.close(ignored);
    unlink();
    shard_.context().leave();
}

Task<void> Connection::run() {
    if (channel_.secure() && !co_await shake_hands()) co_return;
    auto after = After::KeepOpen;
    while (after == After::KeepOpen) after = co_await exchange();
    if (after == After::Linger && !broken_) co_await linger();
}

Task<bool> Connection::shake_hands() {
    enter(Phase::Handshake, shard_.context().config.times.handshake);
    const bool done = co_await channel_.handshake();
    broken_ = !done || expired_;
    co_return !broken_;
}

void Connection::check(Deadline now) {
    if (now < deadline_ || MUTANT("http.never_cuts")) return;
    deadline_ = Deadline::max();
    expired_ = true;
    boost::system::error_code ignored;
    channel_.socket().cancel(ignored);
}

void Connection::drain() {
    boost::system::error_code ignored;
    auto& socket = channel_.socket();
    if (phase_ == Phase::Idle || phase_ == Phase::Handshake) socket.cancel(ignored);
    if (phase_ == Phase::Streaming) socket.shutdown(Tcp::socket::shutdown_both, ignored);
}

void Connection::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    deadline_ = shard_.after(limit);
}

Task<Connection::After> Connection::exchange() {
    secure_ = channel_.secure();
    reader_.advance();
    const bool arrived = co_await receive();
    id_ = shard_.next_request_id();
    if (expired_ && (phase_ == Phase::Head || phase_ == Phase::Body)) {
        co_return co_await refuse(kTimedOut);
    }
    if (!arrived) co_return After::Close;
    if (reader_.state() == RequestReader::State::Refused) {
        co_return co_await refuse(reader_.refusal());
    }
    const bool reported = static_cast<bool>(shard_.context().config.on_access);
    const auto started = reported ? std::chrono::steady_clock::now() : Deadline{};
    if (reported) path_ = reader_.request().path;
    phase_ = Phase::Answering;
    deadline_ = Deadline::max();
    sent_bytes_ = 0;
    auto response = co_await answer(take_request());
    const bool keep_alive = reader_.framing().keep_alive && !shard_.draining();
    const bool whole = co_await send(response, keep_alive);
    if (reported) report(response, started);
    if (!whole) {
        broken_ = true;
        co_return After::Close;
    }
    if (!keep_alive) co_return reader_.has_unread() ? After::Linger : After::Close;
    reader_.next();
    co_return After::KeepOpen;
}

Task<bool> Connection::receive() {
    using State = RequestReader::State;
    phase_ = Phase::Idle;
    bool told_to_continue = false;
    enter(Phase::Idle, shard_.context().config.times.idle);
    for (auto state = reader_.state(); state != State::Complete && state != State::Refused;
         state = reader_.advance()) {
        await_bytes(state);
        if (phase_ == Phase::Idle && shard_.draining()) co_return false;
        if (reader_.wants_continue() && !std::exchange(told_to_continue, true)) {
            pending_ = {asio::buffer(kContinue), {}};
            if (!co_await flush()) co_return false;
        }
        const auto space = reader_.space();
        const auto [error, size] = channel_.secure()
                                       ? co_await channel_.read_decrypted(space)
                                       : co_await channel_.socket().async_read_some(
                                             asio::buffer(space.data(), space.size()), kTuple);
        if (error || expired_) co_return false;
        reader_.commit(size);
    }
    co_return true;
}

void Connection::await_bytes(RequestReader::State state) {
    const auto& times = shard_.context().config.times;
    if (state == RequestReader::State::Idle) return;
    if (phase_ == Phase::Idle) {
        enter(Phase::Head, times.head);
        request_deadline_ = shard_.after(times.request);
    }
    if (state == RequestReader::State::Body) {
        phase_ = Phase::Body;
        deadline_ = request_deadline_;
    }
}

Request Connection::take_request() {
    auto request = std::move(reader_.request());
    method_ = request.method;
    request.request_id = request_id();
    if (behind_proxy_) {
        auto origin = origin_of(peer_, request.headers, shard_.context().proxies);
        request.client_address = std::move(origin.address);
        secure_ = secure_ || origin.secure;
    } else {
        request.client_address = peer_text_;
    }
    request.secure = secure_;
    return request;
}

Task<Response> Connection::answer(Request request) {
    std::string reason = "not a std::exception";
    try {
        co_return co_await shard_.context().service.handle(std::move(request));
    } catch (const std::exception& error) {
        reason = error.what();
    } catch (...) {  // NOLINT(bugprone-empty-catch): `reason` says it.
    }
    log_event(LogLevel::Error, "http.handler_threw",
              {{"requestId", request_id()}, {"reason", reason}});
    co_return problem_response(kInternal, request_id());
}

Delivery Connection::deliver(const Response& response, bool keep_alive) const {
    Delivery delivery{.close = !keep_alive, .secure = secure_};
    const auto* stream = std::get_if<std::unique_ptr<BodyStream>>(&response.body);
    if (response.status < 200 || response.status == 204 || response.status == 304) {
        delivery.body = Delivery::Body::None;
    } else if (stream == nullptr || !*stream) {
        delivery.size_bytes = bytes_of(response.body).size();
    } else if (const auto size = (*stream)->size_bytes()) {
        delivery.size_bytes = *size;
    } else {
        delivery.body = Delivery::Body::Chunked;
        if (reader_.framing().http_1_0) delivery.body = Delivery::Body::UntilClose;
    }
    return delivery;
}

Task<bool> Connection::send(Response& response, bool keep_alive) {
    const auto delivery = deliver(response, keep_alive);
    head_.clear();
    if (!append_head(head_, response, delivery, shard_.date())) {
        log_event(LogLevel::Error, "http.bad_response_header", {{"requestId", request_id()}});
    }
    pending_ = {asio::buffer(head_), {}};
    if (method_ != Method::Head && delivery.body != Delivery::Body::None) {
        auto* stream = std::get_if<std::unique_ptr<BodyStream>>(&response.body);
        if (stream != nullptr && *stream) {
            co_return co_await send_stream(**stream, delivery, response.long_lived);
        }
        pending_[1] = bytes_of(response.body);
    }
    if (write_now()) co_return true;
    co_return co_await flush();
}

Task<Connection::After> Connection::refuse(Refusal refusal) {
    expired_ = false;
    sent_bytes_ = 0;
    method_ = Method::Other;
    path_.clear();
    const auto started = std::chrono::steady_clock::now();
    auto response = problem_response(refusal, request_id());
    const bool whole = co_await send(response, false);
    if (shard_.context().config.on_access) report(response, started);
    if (!whole) broken_ = true;
    co_return whole ? After::Linger : After::Close;
}

Task<void> Connection::linger() {
    boost::system::error_code error;
    channel_.finish();
    channel_.socket().shutdown(Tcp::socket::shutdown_send, error);
    enter(Phase::Lingering, kLingerTime);
    std::array<std::byte, 4096> sink;
    for (std::size_t taken = 0; !error && taken < kLingerBytes;) {
        const auto [failure, size] =
            co_await channel_.socket().async_read_some(asio::buffer(sink), kTuple);
        if (failure || expired_) co_return;
        taken += size;
    }
}

bool Connection::write_now() {
    boost::system::error_code error;
    while (has_pending()) {
        const auto size = channel_.write_some(pending_, error);
        if (error == asio::error::would_block) return false;
        if (error) {
            broken_ = true;
            return false;
        }
        sent(size);
    }
    return true;
}

void Connection::sent(std::size_t size) {
    sent_bytes_ += size;
    const auto first = std::min(size, pending_[0].size());
    pending_[0] += first;
    pending_[1] += size - first;
}

Task<bool> Connection::flush() {
    const auto phase = std::exchange(phase_, phase_ == Phase::Streaming ? phase_ : Phase::Writing);
    const auto deadline = deadline_;
    while (!write_now()) {
        if (broken_) co_return false;
        deadline_ = shard_.after(shard_.context().config.times.write);
        const auto [error] = co_await channel_.socket().async_wait(Tcp::socket::wait_write, kTuple);
        if (error || expired_) {
            broken_ = true;
            co_return false;
        }
    }
    phase_ = phase;
    deadline_ = deadline;
    co_return true;
}

void Connection::report(const Response& response, Deadline started) const {
    using std::chrono::duration_cast, std::chrono::microseconds, std::chrono::steady_clock;
    shard_.context().config.on_access(
        {.method = method_,
         .path = path_,
         .route = response.route,
         .status = response.status,
         .bytes = sent_bytes_,
         .duration = duration_cast<microseconds>(steady_clock::now() - started),
         .request_id = request_id(),
         .user_id = response.user_id,
         .trace_id = response.trace_id});
}

Task<void> serve(std::unique_ptr<Connection> connection) {
    try {
        co_await connection->run();
    } catch (const std::exception& error) {
        // Out of memory at worst: this client loses its connection, the others do not notice.
        log_event(LogLevel::Error, "http.connection_failed", {{"reason", error.what()}});
    }
}

}  // namespace imagify::http
