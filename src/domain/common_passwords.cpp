#include "domain/common_passwords.hpp"

#include <algorithm>

namespace imagify {
namespace {

// One a line, sorted by bytes, each line with its line break; see common_passwords.txt.
constexpr std::string_view kLines =
#include "domain/common_passwords.inc"
    ;

// The line in which the byte at `position` is, without its line break.
std::string_view line_at(std::size_t position) {
    const auto before = position == 0 ? std::string_view::npos : kLines.rfind('\n', position - 1);
    const auto start = before == std::string_view::npos ? 0 : before + 1;
    return kLines.substr(start, kLines.find('\n', start) - start);
}

}  // namespace

bool is_common_password(std::string_view lowered) {
    std::size_t low = 0;
    std::size_t high = kLines.size();
    while (low < high) {
        const auto line = line_at(low + (high - low) / 2);
        if (line == lowered) return true;
        const auto start = static_cast<std::size_t>(line.data() - kLines.data());
        if (line < lowered) {
            low = start + line.size() + 1;
        } else {
            high = start;
        }
    }
    return false;
}

}  // namespace imagify
