#pragma once

#include <string>
#include <vector>

#include "app/config.hpp"

namespace imagify {

/// "DynamoDB in ap-southeast-1 (imagify-users, ...)" or "SQLite in data/imagify.db".
std::string store_text(const Config& config);
std::string blobs_text(const Config& config);

/// Asks every shared part that the settings name whether it is there and ours, one after another,
/// and adds what is wrong with what to do. Writes one small item and deletes nothing.
void check_cloud(const Config& config, std::vector<ConfigProblem>& problems);

}  // namespace imagify
