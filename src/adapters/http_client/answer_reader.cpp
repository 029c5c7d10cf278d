#include "adapters/http_client/answer_reader.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>
#include <cctype>

#include "base/mutant.hpp"

namespace imagify {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kReadBytes = std::size_t{16} * 1024;
// The parser keeps what it cannot use yet: at most a head, or a line of chunked framing.
constexpr std::size_t kBufferMaxBytes = kAnswerHeadMaxBytes + kReadBytes;
// "100 Continue", "103 Early Hints"; a server that sends more of them is up to something.
constexpr int kMaxInterimAnswers = 4;
constexpr unsigned kSwitchingProtocols = 101;

std::string to_lower(boost::beast::string_view text) {
    std::string lower(text.data(), text.size());
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

}  // namespace

AnswerReader::AnswerReader(Connection& connection, bool head_only, Progress progress)
    : connection_(connection),
      head_only_(head_only),
      progress_(std::move(progress)),
      buffer_(kBufferMaxBytes) {}

void AnswerReader::start_parser() {
    parser_.emplace();
    head_bytes_ = 0;
    parser_->header_limit(static_cast<std::uint32_t>(kAnswerHeadMaxBytes));
    parser_->body_limit(boost::none);  // Counted by the reader's owner.
    parser_->skip(head_only_);
}

Task<ReadProblem> AnswerReader::fill() {
    const auto room = std::min(kReadBytes, buffer_.max_size() - buffer_.size());
    if (room == 0) co_return ReadProblem::Malformed;
    const auto [error, length] = co_await connection_.read_some(buffer_.prepare(room));
    buffer_.commit(length);
    has_begun_ = has_begun_ || length > 0;
    progress_(length);
    if (!error) co_return ReadProblem::None;
    error_ = error;
    // Beast asserts that a message has begun, which it has not behind an interim answer.
    if (error != boost::asio::error::eof || !parser_->got_some()) {
        co_return ReadProblem::Disconnected;
    }
    boost::system::error_code early;
    parser_->put_eof(early);  // Ends a body that has no length; anything else is cut off.
    co_return early || !parser_->is_done() ? ReadProblem::Disconnected : ReadProblem::None;
}

ReadProblem AnswerReader::parse() {
    boost::system::error_code error;
    const bool in_head = !parser_->is_header_done();
    const auto parsed = parser_->put(buffer_.data(), error);
    buffer_.consume(parsed);
    if (in_head) head_bytes_ += parsed;
    if (head_bytes_ > kAnswerHeadMaxBytes) return ReadProblem::Malformed;
    if (!error || error == http::error::need_more || error == http::error::need_buffer) {
        return ReadProblem::None;
    }
    error_ = error;
    return ReadProblem::Malformed;
}

Task<ReadProblem> AnswerReader::read_head() {
    for (int i = 0; i <= kMaxInterimAnswers; ++i) {
        start_parser();
        while (!parser_->is_header_done()) {
            auto problem = ReadProblem::None;
            if (buffer_.size() > 0) problem = parse();
            if (problem != ReadProblem::None) co_return problem;
            if (parser_->is_header_done()) break;
            problem = co_await fill();
            if (problem != ReadProblem::None) co_return problem;
        }
        if (status() >= 200) co_return ReadProblem::None;
        if (status() == kSwitchingProtocols) break;
    }
    co_return ReadProblem::Malformed;
}

Task<ReadProblem> AnswerReader::read_piece(std::span<const std::byte>& piece) {
    piece_.resize(kBodyPieceBytes);
    std::size_t filled = 0;
    while (!parser_->is_done() && filled < piece_.size()) {
        auto problem = ReadProblem::None;
        if (buffer_.size() > 0) {
            auto& body = parser_->get().body();
            body.data = piece_.data() + filled;
            body.size = piece_.size() - filled;
            const auto unparsed = buffer_.size();
            problem = parse();
            filled = piece_.size() - body.size;
            if (problem == ReadProblem::None && buffer_.size() < unparsed) continue;
        }
        if (problem == ReadProblem::None) problem = co_await fill();
        if (problem != ReadProblem::None) co_return problem;
    }
    piece = std::span(piece_).first(filled - (MUTANT("parse.piece_length") && filled > 0 ? 1 : 0));
    co_return ReadProblem::None;
}

OutboundAnswer AnswerReader::answer() const {
    OutboundAnswer answer{.status = status()};
    for (const auto& field : parser_->get()) {
        answer.headers.emplace_back(to_lower(field.name_string()),
                                    std::string(field.value().data(), field.value().size()));
    }
    return answer;
}

std::optional<std::uint64_t> AnswerReader::announced_bytes() const {
    const auto length = parser_->content_length();
    if (!length) return std::nullopt;
    return *length;
}

bool AnswerReader::is_reusable() const {
    return parser_->is_done() && parser_->keep_alive() && buffer_.size() == 0;
}

}  // namespace imagify
