#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transport/http/message.hpp"

namespace imagify::http {

/// What a caller says about the trace that its request belongs to (W3C Trace Context, traceparent).
struct TraceContext {
    /// 32 digits.
    std::string trace_id;
    /// 2 digits.
    std::string flags;
};

/// Nothing when the request names no trace, or not exactly one, or names it wrongly: then there is
/// none (W3C Trace Context, 3.2).
std::optional<TraceContext> trace_context(const Headers& headers);

/// The `traceresponse` field: the caller's trace, and our part in it, which is named after the
/// request.
std::string trace_response(const TraceContext& trace, std::string_view request_id);

}  // namespace imagify::http
