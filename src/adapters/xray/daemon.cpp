#include "adapters/xray/daemon.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/udp.hpp>
#include <charconv>

namespace imagify::xray {
namespace {

namespace asio = boost::asio;

// AWS: "Sending segment documents to the X-Ray daemon".
constexpr std::string_view kHeader = "{\"format\": \"json\", \"version\": 1}\n";

std::string_view udp_part(std::string_view address) {
    const auto at = address.find("udp:");
    if (at == std::string_view::npos) return address;
    address.remove_prefix(at + 4);
    return address.substr(0, address.find(' '));
}

}  // namespace

Result<std::unique_ptr<Daemon>> Daemon::open(std::string_view address) {
    const auto text = udp_part(address);
    const auto colon = text.rfind(':');
    std::uint16_t port = 0;
    const auto digits = text.substr(std::min(colon, text.size()));
    const auto* const end = digits.data() + digits.size();
    if (!digits.empty()) std::from_chars(digits.data() + 1, end, port);
    boost::system::error_code failed;
    const auto host = asio::ip::make_address(std::string(text.substr(0, colon)), failed);
    if (failed || port == 0) {
        return fail(
            ErrorKind::Invalid, "trace.bad_address",
            "AWS_XRAY_DAEMON_ADDRESS is an IP address and a port, not " + std::string(address));
    }
    const asio::ip::udp::endpoint endpoint(host, port);
    const int socket =
        ::socket(endpoint.protocol().family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) return fail(ErrorKind::Unavailable, "trace.no_socket");
    // To whom nobody listens a datagram is still sent.
    if (::connect(socket, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
        ::close(socket);
        return fail(ErrorKind::Unavailable, "trace.no_socket", std::string(address));
    }
    return std::unique_ptr<Daemon>(new Daemon(socket));
}

Daemon::~Daemon() { ::close(socket_); }

void Daemon::send(std::string_view document) const noexcept {
    // Two pieces, one datagram, and no memory that could be missing.
    iovec pieces[] = {{const_cast<char*>(kHeader.data()), kHeader.size()},
                      {const_cast<char*>(document.data()), document.size()}};
    msghdr message{};
    message.msg_iov = pieces;
    message.msg_iovlen = std::size(pieces);
    [[maybe_unused]] const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace imagify::xray
