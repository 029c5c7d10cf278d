#include "base/ids.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

namespace imagify {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
constexpr std::size_t kTimeLength = 10;
constexpr std::size_t kRandomBytes = 10;

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kUuidShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

using Bits = unsigned __int128;

}  // namespace

std::string first_ulid(std::string_view prefix, TimePoint time) {
    std::string ulid(kUlidLength, '0');
    auto bits = static_cast<std::uint64_t>(to_unix_ms(time));
    for (std::size_t i = kTimeLength; i-- > 0; bits >>= 5U) ulid[i] = kCrockford[bits & 31U];
    return std::string(prefix) + ulid;
}

std::string new_ulid(std::string_view prefix, const Clock& clock, Random& random) {
    std::array<std::byte, kRandomBytes> entropy{};
    random.fill(entropy);
    auto ulid = first_ulid("", clock.now());
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

std::optional<std::string> ulid_of_uuid(std::string_view prefix, std::string_view uuid) {
    if (uuid.size() != kUuidShape.size()) return std::nullopt;
    Bits bits = 0;
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (kUuidShape[i] == '-') {
            if (uuid[i] != '-') return std::nullopt;
            continue;
        }
        const char lower =
            uuid[i] >= 'A' && uuid[i] <= 'F' ? static_cast<char>(uuid[i] | 0x20) : uuid[i];
        const auto digit = kHex.find(lower);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = (bits << 4U) | digit;
    }
    std::string ulid(kUlidLength, '0');
    for (std::size_t i = kUlidLength; i-- > 0; bits >>= 5U) {
        ulid[i] = kCrockford[static_cast<std::size_t>(bits & 31U)];
    }
    return std::string(prefix) + ulid;
}

std::string uuid_of_ulid(std::string_view text, std::string_view prefix) {
    assert(is_ulid(text, prefix));
    Bits bits = 0;
    for (const char c : text.substr(prefix.size())) bits = (bits << 5U) | kCrockford.find(c);
    std::string uuid(kUuidShape);
    for (std::size_t i = uuid.size(); i-- > 0;) {
        if (uuid[i] == '-') continue;
        uuid[i] = kHex[static_cast<std::size_t>(bits & 15U)];
        bits >>= 4U;
    }
    return uuid;
}

}  // namespace imagify
