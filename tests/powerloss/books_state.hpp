#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace imagify::testing {

/// A hash over every row of every table (except the heartbeat, which says nothing about money): two
/// books with one hash say the same. Nothing when the file cannot be read.
std::optional<std::uint64_t> hash_books(const std::filesystem::path& file);

}  // namespace imagify::testing
