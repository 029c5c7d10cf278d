#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace imagify::sqlite {

/// Held while this process serves a data folder; ends with the process however it ends.
class InstanceLock {
public:
    /// Errors: Conflict `store.in_use` when another process has it; Unavailable
    /// `store.unavailable`.
    static Result<InstanceLock> acquire(const std::filesystem::path& file);
    ~InstanceLock();
    InstanceLock(InstanceLock&& other) noexcept;
    InstanceLock& operator=(InstanceLock&&) = delete;

private:
    explicit InstanceLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace imagify::sqlite
