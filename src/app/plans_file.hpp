#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "domain/plan.hpp"

namespace imagify {

inline constexpr std::size_t kPlansFileMaxBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kPlansMax = 20;

/// Reads plans from a JSON file: [{"id","name","credits","amountVnd"}, ...].
/// Errors: Invalid `plans.invalid` with a detail that says what is wrong and where.
Result<PlanList> read_plans_file(const std::filesystem::path& file);

/// The same from its text.
Result<PlanList> parse_plans(std::string_view text);

}  // namespace imagify
