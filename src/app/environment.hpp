#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// Looks a setting up by its name; nothing when it is absent or empty. Tests give their own.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// The variables of this process.
Environment process_environment();

}  // namespace imagify
