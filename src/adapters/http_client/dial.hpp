#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http_client/connection.hpp"

namespace imagify {

/// A connection on its way to a host: its name is looked up, its addresses are tried in turn. Used
/// once, by one coroutine, on an executor that runs one thing at a time.
class Dial {
public:
    /// `connection` outlives it.
    Dial(boost::asio::any_io_executor executor, Connection& connection);

    /// Nothing when the connection is made. `host` is a name or an IP address.
    Task<Connection::ErrorCode> run(std::string host, std::uint16_t port);

    /// Ends `run` soon, with an error.
    void stop();

    /// What `run` does or did last: "resolve" or "connect".
    std::string_view step() const { return step_; }

private:
    struct Lookup;
    using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    Task<Connection::ErrorCode> resolve(std::string host, std::uint16_t port, Endpoints& endpoints);

    boost::asio::any_io_executor executor_;
    Connection& connection_;
    /// Shared with the resolver: nobody can stop a look-up, only stop waiting for it.
    std::shared_ptr<Lookup> lookup_;
    std::string_view step_ = "resolve";
    bool stopped_ = false;
};

}  // namespace imagify
