#include "transport/beast/body_decoder.hpp"

#include <algorithm>
#include <charconv>

#include "base/mutant.hpp"

namespace imagify::http {
namespace {

// A size line or a trailer line; nobody sends longer ones for a good reason.
constexpr std::size_t kMaxLineBytes = 1024;
// Chunks of one byte cost five more. What is beyond that is not there to carry content.
constexpr std::uint64_t kFreeOverheadBytes = std::uint64_t{8} * 1024;
constexpr std::uint64_t kOverheadPerByte = 8;

}  // namespace

BodyDecoder::BodyDecoder(const Framing& framing, std::uint64_t limit_bytes)
    : limit_bytes_(limit_bytes), left_bytes_(framing.content_length) {
    if (framing.chunked) {
        part_ = Part::Size;
    } else if (framing.content_length > 0) {
        part_ = Part::Plain;
    }
}

BodyDecoder::Progress BodyDecoder::refuse(Refusal refusal) {
    refusal_ = refusal;
    return Progress::Refused;
}

BodyDecoder::Progress BodyDecoder::malformed(std::string_view detail) {
    return refuse({400, "request.malformed", detail});
}

BodyDecoder::Progress BodyDecoder::feed(std::string_view& unread, std::string& body) {
    if (!unread.empty()) untouched_ = false;
    while (part_ != Part::Done) {
        if (unread.empty()) return Progress::NeedMore;
        const auto progress = step(unread, body);
        if (progress != Progress::Done) return progress;
    }
    return Progress::Done;
}

BodyDecoder::Progress BodyDecoder::step(std::string_view& unread, std::string& body) {
    if (part_ == Part::Plain || part_ == Part::Data) {
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(left_bytes_, unread.size()));
        body.append(unread.substr(0, size));
        unread.remove_prefix(size);
        left_bytes_ -= size;
        if (left_bytes_ == 0) part_ = part_ == Part::Plain ? Part::Done : Part::DataEnd;
        return Progress::Done;
    }
    std::string_view line;
    const auto progress = take_line(unread, line);
    if (progress != Progress::Done) return progress;
    overhead_bytes_ += line.size() + 2;
    if (overhead_bytes_ > kFreeOverheadBytes + kOverheadPerByte * body.size()) {
        return malformed("The chunks are mostly not content.");
    }
    switch (part_) {
        case Part::Size: return take_size(line, body.size());
        case Part::DataEnd:
            part_ = Part::Size;
            return line.empty() ? Progress::Done : malformed("A chunk is longer than its size.");
        default: return take_trailer(line);
    }
}

BodyDecoder::Progress BodyDecoder::take_line(std::string_view& unread, std::string_view& line) {
    const auto end = unread.find('\n');
    if (end == std::string_view::npos) {
        if (part_ == Part::DataEnd && unread.front() != '\r') {
            return malformed("A chunk is longer than its size.");
        }
        if (unread.size() > kMaxLineBytes) return malformed("A line of the chunks is too long.");
        return Progress::NeedMore;
    }
    if ((end == 0 || unread[end - 1] != '\r') && !MUTANT("http.bare_line_feed")) {
        return malformed("A line ends without CR.");
    }
    if (end > kMaxLineBytes) return malformed("A line of the chunks is too long.");
    line = unread.substr(0, end > 0 && unread[end - 1] == '\r' ? end - 1 : end);
    unread.remove_prefix(end + 1);
    return Progress::Done;
}

BodyDecoder::Progress BodyDecoder::take_size(std::string_view line, std::size_t body_bytes) {
    constexpr std::size_t kMaxDigits = 8;
    const auto digits = line.substr(0, line.find_first_not_of("0123456789abcdefABCDEF"));
    const auto extension = line.substr(digits.size());
    if (digits.empty() || digits.size() > kMaxDigits) {
        return malformed("A chunk size is not a short hexadecimal number.");
    }
    const bool plain =
        std::ranges::all_of(extension, [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
    if (!plain || (!extension.empty() && extension.front() != ';')) {
        return malformed("A chunk size is followed by something else.");
    }
    std::uint32_t size = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (body_bytes + size > limit_bytes_) {
        return refuse({413, "request.too_large", "The body is too large."});
    }
    left_bytes_ = MUTANT("parse.chunk_size") ? size + 1 : size;
    part_ = size == 0 ? Part::Trailer : Part::Data;
    return Progress::Done;
}

BodyDecoder::Progress BodyDecoder::take_trailer(std::string_view line) {
    if (line.empty()) {
        part_ = Part::Done;
        return Progress::Done;
    }
    // Trailers are dropped: nothing here needs one, and as headers they could lie about the body.
    return is_field_line(line) ? Progress::Done : malformed("A trailer is not a header line.");
}

}  // namespace imagify::http
