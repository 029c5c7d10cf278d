#pragma once

#include <string>
#include <utility>

namespace imagify {

/// A string that never prints itself: no stream operator, no formatter, no implicit conversion.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}

    /// The bytes, for the one call that needs them. Do not store or log what it returns.
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

}  // namespace imagify
