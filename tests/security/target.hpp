#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crash/server_process.hpp"

namespace imagify::testing {

/// The real program, running on a folder of its own.
class Target {
public:
    /// `environment` ("NAME=value") comes on top.
    explicit Target(std::vector<std::string> environment = {});

    std::uint16_t port() const { return server_.port(); }
    const ServerProcess& server() const { return server_; }
    /// What it has in memory now.
    std::int64_t resident_bytes() const;
    /// The most it ever had.
    std::int64_t peak_bytes() const;
    /// True when it answers an ordinary request with 200.
    bool serves() const;

private:
    ServerProcess server_;
};

/// The first bytes of a message, with what cannot be printed as "\x0d".
std::string printable(const std::string& bytes);

}  // namespace imagify::testing
