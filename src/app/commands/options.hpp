#pragma once

#include <map>
#include <string>

#include "app/environment.hpp"

namespace imagify {

/// Flags of the command line, by the name of the setting that each overrides.
using Overrides = std::map<std::string, std::string, std::less<>>;

/// The process's environment with the flags in front.
Environment with_overrides(Overrides overrides);

}  // namespace imagify
