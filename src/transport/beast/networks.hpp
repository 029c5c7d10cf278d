#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transport/http/message.hpp"

namespace imagify::http {

/// A set of IP networks, e.g. the proxies whose word about the customer's address is believed.
class Networks {
public:
    /// Each text is an address or a network in CIDR form: "10.0.0.0/8", "::1".
    /// Throws std::invalid_argument that names the text that is neither.
    explicit Networks(const std::vector<std::string>& texts);

    /// True for a text that the constructor takes.
    static bool parses(const std::string& text);

    bool contains(const boost::asio::ip::address& address) const;

private:
    struct Network {
        boost::asio::ip::address_v6::bytes_type bytes;
        unsigned prefix_bits;
    };
    static std::optional<Network> parse(const std::string& text);
    std::vector<Network> networks_;
};

/// Who is behind a request, and whether their side of it is TLS.
struct Origin {
    std::string address;
    bool secure = false;
};

/// The right-most hop of X-Forwarded-For that is not in `proxies`, when the peer itself is one of
/// them; else the peer: whoever is not trusted can write any hop. `secure` follows the right-most
/// value of X-Forwarded-Proto under the same condition. Forwarded (RFC 7239) is not looked at.
Origin origin_of(const boost::asio::ip::address& peer, const Headers& headers,
                 const Networks& proxies);

/// The plain form of an IPv4 address that came through an IPv6 socket; others unchanged.
boost::asio::ip::address unmapped(const boost::asio::ip::address& address);

}  // namespace imagify::http
