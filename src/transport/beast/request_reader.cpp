#include "transport/beast/request_reader.hpp"

#include <algorithm>
#include <cstring>

namespace imagify::http {
namespace {

constexpr std::size_t kFirstBytes = std::size_t{4} * 1024;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

}  // namespace

RequestReader::RequestReader(const RequestLimits& limits)
    : limits_(limits),
      buffer_(std::make_unique_for_overwrite<char[]>(kFirstBytes)),
      capacity_(kFirstBytes) {}

std::span<char> RequestReader::space() {
    if (begin_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    // Only a head or a line of chunks ever stays unread, so this ends just above the head's limit.
    if (end_ == capacity_) {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2);
        std::memcpy(larger.get(), buffer_.get(), end_);
        buffer_ = std::move(larger);
        capacity_ *= 2;
    }
    return {buffer_.get() + end_, capacity_ - end_};
}

RequestReader::State RequestReader::advance() {
    if (state_ == State::Idle && has_unread()) state_ = State::Head;
    if (state_ == State::Head) state_ = take_head();
    if (state_ == State::Body) state_ = take_body();
    return state_;
}

void RequestReader::next() {
    state_ = State::Idle;
    searched_ = 0;
    request_ = Request{};
}

bool RequestReader::wants_continue() const {
    return state_ == State::Body && framing_.expects_continue && body_.untouched();
}

RequestReader::State RequestReader::refuse(const Refusal& refusal) {
    refusal_ = refusal;
    return State::Refused;
}

RequestReader::State RequestReader::take_head() {
    const auto bytes = unread();
    const auto end = bytes.find(kHeadEnd, searched_);
    if (end == std::string_view::npos || end + kHeadEnd.size() > limits_.head_bytes) {
        const auto part = bytes.substr(0, std::min(bytes.size(), limits_.head_bytes));
        if (const auto refusal = refuse_early(part, limits_)) return refuse(*refusal);
        searched_ = bytes.size() - std::min(bytes.size(), kHeadEnd.size() - 1);
        return State::Head;
    }
    const auto head = bytes.substr(0, end + kHeadEnd.size());
    const auto framing = parse_head(head, limits_, request_);
    if (!framing) return refuse(framing.error());
    framing_ = *framing;
    body_ = BodyDecoder(framing_, limits_.body_bytes);
    begin_ += head.size();
    return State::Body;
}

RequestReader::State RequestReader::take_body() {
    auto rest = unread();
    const auto progress = body_.feed(rest, request_.body);
    begin_ = end_ - rest.size();
    switch (progress) {
        case BodyDecoder::Progress::NeedMore: return State::Body;
        case BodyDecoder::Progress::Refused: return refuse(body_.refusal());
        case BodyDecoder::Progress::Done: break;
    }
    return State::Complete;
}

}  // namespace imagify::http
