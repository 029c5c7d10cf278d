#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace imagify::fuzz {

/// A chunked body, read to its end by the letter of RFC 9112, 7.1.
struct Chunks {
    std::string content;
    /// How many bytes of the text it took.
    std::size_t size_bytes = 0;
};

/// A second reader of the chunked coding, written apart from the product's; nothing when the text
/// is malformed or incomplete.
std::optional<Chunks> read_chunks(std::string_view text);

}  // namespace imagify::fuzz
