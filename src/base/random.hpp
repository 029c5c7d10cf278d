#pragma once

#include <cstddef>
#include <span>

namespace imagify {

/// The only source of randomness: cryptographic in production, seeded in tests. Safe from several
/// threads.
class Random {
public:
    virtual ~Random() = default;

    /// Fills every byte. Never fails: a machine without entropy ends the process.
    virtual void fill(std::span<std::byte> bytes) = 0;
};

}  // namespace imagify
