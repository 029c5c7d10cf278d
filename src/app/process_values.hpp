#pragma once

#include <filesystem>
#include <vector>

#include "app/metric_catalogue.hpp"

namespace imagify {

/// What this process uses and what its disk has left, as metrics, from Linux's /proc. What cannot
/// be read is left out.
std::vector<MetricValue> process_values(const std::filesystem::path& data);

}  // namespace imagify
