#include "fuzz/chunked_body.hpp"

#include <algorithm>
#include <cctype>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/beast/body_decoder.hpp"

namespace imagify::fuzz {
namespace {

constexpr std::uint64_t kLimitBytes = 4096;

std::optional<std::string_view> take_crlf_line(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

struct Outcome {
    http::BodyDecoder::Progress progress;
    std::string body;
    std::size_t left = 0;
};

// As a connection does: bytes come in pieces, what was not consumed stands before the next piece.
Outcome decode(std::string_view text, const http::Framing& framing, std::size_t piece) {
    http::BodyDecoder decoder(framing, kLimitBytes);
    Outcome outcome{.progress = http::BodyDecoder::Progress::NeedMore, .body = {}};
    std::size_t begin = 0;
    for (std::size_t end = 0; end < text.size();) {
        end = std::min(end + piece, text.size());
        auto unread = text.substr(begin, end - begin);
        outcome.progress = decoder.feed(unread, outcome.body);
        require(unread.size() <= end - begin, "no byte comes back");
        begin = end - unread.size();
        if (outcome.progress != http::BodyDecoder::Progress::NeedMore) break;
    }
    outcome.left = text.size() - begin;
    return outcome;
}

}  // namespace

std::optional<Chunks> read_chunks(std::string_view text) {
    Chunks chunks;
    auto rest = text;
    for (;;) {
        const auto line = take_crlf_line(rest);
        if (!line) return std::nullopt;
        std::size_t size = 0;
        std::size_t digits = 0;
        while (digits < line->size() &&
               std::isxdigit(static_cast<unsigned char>((*line)[digits]))) {
            const char c = (*line)[digits++];
            size = size * 16 + static_cast<std::size_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        if (digits == 0 || digits > 8) return std::nullopt;
        if (digits < line->size() && (*line)[digits] != ';') return std::nullopt;
        if (size == 0) break;
        if (rest.size() < size + 2 || rest.substr(size, 2) != "\r\n") return std::nullopt;
        chunks.content += rest.substr(0, size);
        rest.remove_prefix(size + 2);
    }
    for (;;) {
        const auto trailer = take_crlf_line(rest);
        if (!trailer) return std::nullopt;
        if (trailer->empty()) break;
    }
    chunks.size_bytes = text.size() - rest.size();
    return chunks;
}

void read_chunked_body(std::string_view input) {
    using enum http::BodyDecoder::Progress;
    if (input.size() < 2) return;
    const bool chunked = input[0] != 'p';
    const auto piece = static_cast<std::size_t>(static_cast<unsigned char>(input[1])) % 29 + 1;
    const auto text = input.substr(2);
    const http::Framing framing{.chunked = chunked, .content_length = chunked ? 0 : piece * 7};
    const auto whole = decode(text, framing, std::max<std::size_t>(text.size(), 1));
    const auto pieces = decode(text, framing, piece);
    require(whole.body.size() <= kLimitBytes, "a bounded body");
    require((whole.progress == Done) == (pieces.progress == Done),
            "pieces end where the whole does");
    if (whole.progress != Done) return;
    require(whole.body == pieces.body, "pieces give the same content");
    const auto used = text.size() - whole.left;
    require(pieces.left == whole.left, "pieces leave the same rest");
    if (!chunked) {
        require(text.starts_with(whole.body) && used == framing.content_length, "as long as said");
        return;
    }
    const auto second = read_chunks(text);
    require(second && second->content == whole.body, "the second reader finds the same content");
    require(second->size_bytes == used, "the second reader ends at the same byte");
}

}  // namespace imagify::fuzz
