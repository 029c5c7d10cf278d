#pragma once

#include <string_view>

namespace imagify {

/// Called where a crash or a fault must be survivable. In release builds FAILPOINT is nothing; in
/// test builds the environment variable IMAGIFY_FAILPOINT=name[:hits] kills the process (SIGKILL)
/// at the hits-th visit of the point of that name.
void visit_failpoint(std::string_view name);

}  // namespace imagify

#ifdef IMAGIFY_FAILPOINTS
#define FAILPOINT(name) ::imagify::visit_failpoint(name)
#else
#define FAILPOINT(name) static_cast<void>(0)
#endif
