#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace imagify {

/// What a browser keeps after a log-in, so that strangers who guess at its owner's password cannot
/// lock it out. Proves nothing else. Pure CPU. Safe from several threads.
class DeviceTokens {
public:
    virtual ~DeviceTokens() = default;

    /// A new token for a browser in which the user has just logged in.
    virtual std::string issue(const UserId& user) = 0;

    /// The device's name when the user has logged in there, or nothing.
    virtual std::optional<std::string> device_of(const UserId& user,
                                                 std::string_view token) const = 0;
};

}  // namespace imagify
