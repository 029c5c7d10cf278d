#include "vnpay/text_changes.hpp"

#include <cctype>

namespace imagify::testing {

std::string cased(std::string text, int (*change)(int)) {
    for (char& c : text) c = static_cast<char>(change(static_cast<unsigned char>(c)));
    return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

void flip_each_byte(const std::string& bytes, std::string_view special,
                    const std::function<void(std::string)>& take) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            auto changed = bytes;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            take(std::move(changed));
        }
        for (const char c : special) {
            if (c == bytes[i]) continue;
            auto changed = bytes;
            changed[i] = c;
            take(std::move(changed));
        }
    }
}

}  // namespace imagify::testing
