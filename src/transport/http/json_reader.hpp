#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Reads the listed fields of a JSON body, and nothing else, with strict types. Collects what is
/// wrong, one code per field, so that a form learns of all its mistakes at once.
class JsonReader {
public:
    /// Errors: UnsupportedType `request.unsupported_media_type`; Malformed `request.malformed` (not
    /// JSON, not an object, nested deeper than 32, a repeated key).
    static Result<JsonReader> open(const Request& request);

    /// A string; missing is "required".
    std::string text(std::string_view name);
    /// A string, or nothing when it is missing or null.
    std::optional<std::string> optional_text(std::string_view name);
    /// A whole number within [low, high], or nothing when it is missing or null.
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t low,
                                                 std::int64_t high);

    /// Notes that a value, though of the right type, is not taken.
    void reject(std::string_view name, std::string_view code);

    /// Errors: Invalid `validation.failed` with what was collected.
    Result<void> finish() const;

private:
    explicit JsonReader(boost::json::object object) : object_(std::move(object)) {}

    boost::json::object object_;
    Error error_{.kind = ErrorKind::Invalid, .code = "validation.failed"};
};

}  // namespace imagify::http
