#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace imagify::testing {

/// The names of all FAILPOINTs below a folder of sources, sorted: a new one is killed at without
/// anybody having to remember it. Without those of DynamoDB, which no server on SQLite visits; the
/// simulation does.
std::vector<std::string> failpoints_in(const std::filesystem::path& sources);

/// The same for MUTANTs, the faults that tests plant.
std::vector<std::string> mutants_in(const std::filesystem::path& sources);

}  // namespace imagify::testing
