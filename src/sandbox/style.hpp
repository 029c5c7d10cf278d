#pragma once

#include <string_view>

namespace imagify::sandbox {

/// The CSS of every page of the simulator.
extern const std::string_view kStyle;

}  // namespace imagify::sandbox
