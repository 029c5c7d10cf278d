#include <nlohmann/json.hpp>

#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/lambda/base64.hpp"
#include "transport/lambda/event.hpp"

namespace imagify::fuzz {
namespace {

bool is_plain(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

bool is_json(std::string_view text) {
    try {
        static_cast<void>(nlohmann::json::parse(text));
        return true;
    } catch (const nlohmann::json::out_of_range&) {
        return true;  // 1e999 is JSON that no double holds.
    } catch (const nlohmann::json::parse_error&) {
        return false;
    }
}

// What no socket would carry, no event may bring.
void check_request(const lambda::HttpEvent& event) {
    if (event.refusal) return;
    const auto& request = event.request;
    require(request.path.starts_with('/'), "a path");
    require(is_plain(request.path) && !request.path.contains(' ') && !request.path.contains('?'),
            "a path without a query");
    require(is_plain(request.query) && !request.query.contains(' '), "a query on one line");
    require(request.path.size() + 1 + request.query.size() <= lambda::kTargetMaxBytes,
            "a short target");
    require(request.headers.size() <= lambda::kFieldsMax, "few headers");
    require(request.body.size() <= lambda::kBodyMaxBytes, "a short body");
    for (const auto& [name, value] : request.headers) {
        require(!name.empty() && is_plain(name) && !name.contains(':') && !name.contains(' '),
                "a header's name");
        require(is_plain(value), "a header on one line");
    }
    require(!request.client_address.empty(), "somebody called");
}

}  // namespace

void read_lambda_event(std::string_view input) {
    const auto event = lambda::read_event(input);
    if (!event) return;
    require(is_json(input), "the second parser takes what we take");
    if (const auto* request = std::get_if<lambda::HttpEvent>(&*event)) check_request(*request);
}

std::vector<std::string> lambda_event_seeds() {
    std::string texts = "\"1\"";
    for (std::size_t i = 0; i < lambda::kFieldsMax; ++i) texts += ",\"1\"";
    return {R"({"httpMethod":"GET","path":"/a","multiValueHeaders":{"a":[)" + texts + "]}}",
            R"({"httpMethod":"POST","path":"/a b","queryStringParameters":{"q":"m&"},)"
            R"("body":"Zg==","isBase64Encoded":true,)"
            R"("requestContext":{"identity":{"sourceIp":"1.2.3.4"},"requestId":"r"}})",
            R"({"version":"2.0","rawPath":"/prod/a","rawQueryString":"a=1","cookies":["a=b"],)"
            R"("headers":{"host":"h"},"requestContext":{"stage":"prod","http":)"
            R"({"method":"GET","sourceIp":"::1"}}})",
            R"({"Records":[{"eventSource":"aws:sqs","messageId":"m","body":"b"}]})",
            R"({"source":"aws.events","detail":1e999})",
            R"({"imagify":"reap"})"};
}

std::vector<std::string> base64_seeds() { return {"Zg==", "Zm8=", "Zm9v"}; }

void read_base64(std::string_view input) {
    const auto bytes = lambda::base64_decode(input);
    if (!bytes) return;
    const auto digits = std::min(input.find('='), input.size());
    const auto padding = input.size() - digits;
    require(bytes->size() == input.size() / 4 * 3 - padding, "as many bytes as the digits hold");
    // Only the unused bits before the padding may differ.
    const auto used = digits - (padding > 0 ? 1 : 0);
    const auto again = lambda::base64_encode(*bytes);
    require(std::string_view(again).substr(0, used) == input.substr(0, used), "the same digits");
}

}  // namespace imagify::fuzz
