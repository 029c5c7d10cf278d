#include <boost/algorithm/string.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <stdexcept>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/beast/networks.hpp"

namespace imagify::fuzz {
namespace {

namespace ip = boost::asio::ip;

std::vector<std::string> split(std::string_view text, const char* separators) {
    std::vector<std::string> parts;
    boost::split(parts, text, boost::is_any_of(separators));
    return parts;
}

// By Asio's own networks.
bool is_inside(const ip::address& address, const std::string& text) {
    boost::system::error_code failed;
    const auto name = text.substr(0, text.find('/'));
    const auto network = http::unmapped(ip::make_address(name, failed));
    if (failed || network.is_v4() != address.is_v4()) return false;
    const bool has_prefix = text.contains('/');
    const int bits = has_prefix ? std::stoi(text.substr(text.find('/') + 1)) : 128;
    if (network.is_v4()) {
        const auto prefix = static_cast<unsigned short>(std::min(bits, 32));
        return ip::network_v4(network.to_v4(), prefix).canonical() ==
               ip::network_v4(address.to_v4(), prefix).canonical();
    }
    // Without the scope: the interface through which a link-local address is reached.
    const auto prefix = static_cast<unsigned short>(bits);
    const auto of = [prefix](const ip::address& one) {
        return ip::network_v6(ip::address_v6(one.to_v6().to_bytes()), prefix).canonical();
    };
    return of(network) == of(address);
}

std::optional<ip::address> read_hop(std::string text) {
    boost::trim_if(text, boost::is_any_of(" \t"));
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string::npos) return std::nullopt;
        text = text.substr(1, end - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text.resize(text.find(':'));
    }
    boost::system::error_code failed;
    const auto address = ip::make_address(text, failed);
    if (failed) return std::nullopt;
    return http::unmapped(address);
}

}  // namespace

void read_proxies(std::string_view input) {
    const auto trusted = split(take_line(input), ",");
    boost::system::error_code failed;
    const auto peer = http::unmapped(ip::make_address(std::string(take_line(input)), failed));
    std::optional<http::Networks> networks;
    try {
        networks.emplace(trusted);
    } catch (const std::invalid_argument&) {
        return;
    }
    if (failed) return;
    const auto is_trusted = [&](const ip::address& address) {
        return std::ranges::any_of(trusted,
                                   [&](const auto& one) { return is_inside(address, one); });
    };
    require(networks->contains(peer) == is_trusted(peer), "Asio sees the same network");
    http::Headers headers;
    std::string hops;
    while (!input.empty()) {
        const auto value = take_line(input);
        headers.add("X-Forwarded-For", std::string(value));
        hops += (hops.empty() ? "" : ",") + std::string(value);
    }
    auto expected = peer;
    auto list = split(hops, ",");
    if (hops.empty()) list.clear();
    while (is_trusted(expected) && !list.empty()) {
        const auto hop = read_hop(list.back());
        if (!hop) break;
        expected = *hop;
        list.pop_back();
    }
    require(http::origin_of(peer, headers, *networks).address == expected.to_string(),
            "the right-most hop that nobody vouches for");
}

}  // namespace imagify::fuzz
