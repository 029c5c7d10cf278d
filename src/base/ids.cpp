#include "base/ids.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace imagify {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
constexpr std::size_t kTimeLength = 10;
constexpr std::size_t kRandomBytes = 10;

}  // namespace

std::string new_ulid(std::string_view prefix, const Clock& clock, Random& random) {
    std::array<std::byte, kRandomBytes> entropy{};
    random.fill(entropy);
    std::string ulid(kUlidLength, '0');
    auto time = static_cast<std::uint64_t>(to_unix_ms(clock.now()));
    for (std::size_t i = kTimeLength; i-- > 0; time >>= 5U) ulid[i] = kCrockford[time & 31U];
    std::uint32_t pool = 0;
    unsigned bits = 0;
    std::size_t out = kTimeLength;
    for (const auto byte : entropy) {
        pool = (pool << 8U) | static_cast<std::uint32_t>(byte);
        for (bits += 8; bits >= 5; bits -= 5) ulid[out++] = kCrockford[(pool >> (bits - 5)) & 31U];
    }
    return std::string(prefix) + ulid;
}

std::optional<TimePoint> ulid_time(std::string_view text, std::string_view prefix) {
    if (!is_ulid(text, prefix)) return std::nullopt;
    std::int64_t time = 0;
    for (const char c : text.substr(prefix.size(), kTimeLength)) {
        time = time * 32 + static_cast<std::int64_t>(kCrockford.find(c));
    }
    return from_unix_ms(time);
}

bool is_ulid(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix) || text.size() != prefix.size() + kUlidLength) return false;
    const auto ulid = text.substr(prefix.size());
    // 48 bits of time in 50 bits of text: the first character has three bits.
    return ulid.front() <= '7' &&
           std::ranges::all_of(ulid, [](char c) { return kCrockford.contains(c); });
}

}  // namespace imagify
