#include "adapters/redis/redis_url.hpp"

#include <boost/url/parse.hpp>
#include <charconv>

namespace imagify::redis {
namespace {

constexpr std::size_t kUrlMaxBytes = 1'024;

std::unexpected<Error> bad_url(std::string reason) {
    return fail(ErrorKind::Invalid, "redis.bad_url", std::move(reason));
}

// Boost.URL takes a port modulo 65536.
std::optional<std::uint16_t> number_of(std::string_view digits) {
    std::uint16_t number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

}  // namespace

std::string RedisServer::name() const {
    return std::string(tls ? "rediss" : "redis") + "://" + host + ':' + std::to_string(port) + '/' +
           std::to_string(database);
}

Result<RedisServer> parse_redis_url(std::string_view text) {
    if (text.size() > kUrlMaxBytes) return bad_url("has more than 1024 bytes");
    // Asked first: without "//" Boost.URL 1.81 asserts on some texts, such as "a:]".
    const auto scheme = text.substr(0, text.find("://"));
    RedisServer server{.tls = scheme == "rediss" || scheme == "valkeys", .host = {}};
    if (!server.tls && scheme != "redis" && scheme != "valkey") {
        return bad_url("starts with redis:// or rediss:// (with TLS)");
    }
    const auto url = boost::urls::parse_uri({text.data(), text.size()});
    if (!url) return bad_url("is no URL; special characters in the password are percent-encoded");
    if (url->encoded_host().empty()) return bad_url("names no host");
    if (url->has_query() || url->has_fragment()) return bad_url("has nothing after the database");
    if (url->has_port()) {
        const auto port = number_of({url->port().data(), url->port().size()});
        if (!port || *port == 0) return bad_url("has a port from 1 to 65535");
        server.port = *port;
    }
    std::string_view path(url->encoded_path().data(), url->encoded_path().size());
    if (path.starts_with('/')) path.remove_prefix(1);
    if (!path.empty()) {
        const auto database = number_of(path);
        if (!database) return bad_url("ends with the number of a database, such as /0");
        server.database = *database;
    }
    server.host = url->host_address();
    server.user = url->user();
    server.password = Secret(url->password());
    if (!server.user.empty() && server.password.empty()) return bad_url("has a user, no password");
    return server;
}

}  // namespace imagify::redis
