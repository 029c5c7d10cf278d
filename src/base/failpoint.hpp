#pragma once

#include <functional>
#include <string_view>

namespace imagify {

/// Called where a crash must be survivable. In release builds FAILPOINT is nothing; in test builds
/// the environment variable IMAGIFY_FAILPOINT_FILE names a file: while it holds the name of the
/// visited point, the visit kills the process (SIGKILL).
void visit_failpoint(std::string_view name);

/// Called at every visit instead, until it is replaced by an empty one. It may throw: the
/// simulation ends a process, or fails a write, inside one program. Not safe from several threads.
using FailpointHandler = std::function<void(std::string_view name)>;
void set_failpoint_handler(FailpointHandler handler);

}  // namespace imagify

#ifdef IMAGIFY_FAILPOINTS
#define FAILPOINT(name) ::imagify::visit_failpoint(name)
#else
#define FAILPOINT(name) static_cast<void>(0)
#endif
