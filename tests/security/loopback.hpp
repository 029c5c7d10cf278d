#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imagify::testing {

/// What came back on one connection.
struct Returned {
    std::string bytes;
    /// From the last byte sent to the end of the connection.
    std::chrono::microseconds took{};
    /// True when the connection had not ended after `kPatience`.
    bool hung = false;

    /// The status of each final answer in turn.
    std::vector<unsigned> statuses() const;
};

/// Half of the server's shortest time-out: what ends later was ended by that, not by an answer.
inline constexpr std::chrono::seconds kPatience{5};

/// A connected socket from 127.0.0.`from`, so that one machine can be many clients; -1 when the
/// server does not take it. The caller closes it.
int connect_from(unsigned from, std::uint16_t port);

/// Takes what `next` gives until it gives nothing, sends each on a connection of its own, says that
/// no more will come, and hands over what came back; `at_once` connections at a time, by turns
/// from 100 client addresses. One thread.
void exchange_all(std::uint16_t port, std::size_t at_once,
                  const std::function<std::optional<std::string>()>& next,
                  const std::function<void(const std::string& sent, const Returned&)>& done);

/// The same for one.
Returned exchange_one(std::uint16_t port, const std::string& bytes);

}  // namespace imagify::testing
