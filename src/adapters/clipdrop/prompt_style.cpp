#include "adapters/clipdrop/prompt_style.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "domain/prompt.hpp"

namespace imagify {
namespace {

struct Style {
    std::string_view name;
    std::string_view words;
};

// In English, which the model knows best.
constexpr Style kStyles[] = {
    {"none", ""},
    {"photo", ", photograph, natural light, high detail"},
    {"lacquer", ", Vietnamese lacquer painting, gold leaf on deep red and black"},
    {"silk", ", Vietnamese silk painting, soft muted colours"},
    {"ink", ", ink wash painting on rice paper"},
    {"watercolor", ", watercolour painting"},
    {"oil", ", oil painting, visible brush strokes"},
    {"pixel", ", pixel art"},
    {"neon", ", neon lights, cyberpunk"},
};

}  // namespace

std::vector<std::string> prompt_styles() {
    std::vector<std::string> names;
    for (const auto& style : kStyles) names.emplace_back(style.name);
    return names;
}

std::string with_style(std::string_view prompt, std::string_view style) {
    const auto* const found = std::ranges::find(kStyles, style, &Style::name);
    if (found == std::end(kStyles)) return std::string(prompt);
    auto styled = std::string(prompt) + std::string(found->words);
    if (count_code_points(styled).value_or(kPromptMaxCodePoints + 1) > kPromptMaxCodePoints) {
        return std::string(prompt);
    }
    return styled;
}

}  // namespace imagify
