#include "transport/http/trace_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace imagify::http {
namespace {

// "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
constexpr std::size_t kLength = 55;
constexpr std::string_view kNoTrace = "00000000000000000000000000000000";
constexpr std::string_view kNoParent = "0000000000000000";

bool is_hex(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// FNV-1a: spread, not secret.
std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return value;
}

}  // namespace

std::optional<TraceContext> trace_context(const Headers& headers) {
    if (headers.count("traceparent") != 1) return std::nullopt;
    const auto text = headers.get("traceparent");
    if (text.size() < kLength) return std::nullopt;
    const auto version = text.substr(0, 2);
    const auto trace = text.substr(3, 32);
    const auto parent = text.substr(36, 16);
    const auto flags = text.substr(53, 2);
    const bool shaped = text[2] == '-' && text[35] == '-' && text[52] == '-' && is_hex(version) &&
                        is_hex(trace) && is_hex(parent) && is_hex(flags);
    // A later version may append fields.
    const bool ends =
        version == "00" ? text.size() == kLength : text.size() == kLength || text[kLength] == '-';
    if (!shaped || !ends || version == "ff" || trace == kNoTrace || parent == kNoParent) {
        return std::nullopt;
    }
    return TraceContext{.trace_id = std::string(trace), .flags = std::string(flags)};
}

std::string trace_response(const TraceContext& trace, std::string_view request_id) {
    return fmt::format("00-{}-{:016x}-{}", trace.trace_id, hash(request_id) | 1U, trace.flags);
}

}  // namespace imagify::http
