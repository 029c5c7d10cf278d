#include "transport/http/client.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/utf8.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {
namespace {

constexpr std::chrono::hours kDeviceKept{24 * 365};

// Network byte order. IPv4 is kept as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2).
using Bytes = std::array<std::uint8_t, 16>;
constexpr std::size_t kMappedPrefix = 12;

std::optional<Bytes> parse(const std::string& address) {
    Bytes bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
    bytes = {};
    bytes[10] = bytes[11] = 0xff;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data() + kMappedPrefix) == 1) return bytes;
    return std::nullopt;
}

bool is_v4(const Bytes& bytes) {
    const auto prefix = std::span(bytes).first<kMappedPrefix>();
    return std::ranges::all_of(prefix.first<10>(), [](auto byte) { return byte == 0; }) &&
           prefix[10] == 0xff && prefix[11] == 0xff;
}

std::string to_text(int family, const std::uint8_t* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(family, bytes, text.data(), text.size());
    return text.data();
}

// What a browser says of itself is text from outside: cut, and only if it is text at all.
std::string device_text(std::string_view agent) {
    agent = agent.substr(0, kDeviceMaxBytes);
    while (!agent.empty() && !count_code_points(agent)) agent.remove_suffix(1);
    return std::string(agent);
}

}  // namespace

Client client_of(const Request& request) {
    return {
        .address = request.client_address,
        .network = request.client_network,
        .device = device_text(request.headers.get("User-Agent")),
        .device_token = std::string(cookie_value(request.headers.get("Cookie"), kDeviceCookie))};
}

std::string network_of(const std::string& address) {
    auto bytes = parse(address);
    if (!bytes) return address;
    if (is_v4(*bytes)) {
        bytes->back() = 0;
        return to_text(AF_INET, bytes->data() + kMappedPrefix) + "/24";
    }
    std::fill(bytes->begin() + 6, bytes->end(), std::uint8_t{0});
    return to_text(AF_INET6, bytes->data()) + "/48";
}

bool is_loopback(const std::string& address) {
    const auto bytes = parse(address);
    if (!bytes) return false;
    if (is_v4(*bytes)) return (*bytes)[kMappedPrefix] == 127;
    Bytes loopback{};
    loopback.back() = 1;
    return *bytes == loopback;
}

std::string device_cookie(const std::string& token, bool secure) {
    const auto seconds = std::chrono::seconds(kDeviceKept).count();
    return std::string(kDeviceCookie) + '=' + token + "; Max-Age=" + std::to_string(seconds) +
           "; Path=/auth; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
}

}  // namespace imagify::http
