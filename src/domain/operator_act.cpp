#include "domain/operator_act.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace imagify {

std::optional<std::string> note_problem(std::string_view note) {
    const auto length = count_code_points(note);
    const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == '\x7f'; };
    if (!length || std::ranges::any_of(note, is_control)) return "invalid";
    if (note.find_first_not_of(" \n") == std::string_view::npos) return "required";
    if (*length < kNoteMinCodePoints) return "too_short";
    if (*length > kNoteMaxCodePoints) return "too_long";
    return std::nullopt;
}

}  // namespace imagify
