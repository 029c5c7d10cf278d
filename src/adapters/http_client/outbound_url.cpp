#include "adapters/http_client/outbound_url.hpp"

#include <boost/url/parse.hpp>
#include <charconv>

namespace imagify {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

std::unexpected<Error> bad_url(std::string reason) {
    return fail(ErrorKind::Internal, "upstream.bad_request", "URL: " + std::move(reason));
}

// 0 when it is no port. Boost.URL takes the number modulo 65536.
std::uint16_t port_of(const boost::urls::url_view& url, bool tls) {
    const auto digits = url.port();
    if (digits.empty()) return tls ? kHttpsPort : kHttpPort;
    std::uint16_t port = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, port);
    return error == std::errc{} && stop == end ? port : 0;
}

}  // namespace

Result<OutboundUrl> parse_outbound_url(std::string_view url) {
    // Asked first: without "//" Boost.URL 1.81 asserts on some texts, such as "a:]".
    const auto scheme = url.substr(0, url.find("://"));
    if (scheme.size() == url.size() || scheme.contains(':')) return bad_url("malformed");
    const auto parsed = boost::urls::parse_uri({url.data(), url.size()});
    if (!parsed) return bad_url("malformed");
    const bool tls = parsed->scheme_id() == boost::urls::scheme::https;
    if (!tls && parsed->scheme_id() != boost::urls::scheme::http) return bad_url("scheme");
    if (parsed->has_userinfo()) return bad_url("user info");
    if (parsed->encoded_host().empty()) return bad_url("no host");
    if (parsed->encoded_host().contains('%')) return bad_url("host");
    // Boost.URL 1.81 reads "http://host:-1/" as the path "-1/"; a path behind a host starts with
    // '/'.
    const std::string path(parsed->encoded_path());
    if (!path.empty() && !path.starts_with('/')) return bad_url("port");
    const auto port = port_of(*parsed, tls);
    if (port == 0) return bad_url("port");
    OutboundUrl out{.tls = tls,
                    .host = parsed->host_address(),
                    .port = port,
                    .authority = std::string(parsed->encoded_host()),
                    .target = std::string(parsed->encoded_target())};
    if (port != (tls ? kHttpsPort : kHttpPort)) out.authority += ":" + std::to_string(port);
    if (!out.target.starts_with('/')) out.target.insert(0, "/");
    return out;
}

}  // namespace imagify
