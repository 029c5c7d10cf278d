#pragma once

#include <string_view>

namespace imagify {

/// True for one of 3,064 passwords of at least 8 characters: the 3,000 most common ones of
/// @zxcvbn-ts/language-common 4.1.3 (MIT), keyboard walks, and Vietnamese favourites. `lowered` is
/// in lower case.
bool is_common_password(std::string_view lowered);

}  // namespace imagify
