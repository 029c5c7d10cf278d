// How a Connection sends a body that is made while it is sent.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <exception>

#include "base/log.hpp"
#include "transport/beast/connection.hpp"

namespace imagify::http {
namespace {

namespace asio = boost::asio;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

// Measured: 16 KiB costs half as much CPU again, 256 KiB nothing less (facts/performance.md, 2).
constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;
// Bodies wait in our one buffer, not in the kernel's many.
constexpr int kUnsentInKernelBytes = 128 * 1024;
using NotSentLowWater = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;

/// One piece with room around it, so that a chunk goes out in one write.
class PieceBuffer {
public:
    PieceBuffer()
        : bytes_(std::make_unique_for_overwrite<std::byte[]>(kBefore + kPieceBytes + 7)) {}

    std::span<std::byte> space() { return {bytes_.get() + kBefore, kPieceBytes}; }

    asio::const_buffer plain(std::size_t size) const { return {bytes_.get() + kBefore, size}; }

    /// RFC 9112, 7.1: size in hexadecimal, CRLF, data, CRLF; the last chunk has size 0 and no data.
    asio::const_buffer chunk(std::size_t size) {
        std::array<char, kBefore> line;
        auto* end = std::to_chars(line.data(), line.data() + line.size() - 2, size, 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        const auto length = static_cast<std::size_t>(end - line.data());
        auto* begin = bytes_.get() + kBefore - length;
        std::memcpy(begin, line.data(), length);
        std::memcpy(bytes_.get() + kBefore + size, "\r\n", 2);
        return {begin, length + size + 2};
    }

private:
    static constexpr std::size_t kBefore = 16;
    std::unique_ptr<std::byte[]> bytes_;
};

Task<Result<std::size_t>> guarded_next(BodyStream& stream, std::span<std::byte> space) {
    std::string reason = "not a std::exception";
    try {
        co_return co_await stream.next(space);
    } catch (const std::exception& error) {
        reason = error.what();
    } catch (...) {  // NOLINT(bugprone-empty-catch): `reason` says it.
    }
    co_return fail(ErrorKind::Internal, "server.internal", reason);
}

constexpr std::string_view kClientGone = "client.gone";

}  // namespace

Task<bool> Connection::send_stream(BodyStream& stream, Delivery delivery, bool long_lived) {
    boost::system::error_code ignored;
    channel_.socket().set_option(NotSentLowWater(kUnsentInKernelBytes), ignored);
    if (long_lived) {
        if (shard_.draining()) co_return false;
        phase_ = Phase::Streaming;
        if (!co_await flush()) co_return false;
    }
    PieceBuffer buffer;
    const bool sized = delivery.body == Delivery::Body::Sized;
    auto left = delivery.size_bytes;
    while (!sized || left > 0) {
        const auto size = co_await next_piece(stream, buffer.space(), long_lived);
        const bool short_body = sized && size && (*size == 0 || *size > left);
        if (!size || short_body) {
            if (size || size.error().code != kClientGone) {
                log_event(LogLevel::Warning, "http.body_cut",
                          {{"requestId", request_id()},
                           {"code", size ? "" : size.error().code},
                           {"reason", size ? "not the size it said" : size.error().detail}});
            }
            co_return false;
        }
        left -= sized ? *size : 0;
        const bool chunked = delivery.body == Delivery::Body::Chunked;
        pending_[1] = chunked ? buffer.chunk(*size) : buffer.plain(*size);
        if (!co_await flush()) co_return false;
        if (*size == 0) co_return true;
    }
    co_return co_await flush();
}

Task<Result<std::size_t>> Connection::next_piece(BodyStream& stream, std::span<std::byte> space,
                                                 bool long_lived) {
    using namespace asio::experimental::awaitable_operators;
    if (!long_lived) co_return co_await guarded_next(stream, space);
    // Nothing may be sent for long, so only reading can tell that the client has gone.
    auto first = co_await (guarded_next(stream, space) || wait_for_hangup());
    if (first.index() == 0) co_return std::get<0>(std::move(first));
    co_return fail(ErrorKind::Unavailable, std::string(kClientGone));
}

Task<bool> Connection::wait_for_hangup() {
    for (;;) {
        const auto [error] = co_await channel_.socket().async_wait(Tcp::socket::wait_read, kTuple);
        if (error) co_return true;
        const auto sign = channel_.peek();
        if (sign == Channel::Sign::Gone) co_return true;
        if (sign == Channel::Sign::Bytes) break;
    }
    // It sent its next request early; it is there. From here on only a broken connection counts.
    co_await channel_.socket().async_wait(Tcp::socket::wait_error, kTuple);
    co_return true;
}

}  // namespace imagify::http
