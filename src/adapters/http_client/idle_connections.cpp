#include "adapters/http_client/idle_connections.hpp"

#include <algorithm>

namespace imagify {
namespace {

constexpr std::size_t kMaxIdle = 32;

}  // namespace

boost::asio::execution_context::id IdleConnections::id;

std::unique_ptr<Connection> IdleConnections::take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    drop_expired();
    for (;;) {
        const auto found = std::ranges::find(idle_, key, &Idle::key);
        if (found == idle_.end()) return nullptr;
        auto connection = std::move(found->connection);
        idle_.erase(found);
        if (connection->is_quiet()) return connection;
    }
}

void IdleConnections::put(std::string key, std::unique_ptr<Connection> connection,
                          std::chrono::steady_clock::time_point until) {
    const std::lock_guard lock(mutex_);
    drop_expired();
    idle_.push_front({std::move(key), std::move(connection), until});
    if (idle_.size() > kMaxIdle) idle_.pop_back();
}

void IdleConnections::drop_expired() {
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(idle_, [now](const Idle& idle) { return idle.until <= now; });
}

void IdleConnections::shutdown() {
    const std::lock_guard lock(mutex_);
    idle_.clear();
}

}  // namespace imagify
