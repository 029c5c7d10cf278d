#pragma once

#include <string_view>

namespace imagify {

/// True for a password of at least 8 characters that leads every list of leaked ones. `lowered` is
/// in lower case.
bool is_common_password(std::string_view lowered);

}  // namespace imagify
