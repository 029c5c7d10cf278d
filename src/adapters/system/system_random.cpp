#include "adapters/system/system_random.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace imagify {
namespace {

constexpr std::size_t kReserveBytes = 4096;

// A machine without entropy must not hand out guessable tokens: end the process instead.
void read_kernel(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const auto got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno != EINTR) std::abort();
        if (got > 0) bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

struct Reserve {
    std::array<std::byte, kReserveBytes> bytes;
    std::size_t left = 0;

    void take(std::span<std::byte> out) {
        if (left < out.size()) {
            read_kernel(bytes);
            left = bytes.size();
        }
        const auto given = std::span(bytes).subspan(left - out.size(), out.size());
        std::ranges::copy(given, out.begin());
        explicit_bzero(given.data(), given.size());
        left -= out.size();
    }
};

}  // namespace

void SystemRandom::fill(std::span<std::byte> bytes) {
    thread_local Reserve reserve;
    if (bytes.size() > kReserveBytes / 4) return read_kernel(bytes);
    reserve.take(bytes);
}

}  // namespace imagify
