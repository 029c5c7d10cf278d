#pragma once

#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace imagify {

/// The keys of one purpose, the present one first. Never empty.
using Keys = std::vector<Secret>;

/// A key for each secret and purpose, 32 bytes (HKDF-SHA256, RFC 5869): what one purpose leaks says
/// nothing of another. `secrets` has the present one first, then former ones that still count.
Keys derive_keys(const std::vector<Secret>& secrets, std::string_view purpose);

/// HMAC-SHA256 of `text`: 32 bytes.
std::string mac_of(const Secret& key, std::string_view text);

/// Compares in constant time.
bool same_bytes(std::string_view a, std::string_view b);

}  // namespace imagify
