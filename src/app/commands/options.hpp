#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/environment.hpp"
#include "app/kept_secrets.hpp"

namespace imagify {

/// Flags of the command line, by the name of the setting that each overrides.
using Overrides = std::map<std::string, std::string, std::less<>>;

/// The process's environment with the flags in front.
Environment with_overrides(Overrides overrides);

/// The same with secrets that Secrets Manager keeps. Says on stderr what is wrong, and yields
/// nothing, when one cannot be read.
std::unique_ptr<KeptSecrets> open_settings(const Overrides& overrides);

}  // namespace imagify
