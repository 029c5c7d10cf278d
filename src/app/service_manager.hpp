#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/environment.hpp"

namespace imagify {

/// What systemd wants to hear from a service of Type=notify (sd_notify(3)): one datagram a word to
/// the socket that NOTIFY_SOCKET names. Without that variable nothing is sent; a socket that does
/// not answer changes nothing.
class ServiceManager {
public:
    explicit ServiceManager(const Environment& environment);

    /// The port is open and the books are read.
    void ready(std::string_view url) const;
    void stopping() const;
    /// The event loop still turns.
    void alive() const;
    /// How often `alive` is due: half of what the unit's WatchdogSec allows.
    std::optional<std::chrono::milliseconds> alive_every() const { return alive_every_; }

private:
    void send(std::string_view words) const;

    std::string socket_;
    std::optional<std::chrono::milliseconds> alive_every_;
};

}  // namespace imagify
