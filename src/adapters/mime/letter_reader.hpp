#pragma once

#include <optional>
#include <string_view>

#include "ports/mailer.hpp"

namespace imagify {

/// Reads what write_letter wrote, and nothing else: it is no reader for letters of others. Line
/// ends of the texts are LF.
std::optional<Letter> read_letter(std::string_view message);

}  // namespace imagify
