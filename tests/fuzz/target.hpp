#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imagify::fuzz {

/// One parser of bytes from outside, with what must hold of everything that it answers.
struct Target {
    std::string_view name;
    /// A fault that can be planted in the parser; the target has to notice it.
    std::string_view mutant;
    std::size_t max_bytes;
    /// Shows `input` to the parser; ends the process where a property does not hold.
    void (*run)(std::string_view input);
    /// Seeds that are better made than kept in files.
    std::vector<std::string> (*made_seeds)() = nullptr;
};

/// In the order of the README's table.
std::span<const Target> all_targets();

/// Ends the process, for libFuzzer to keep the input, unless `holds`.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "BROKEN PROPERTY: %s\n", property);
    std::abort();
}

/// Cuts the first line, without its line end, off `rest`.
inline std::string_view take_line(std::string_view& rest) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
}

}  // namespace imagify::fuzz
