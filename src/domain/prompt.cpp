#include "domain/prompt.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace imagify {

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpaces = " \t\r\n";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::optional<std::string> prompt_problem(std::string_view prompt) {
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') ||
               c == 0x7f;
    };
    const auto length = count_code_points(prompt);
    if (!length || std::ranges::any_of(prompt, is_control)) return "invalid";
    if (*length > kPromptMaxCodePoints) return "too_long";
    if (trim(prompt).empty()) return "required";
    return std::nullopt;
}

namespace {

struct Frame {
    AspectRatio ratio;
    std::string_view text;
    PixelSize size;
};

constexpr Frame kFrames[] = {
    {AspectRatio::Square, "1:1", {1024, 1024}},
    {AspectRatio::Portrait3x4, "3:4", {896, 1184}},
    {AspectRatio::Landscape4x3, "4:3", {1184, 896}},
    {AspectRatio::Landscape16x9, "16:9", {1344, 768}},
    {AspectRatio::Portrait9x16, "9:16", {768, 1344}},
};

const Frame& frame_of(AspectRatio ratio) {
    return *std::ranges::find(kFrames, ratio, &Frame::ratio);
}

}  // namespace

std::string_view to_text(AspectRatio ratio) { return frame_of(ratio).text; }

std::optional<AspectRatio> parse_aspect_ratio(std::string_view text) {
    const auto* const found = std::ranges::find(kFrames, text, &Frame::text);
    if (found == std::end(kFrames)) return std::nullopt;
    return found->ratio;
}

PixelSize pixel_size(AspectRatio ratio) { return frame_of(ratio).size; }

}  // namespace imagify
