#pragma once

#include "base/random.hpp"

namespace imagify {

/// The kernel's random generator, read in advance a few KiB per thread. Bytes that were given are
/// wiped from our memory. Must not be used on both sides of a fork.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace imagify
