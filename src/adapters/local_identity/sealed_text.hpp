#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"

namespace imagify {

/// Encrypts with AES-256-GCM under a 32-byte key, bound to `context`: what is copied to another
/// context does not open. Text: base64url of nonce, ciphertext and tag.
std::string seal(const Secret& key, std::string_view text, std::string_view context,
                 Random& random);

/// The inverse; nothing when key or context differ or a bit was changed.
std::optional<std::string> unseal(const Secret& key, std::string_view sealed,
                                  std::string_view context);

}  // namespace imagify
