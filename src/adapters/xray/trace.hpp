#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/xray/daemon.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"

namespace imagify::xray {

/// "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1".
struct TraceHeader {
    std::string root;
    std::string parent;
};

/// Nothing when the header is not of that form, or the trace is not sampled.
std::optional<TraceHeader> read_sampled(std::string_view header);

/// The root of a header, sampled or not; empty when there is none.
std::string root_of(std::string_view header);

/// The same trace as W3C Trace Context writes it: 32 digits. Empty when `root` is none.
std::string w3c_trace_id(std::string_view root);

/// One call to somebody else.
struct Call {
    /// "https://host", without path and query, which may hold ids and signatures.
    std::string site;
    std::string method;
    /// "GetItem", where the service tells it; else empty.
    std::string operation{};
    TimePoint started{};
    TimePoint ended{};
    /// 0: there was no answer.
    unsigned status = 0;
};

/// What the map of services calls that site: "DynamoDB", "ClipDrop", or the host itself.
std::string service_of(std::string_view site);

/// What is traced now: Lambda gives each event its trace, one event at a time. Used by one thread.
class Tracer {
public:
    /// All outlive it.
    Tracer(const Daemon& daemon, const Clock& clock, Random& random)
        : daemon_(daemon), clock_(clock), random_(random) {}

    /// From now on calls belong to this trace; an unsampled or empty header ends tracing.
    void follow(std::string_view header) { trace_ = read_sampled(header); }

    bool is_on() const { return trace_.has_value(); }
    TimePoint now() const { return clock_.now(); }

    /// Tells the daemon about a call, as a subsegment; nothing when tracing is off.
    void report(const Call& call) noexcept;

private:
    std::string document(const Call& call);

    const Daemon& daemon_;
    const Clock& clock_;
    Random& random_;
    std::optional<TraceHeader> trace_;
};

}  // namespace imagify::xray
