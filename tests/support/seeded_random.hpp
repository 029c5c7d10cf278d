#pragma once

#include <mutex>
#include <random>

#include "base/random.hpp"

namespace imagify::testing {

/// The same bytes in every run.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}

    void fill(std::span<std::byte> bytes) override {
        const std::scoped_lock lock(mutex_);
        for (auto& byte : bytes) byte = static_cast<std::byte>(engine_());
    }

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace imagify::testing
