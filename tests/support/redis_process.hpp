#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace imagify::testing {

/// A Redis (or Valkey) of its own on 127.0.0.1, which keeps nothing and ends with this object.
class RedisProcess {
public:
    /// `options` of redis-server besides; "{port}" in them is the port, which is plain TCP unless
    /// they say otherwise.
    explicit RedisProcess(std::vector<std::string> options = {"--port", "{port}"});
    ~RedisProcess();
    RedisProcess(const RedisProcess&) = delete;
    RedisProcess& operator=(const RedisProcess&) = delete;

    /// Whether it runs; else the tests cannot: redis-server is in tools/packages.txt.
    bool is_up() const { return up_; }
    unsigned port() const { return port_; }
    /// "redis://127.0.0.1:<port>".
    std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }
    /// Ends it at once.
    void stop();

private:
    unsigned port_ = 0;
    pid_t process_ = -1;
    int output_ = -1;
    bool up_ = false;
};

}  // namespace imagify::testing
