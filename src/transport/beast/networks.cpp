#include "transport/beast/networks.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>
#include <ranges>
#include <stdexcept>

#include "base/mutant.hpp"
#include "transport/beast/head_parser.hpp"

namespace imagify::http {
namespace {

namespace ip = boost::asio::ip;

// What stands before an IPv4 address in its IPv6 form.
constexpr unsigned kMappedBits = 96;

ip::address_v6::bytes_type as_v6_bytes(const ip::address& address) {
    if (address.is_v6()) return address.to_v6().to_bytes();
    return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

std::optional<ip::address> parse_address(std::string_view text) {
    boost::system::error_code error;
    const auto address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return unmapped(address);
}

// "1.2.3.4", "1.2.3.4:80", "2001:db8::1", "[2001:db8::1]" or "[2001:db8::1]:80".
std::optional<ip::address> parse_hop(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        return parse_address(text.substr(1, end - 1));
    }
    const auto colon = text.find(':');
    const bool has_port = colon != std::string_view::npos && colon == text.rfind(':');
    return parse_address(has_port ? text.substr(0, colon) : text);
}

bool shares_prefix(const ip::address_v6::bytes_type& a, const ip::address_v6::bytes_type& b,
                   unsigned bits) {
    for (unsigned i = 0; i < bits; ++i) {
        const auto mask = static_cast<unsigned char>(0x80U >> (i % 8));
        if ((a[i / 8] & mask) != (b[i / 8] & mask)) return false;
    }
    return true;
}

}  // namespace

ip::address unmapped(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    return address;
}

std::optional<Networks::Network> Networks::parse(const std::string& text) {
    const auto slash = text.find('/');
    const auto address = parse_address(std::string_view(text).substr(0, slash));
    if (!address) return std::nullopt;
    const unsigned width = address->is_v4() ? 32 : 128;
    unsigned bits = width;
    if (slash != std::string::npos) {
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
        if (error != std::errc{} || stop != end || bits > width) return std::nullopt;
    }
    return Network{as_v6_bytes(*address), bits + (128 - width)};
}

bool Networks::parses(const std::string& text) { return parse(text).has_value(); }

Networks::Networks(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        const auto network = parse(text);
        if (!network) throw std::invalid_argument("not an IP address or network: " + text);
        networks_.push_back(*network);
    }
}

bool Networks::contains(const ip::address& address) const {
    const auto bytes = as_v6_bytes(address);
    // "::/0" is all of IPv6: that IPv4 addresses are held in IPv6's form is our own matter.
    const unsigned least_bits = unmapped(address).is_v4() ? kMappedBits : 0;
    return std::ranges::any_of(networks_, [&](const Network& network) {
        return network.prefix_bits >= least_bits &&
               shares_prefix(network.bytes, bytes, network.prefix_bits);
    });
}

namespace {

// What the proxy next to us said: those further away, and the customer, can only stand before it.
std::string_view nearest_protocol(const Headers& headers) {
    std::string_view nearest;
    for (const auto& [name, value] : headers) {
        if (same_text(name, "x-forwarded-proto")) nearest = value;
    }
    return trimmed(nearest.substr(nearest.rfind(',') + 1));
}

}  // namespace

Origin origin_of(const ip::address& peer, const Headers& headers, const Networks& proxies) {
    if (!proxies.contains(peer)) return {.address = peer.to_string()};
    std::string hops;
    for (const auto& [name, value] : headers) {
        if (same_text(name, "x-forwarded-for")) hops.append(hops.empty() ? "" : ",").append(value);
    }
    ip::address nearest = peer;
    std::string_view rest = hops;
    while (!rest.empty() && proxies.contains(nearest)) {
        const auto comma = MUTANT("parse.left_most_hop") ? rest.find(',') : rest.rfind(',');
        const auto last = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
        const auto hop = parse_hop(last);
        if (!hop) break;  // What stands further left came through something we cannot name.
        nearest = *hop;
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    }
    return {.address = nearest.to_string(),
            .secure = same_text(nearest_protocol(headers), "https")};
}

}  // namespace imagify::http
