#include "base/utf8.hpp"

#include "base/mutant.hpp"

namespace imagify {
namespace {

struct Lead {
    std::size_t length;
    unsigned char second_min;
    unsigned char second_max;
};

// Unicode 15, table 3-7: the first byte decides the length and the range of the second byte.
std::optional<Lead> classify(unsigned char byte) {
    if (byte < 0x80) return Lead{1, 0, 0};
    if (byte < 0xC2) return std::nullopt;
    if (byte < 0xE0) return Lead{2, 0x80, 0xBF};
    if (byte == 0xE0) return Lead{3, 0xA0, 0xBF};
    if (byte == 0xED)
        return Lead{3, 0x80, static_cast<unsigned char>(MUTANT("parse.surrogates") ? 0xBF : 0x9F)};
    if (byte < 0xF0) return Lead{3, 0x80, 0xBF};
    if (byte == 0xF0) return Lead{4, 0x90, 0xBF};
    if (byte < 0xF4) return Lead{4, 0x80, 0xBF};
    if (byte == 0xF4) return Lead{4, 0x80, 0x8F};
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = classify(static_cast<unsigned char>(text[i]));
        if (!lead || i + lead->length > text.size()) return std::nullopt;
        for (std::size_t k = 1; k < lead->length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            const unsigned char low = k == 1 ? lead->second_min : 0x80;
            const unsigned char high = k == 1 ? lead->second_max : 0xBF;
            if (byte < low || byte > high) return std::nullopt;
        }
        i += lead->length;
    }
    return count;
}

}  // namespace imagify
