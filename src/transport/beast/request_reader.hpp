#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "transport/beast/body_decoder.hpp"
#include "transport/beast/head_parser.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Turns the bytes of one connection into requests, one after the other; no I/O of its own.
/// Bytes that come after a request stay for the next one.
class RequestReader {
public:
    enum class State {
        Idle,      ///< Not a byte of the next request has come.
        Head,      ///< Inside request line and fields.
        Body,      ///< The head is complete, the body is not.
        Complete,  ///< `request()` may be taken.
        Refused    ///< `refusal()` says why; nothing after it can be trusted.
    };

    /// `limits` outlives the reader.
    explicit RequestReader(const RequestLimits& limits);

    /// Where the next bytes belong; never empty. Any earlier span is void.
    std::span<char> space();
    /// `size` bytes were written to the front of `space()`.
    void commit(std::size_t size) { end_ += size; }
    /// Goes as far as the bytes allow.
    State advance();
    /// Forgets the request that is complete and begins the next.
    void next();

    State state() const { return state_; }
    Request& request() { return request_; }
    const Framing& framing() const { return framing_; }
    const Refusal& refusal() const { return *refusal_; }
    /// True while the client holds the body back until it is told to go on.
    bool wants_continue() const;
    /// True when bytes wait that belong to no complete request.
    bool has_unread() const { return begin_ != end_; }

private:
    std::string_view unread() const { return {buffer_.get() + begin_, end_ - begin_}; }
    State refuse(const Refusal& refusal);
    State take_head();
    State take_body();

    const RequestLimits& limits_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    /// No empty line begins before this offset from `begin_`.
    std::size_t searched_ = 0;
    State state_ = State::Idle;
    Request request_;
    Framing framing_;
    BodyDecoder body_;
    std::optional<Refusal> refusal_;
};

}  // namespace imagify::http
