#include "adapters/xray/trace.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace imagify::xray {
namespace {

namespace json = boost::json;

constexpr std::size_t kRootLength = 35;
constexpr std::size_t kIdLength = 16;
constexpr std::string_view kHex = "0123456789abcdef";

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return kHex.contains(c); });
}

bool is_root(std::string_view text) {
    return text.size() == kRootLength && text.starts_with("1-") && text[10] == '-' &&
           is_hex(text.substr(2, 8)) && is_hex(text.substr(11));
}

struct Named {
    std::string_view part;
    std::string_view name;
};

// Part of a host name -> what it is called. The first that fits.
constexpr Named kServices[] = {{"dynamodb", "DynamoDB"}, {"s3.", "S3"},
                               {"sqs.", "SQS"},          {"email.", "SES"},
                               {"cognito-", "Cognito"},  {"secretsmanager.", "Secrets Manager"},
                               {"clipdrop", "ClipDrop"}, {"vnpay", "VNPAY"}};

bool is_aws(std::string_view site) { return site.contains(".amazonaws.com"); }

double seconds(TimePoint time) { return static_cast<double>(to_unix_ms(time)) / 1'000; }

}  // namespace

std::optional<TraceHeader> read_sampled(std::string_view header) {
    TraceHeader trace;
    bool sampled = false;
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        const auto part = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        if (part.starts_with("Root=")) trace.root = part.substr(5);
        if (part.starts_with("Parent=")) trace.parent = part.substr(7);
        if (part == "Sampled=1") sampled = true;
    }
    const bool valid =
        is_root(trace.root) && trace.parent.size() == kIdLength && is_hex(trace.parent);
    if (!sampled || !valid) return std::nullopt;
    return trace;
}

std::string root_of(std::string_view header) {
    const auto start = header.find("Root=");
    if (start == std::string_view::npos) return {};
    const auto root = header.substr(start + 5, kRootLength);
    return is_root(root) ? std::string(root) : std::string();
}

std::string w3c_trace_id(std::string_view root) {
    if (!is_root(root)) return {};
    return std::string(root.substr(2, 8)).append(root.substr(11));
}

std::string service_of(std::string_view site) {
    const auto scheme = site.find("://");
    const auto host = scheme == std::string_view::npos ? site : site.substr(scheme + 3);
    for (const auto& [part, name] : kServices) {
        if (host.contains(part)) return std::string(name);
    }
    return std::string(host);
}

void Tracer::report(const Call& call) noexcept {
    if (!trace_) return;
    try {
        daemon_.send(document(call));
    } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; a trace is not worth a request.
    }
}

std::string Tracer::document(const Call& call) {
    std::array<std::byte, kIdLength / 2> bytes{};
    random_.fill(bytes);
    std::string id;
    for (const auto byte : bytes) {
        id += kHex[static_cast<unsigned>(byte) >> 4U];
        id += kHex[static_cast<unsigned>(byte) & 15U];
    }
    json::object http{{"request", {{"method", call.method}, {"url", call.site}}}};
    if (call.status != 0) http["response"] = {{"status", call.status}};
    json::object segment{{"name", service_of(call.site)},
                         {"id", id},
                         {"trace_id", trace_->root},
                         {"parent_id", trace_->parent},
                         {"type", "subsegment"},
                         {"start_time", seconds(call.started)},
                         {"end_time", seconds(call.ended)},
                         {"namespace", is_aws(call.site) ? "aws" : "remote"},
                         {"http", std::move(http)}};
    if (call.status == 429) segment["throttle"] = true;
    if (call.status / 100 == 4) segment["error"] = true;
    if (call.status == 0 || call.status / 100 == 5) segment["fault"] = true;
    if (!call.operation.empty()) segment["aws"] = {{"operation", call.operation}};
    return json::serialize(segment);
}

}  // namespace imagify::xray
