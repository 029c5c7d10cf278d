#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace imagify::http {

/// POSIX.1-1988: a name that is not split has at most 100 bytes, a size 11 octal digits.
inline constexpr std::size_t kTarNameMaxBytes = 100;
inline constexpr std::uint64_t kTarSizeMax = 077'777'777'777;

/// What stands before a file in a ustar archive, which its owner alone may read. Name and size are
/// within their limits.
std::string tar_header(std::string_view name, std::uint64_t size_bytes, TimePoint modified);

/// What fills a file up to whole blocks.
std::string tar_padding(std::uint64_t size_bytes);

/// What ends an archive.
std::string tar_end();

}  // namespace imagify::http
