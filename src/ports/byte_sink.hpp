#pragma once

#include <cstddef>
#include <span>

#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// Where bytes of unknown number go, in order.
class ByteSink {
public:
    virtual ~ByteSink() = default;

    /// Takes all of `bytes`; they need to live only until the Task ends.
    /// Errors: TooLarge past the sink's limit; Unavailable (disk full, I/O error).
    virtual Task<Result<void>> write(std::span<const std::byte> bytes) = 0;
};

}  // namespace imagify
