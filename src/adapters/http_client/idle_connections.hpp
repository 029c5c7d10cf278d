#pragma once

#include <boost/asio/execution_context.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/http_client/connection.hpp"

namespace imagify {

/// Connections between two requests. Belongs to an execution context and ends with it, so that no
/// socket outlives what it runs on. Safe from several threads.
class IdleConnections : public boost::asio::execution_context::service {
public:
    static boost::asio::execution_context::id id;

    explicit IdleConnections(boost::asio::execution_context& context)
        : boost::asio::execution_context::service(context) {}

    /// The connection for `key` that was used last and is still good, or null.
    std::unique_ptr<Connection> take(const std::string& key);

    /// Keeps the connection until `until`, or less long when there are too many.
    void put(std::string key, std::unique_ptr<Connection> connection,
             std::chrono::steady_clock::time_point until);

private:
    struct Idle {
        std::string key;
        std::unique_ptr<Connection> connection;
        std::chrono::steady_clock::time_point until;
    };

    void shutdown() override;
    void drop_expired();

    std::mutex mutex_;
    std::list<Idle> idle_;  ///< Most recently used first.
};

}  // namespace imagify
