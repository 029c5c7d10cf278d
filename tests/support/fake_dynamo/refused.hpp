#pragma once

#include <boost/json.hpp>
#include <stdexcept>
#include <string>

namespace imagify::testing::dynamo {

/// An answer of DynamoDB that is no success.
class Refused : public std::runtime_error {
public:
    Refused(std::string type, const std::string& message, boost::json::object extra = {})
        : std::runtime_error(message), type_(std::move(type)), extra_(std::move(extra)) {}

    /// "ConditionalCheckFailedException", without namespace.
    const std::string& type() const { return type_; }
    /// Further members of the answer: Item, CancellationReasons.
    const boost::json::object& extra() const { return extra_; }

private:
    std::string type_;
    boost::json::object extra_;
};

/// The request breaks a rule; nothing was looked at.
[[noreturn]] inline void invalid(const std::string& message) {
    throw Refused("ValidationException", message);
}

}  // namespace imagify::testing::dynamo
