#pragma once

#include "app/setting_reader.hpp"

namespace imagify {

/// Reads which store, queue, identity and so on are used, and where they are. A shared store with
/// parts that one process keeps to itself is refused.
void read_cloud(SettingReader& reader, Config& config);

}  // namespace imagify
