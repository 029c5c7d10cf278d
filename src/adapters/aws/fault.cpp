#include "adapters/aws/fault.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <span>

#include "base/mutant.hpp"

namespace imagify::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kCodeMaxBytes = 200;
constexpr std::size_t kMessageMaxBytes = 1'000;

bool is_one_of(std::string_view code, std::span<const std::string_view> codes) {
    return std::ranges::find(codes, code) != codes.end();
}

// The lists of the AWS SDKs' standard retry mode.
constexpr auto kThrottled = std::to_array<std::string_view>(
    {"ThrottlingException", "Throttling", "ThrottledException", "RequestThrottledException",
     "RequestThrottled", "TooManyRequestsException", "ProvisionedThroughputExceededException",
     "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete",
     "ConditionalRequestConflict"});
// The same transaction is still on its way: its outcome is open.
constexpr auto kServerFault = std::to_array<std::string_view>(
    {"TransactionInProgressException", "InternalServerError", "InternalFailure", "InternalError",
     "RequestTimeout", "RequestTimeoutException", "ServiceUnavailable"});
constexpr auto kSkewed = std::to_array<std::string_view>(
    {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"});
constexpr auto kCredentials = std::to_array<std::string_view>(
    {"ExpiredToken", "ExpiredTokenException", "InvalidToken", "UnrecognizedClientException",
     "InvalidClientTokenId", "InvalidAccessKeyId", "SignatureDoesNotMatch",
     "InvalidSignatureException", "IncompleteSignature", "IncompleteSignatureException",
     "MissingAuthenticationToken", "MissingAuthenticationTokenException"});
constexpr auto kDenied =
    std::to_array<std::string_view>({"AccessDenied", "AccessDeniedException", "AllAccessDisabled",
                                     "OptInRequired", "KMSAccessDeniedException"});

// "com.amazonaws.dynamodb.v20120810#Name", "Name:http://internal.amazon.com/..."
std::string bare(std::string_view type) {
    type = type.substr(0, type.find(':'));
    const auto hash = type.rfind('#');
    if (hash != std::string_view::npos) type.remove_prefix(hash + 1);
    return std::string(
        type.substr(0, MUTANT("parse.fault_length") ? 2 * kCodeMaxBytes : kCodeMaxBytes));
}

std::string text_member(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return std::string(std::string_view(value->get_string()).substr(0, kMessageMaxBytes));
}

void read_json(std::string_view body, Fault& fault) {
    boost::system::error_code error;
    const auto value = json::parse({body.data(), body.size()}, error);
    if (error || !value.is_object()) return;
    const auto& object = value.get_object();
    auto type = text_member(object, "__type");
    if (type.empty()) type = text_member(object, "code");
    if (fault.code.empty()) fault.code = bare(type);
    fault.message = text_member(object, "message");
    if (fault.message.empty()) fault.message = text_member(object, "Message");
}

// A server that looks at the time of a signature tells so in the text alone.
bool speaks_of_time(std::string_view message) {
    return message.contains("Signature expired") || message.contains("Signature not yet current");
}

std::string code_of(unsigned status) {
    switch (status) {
        case 304: return "NotModified";
        case 403: return "AccessDenied";
        case 404: return "NotFound";
        case 412: return "PreconditionFailed";
        default: return "HTTP " + std::to_string(status);
    }
}

// The five entities of XML and numbers below 128; anything else stays as it is written.
std::string unescaped(std::string_view text) {
    constexpr auto kEntities = std::to_array<std::pair<std::string_view, char>>(
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}});
    std::string out;
    while (!text.empty()) {
        const auto found = std::ranges::find_if(
            kEntities, [&](const auto& entity) { return text.starts_with(entity.first); });
        const bool is_entity = found != kEntities.end();
        out += is_entity ? found->second : text.front();
        text.remove_prefix(is_entity ? found->first.size() : 1);
    }
    return out;
}

}  // namespace

std::string_view header_value(const std::vector<std::pair<std::string, std::string>>& headers,
                              std::string_view name) {
    const auto found =
        std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::string> xml_text(std::string_view xml, std::string_view name) {
    const auto open = '<' + std::string(name) + '>';
    const auto start = xml.find(open);
    if (start == std::string_view::npos) return std::nullopt;
    const auto rest = xml.substr(start + open.size());
    const auto end = rest.find('<');
    if (end > kMessageMaxBytes) return std::nullopt;  // npos is more than that, too
    if (!rest.substr(end).starts_with("</" + std::string(name) + '>')) return std::nullopt;
    return unescaped(rest.substr(0, end));
}

Fault read_fault(unsigned status, const std::vector<std::pair<std::string, std::string>>& headers,
                 std::string_view body) {
    Fault fault{.code = bare(header_value(headers, "x-amzn-errortype")), .message = {}};
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && body[first] == '{') read_json(body, fault);
    if (first != std::string_view::npos && body[first] == '<') {
        if (fault.code.empty()) fault.code = bare(xml_text(body, "Code").value_or(""));
        fault.message = xml_text(body, "Message").value_or("");
    }
    if (fault.code.empty()) fault.code = code_of(status);
    return fault;
}

FaultClass classify(unsigned status, const Fault& fault) {
    const auto& code = fault.code;
    if (is_one_of(code, kThrottled) || status == 429) return FaultClass::Throttled;
    if (is_one_of(code, kSkewed)) return FaultClass::Skewed;
    if (code == "InvalidSignatureException" && speaks_of_time(fault.message))
        return FaultClass::Skewed;
    if (is_one_of(code, kCredentials)) return FaultClass::Credentials;
    if (is_one_of(code, kDenied)) return FaultClass::Denied;
    if (is_one_of(code, kServerFault) || status >= 500) return FaultClass::ServerFault;
    return FaultClass::Final;
}

}  // namespace imagify::aws
