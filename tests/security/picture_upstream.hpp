#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace imagify::testing {

/// The real program with a painter that answers each request with the next of `pictures`: how many
/// of them were published, charged, or left a credit held.
std::uint64_t count_charged(const std::vector<std::string>& pictures);

}  // namespace imagify::testing
