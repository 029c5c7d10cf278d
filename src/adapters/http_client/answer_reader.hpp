#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "adapters/http_client/connection.hpp"
#include "ports/http_client.hpp"

namespace imagify {

/// Heads over this size are refused.
inline constexpr std::size_t kAnswerHeadMaxBytes = std::size_t{16} * 1024;
/// Bodies arrive in pieces of this size (the last is smaller).
inline constexpr std::size_t kBodyPieceBytes = std::size_t{64} * 1024;

/// Why an answer could not be read. `error` says more where a read failed.
enum class ReadProblem { None, Disconnected, Malformed };

/// Takes one answer off a connection. Used by one coroutine.
class AnswerReader {
public:
    /// Called with the number of bytes of each read.
    using Progress = std::function<void(std::size_t)>;

    /// head_only: the answer to HEAD, which has no body whatever it says.
    AnswerReader(Connection& connection, bool head_only, Progress progress);

    /// Reads status line and headers, past any 1xx answers.
    Task<ReadProblem> read_head();

    /// Reads the next piece of the body; empty at the end. Valid until the next call.
    Task<ReadProblem> read_piece(std::span<const std::byte>& piece);

    unsigned status() const { return parser_->get().result_int(); }
    /// Status and headers, without a body.
    OutboundAnswer answer() const;
    /// How many bytes the head announces, if it does.
    std::optional<std::uint64_t> announced_bytes() const;
    /// True when the next answer on this connection can only begin with the next byte.
    bool is_reusable() const;
    /// True once a byte of an answer has come.
    bool has_begun() const { return has_begun_; }
    /// Of the read or the parser, for the log.
    boost::system::error_code error() const { return error_; }

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::buffer_body>;

    void start_parser();
    Task<ReadProblem> fill();
    ReadProblem parse();

    Connection& connection_;
    bool head_only_;
    Progress progress_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::vector<std::byte> piece_;
    boost::system::error_code error_;
    std::size_t head_bytes_ = 0;
    bool has_begun_ = false;
};

}  // namespace imagify
