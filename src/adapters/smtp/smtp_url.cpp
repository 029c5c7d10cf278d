#include "adapters/smtp/smtp_url.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/url/grammar/ci_string.hpp>
#include <boost/url/parse.hpp>
#include <charconv>

namespace imagify {
namespace {

constexpr std::uint16_t kSubmissionPort = 587;   // RFC 6409
constexpr std::uint16_t kSubmissionsPort = 465;  // RFC 8314

std::unexpected<Error> bad_url(std::string reason) {
    return fail(ErrorKind::Invalid, "smtp.bad_url", std::move(reason));
}

// NUL separates the parts of AUTH PLAIN; the other control characters are mistakes.
bool is_credential(std::string_view text) {
    return text.size() <= kSmtpCredentialMaxBytes && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

// 0 when it is no port. Boost.URL takes the number modulo 65536.
std::uint16_t port_of(std::string_view digits, std::uint16_t fallback) {
    if (digits.empty()) return fallback;
    std::uint16_t port = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, port);
    return error == std::errc{} && stop == end ? port : 0;
}

}  // namespace

bool SmtpServer::is_loopback() const {
    if (host == "localhost") return true;
    boost::system::error_code not_an_address;
    const auto address = boost::asio::ip::make_address(host, not_an_address);
    return !not_an_address && address.is_loopback();
}

Result<SmtpServer> parse_smtp_url(std::string_view text) {
    if (text.size() > kSmtpUrlMaxBytes) return bad_url("has more than 1024 bytes");
    // Asked first: without "//" Boost.URL 1.81 asserts on some texts, such as "a:]".
    const auto scheme = text.substr(0, text.find("://"));
    if (scheme.size() == text.size() || scheme.contains(':')) {
        return bad_url("is no URL; it starts with smtp:// or smtps://");
    }
    const auto url = boost::urls::parse_uri({text.data(), text.size()});
    if (!url) return bad_url("is no URL; special characters in the password are percent-encoded");
    const bool implicit = boost::urls::grammar::ci_is_equal(url->scheme(), "smtps");
    if (!implicit && !boost::urls::grammar::ci_is_equal(url->scheme(), "smtp"))
        return bad_url("starts with smtp:// or smtps://");
    if (url->encoded_host().empty() || url->encoded_host().contains('%')) {
        return bad_url("names no host");
    }
    if ((!url->encoded_path().empty() && url->encoded_path() != "/") || url->has_query() ||
        url->has_fragment()) {
        return bad_url("has nothing after the port");
    }
    const std::string_view digits(url->port().data(), url->port().size());
    const auto port = port_of(digits, implicit ? kSubmissionsPort : kSubmissionPort);
    if (port == 0) return bad_url("has a port from 1 to 65535");
    SmtpServer server{.tls = implicit ? SmtpTls::Implicit : SmtpTls::StartTls,
                      .host = url->host_address(),
                      .port = port,
                      .user = url->user(),
                      .password = Secret(url->password())};
    if (!is_credential(server.user) || !is_credential(server.password.reveal())) {
        return bad_url(
            "has a user and a password of at most 255 bytes, without control characters");
    }
    if (server.user.empty() != server.password.empty()) {
        return bad_url("has both a user and a password, or neither");
    }
    return server;
}

}  // namespace imagify
