#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/task.hpp"
#include "transport/beast/channel.hpp"
#include "transport/beast/request_reader.hpp"
#include "transport/beast/response_head.hpp"
#include "transport/beast/shard.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// One client's connection: reads requests, asks the service, sends the answers in order.
/// Lives on its shard's thread, inside the coroutine `serve`.
class Connection final : public Watched {
public:
    Connection(Shard& shard, Channel channel, AddressLimit::Seat seat,
               const boost::asio::ip::address& peer);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Returns when the connection has ended; never throws.
    Task<void> run();

    void check(Deadline now) override;
    void drain() override;

private:
    /// What the connection waits for, which says what a passed deadline means.
    enum class Phase { Handshake, Idle, Head, Body, Answering, Writing, Streaming, Lingering };
    enum class After { KeepOpen, Close, Linger };

    /// TLS, where it is spoken; false when the connection is to be closed.
    Task<bool> shake_hands();
    /// One request and its answer.
    Task<After> exchange();
    /// Waits for bytes until a request is complete or refused; false when neither will be.
    Task<bool> receive();
    void await_bytes(RequestReader::State state);
    Request take_request();
    Task<Response> answer(Request request);
    Task<bool> send(Response& response, bool keep_alive);
    Task<After> refuse(Refusal refusal);
    /// Reads away what the client still sends, so that closing does not destroy the answer.
    Task<void> linger();

    // streaming.cpp
    Task<bool> send_stream(BodyStream& stream, Delivery delivery, bool long_lived);
    Task<Result<std::size_t>> next_piece(BodyStream& stream, std::span<std::byte> space,
                                         bool long_lived);
    Task<bool> wait_for_hangup();

    void enter(Phase phase, std::chrono::milliseconds limit);
    Delivery deliver(const Response& response, bool keep_alive) const;
    /// Sends `pending_`, as far as possible at once; false when the connection is broken.
    Task<bool> flush();
    /// True when the kernel took everything; sets `broken_` on failure.
    bool write_now();
    void sent(std::size_t size);
    bool has_pending() const { return pending_[0].size() + pending_[1].size() > 0; }
    void report(const Response& response, Deadline started) const;
    std::string_view request_id() const { return {id_.data(), id_.size()}; }

    Shard& shard_;
    AddressLimit::Seat seat_;
    Channel channel_;
    const boost::asio::ip::address peer_;
    const std::string peer_text_;
    const bool behind_proxy_;
    RequestReader reader_;
    Phase phase_ = Phase::Idle;
    Deadline deadline_ = Deadline::max();
    Deadline request_deadline_ = Deadline::max();
    bool expired_ = false;
    bool broken_ = false;
    /// The customer's side of the present request is TLS.
    bool secure_ = false;
    RequestIds::Text id_{};
    Method method_ = Method::Other;
    std::string path_;
    std::string head_;
    std::array<boost::asio::const_buffer, 2> pending_{};
    std::uint64_t sent_bytes_ = 0;
};

/// Owns the connection while it runs.
Task<void> serve(std::unique_ptr<Connection> connection);

}  // namespace imagify::http
