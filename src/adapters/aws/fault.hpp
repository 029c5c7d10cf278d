#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imagify::aws {

/// Why a service refused, as it says.
struct Fault {
    /// "ConditionalCheckFailedException", "NoSuchKey": without namespace. Where the service names
    /// none (an answer to HEAD), one made from the status: "NotFound", "HTTP 500".
    std::string code;
    std::string message;
};

/// Reads the fault of an answer that is no 2xx: JSON with `__type` (DynamoDB, SQS, Cognito, Secrets
/// Manager), X-Amzn-ErrorType (SES), XML with <Code> (S3). Takes any bytes; at most 200 bytes of
/// code and 1000 of message.
Fault read_fault(unsigned status, const std::vector<std::pair<std::string, std::string>>& headers,
                 std::string_view body);

/// What can be done about a fault.
enum class FaultClass {
    Final,        ///< The answer to this request; a repetition would be answered the same.
    Throttled,    ///< Nothing happened; later it may.
    ServerFault,  ///< It may have happened; a repetition may work.
    Skewed,       ///< Our clock and the server's differ too much.
    Credentials,  ///< Expired or unknown credentials, a wrong signature.
    Denied,       ///< Good credentials without the permission.
};

/// By status and code; text decides only where a service says "Signature expired" nowhere else.
FaultClass classify(unsigned status, const Fault& fault);

/// The text of the first <name> in `xml`, which holds no other element; entities are resolved.
/// Nothing when there is none, or it is longer than 1000 bytes.
std::optional<std::string> xml_text(std::string_view xml, std::string_view name);

/// The value of a header; empty when absent. `name` is in lower case.
std::string_view header_value(const std::vector<std::pair<std::string, std::string>>& headers,
                              std::string_view name);

}  // namespace imagify::aws
