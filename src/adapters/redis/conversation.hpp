#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http_client/connection.hpp"
#include "adapters/http_client/tls_trust.hpp"
#include "adapters/redis/redis_client.hpp"

namespace imagify::redis {

/// One command and its reply, on a kept connection or a new one. Used once, on an executor that
/// runs one thing at a time. What it refers to outlives it.
class Conversation {
public:
    struct Parts {
        const RedisSettings& settings;
        TlsTrust& trust;
        /// Names connections that may be shared.
        std::string connection_key;
    };
    Conversation(boost::asio::any_io_executor executor, Parts parts);

    Task<Result<Reply>> run(std::vector<std::string> words);

private:
    Task<Result<void>> open();
    Task<Result<void>> introduce();
    Task<Result<Reply>> exchange(std::string command);
    Task<Result<Reply>> exchange_again(std::string command);
    void expire();
    std::unexpected<Error> failure(std::string_view step,
                                   const boost::system::error_code& error = {}) const;

    boost::asio::any_io_executor executor_;
    Parts parts_;
    std::unique_ptr<Connection> connection_;
    /// Ends a wait that is not on the connection.
    std::function<void()> stop_waiting_;
    bool expired_ = false;
};

}  // namespace imagify::redis
