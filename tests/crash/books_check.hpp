#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crash/memory.hpp"

namespace imagify::testing {

/// What is wrong after a restart, by kind.
struct Damage {
    std::vector<std::string> lost;    ///< Acknowledged, and gone.
    std::vector<std::string> minted;  ///< There without a cause.
    std::vector<std::string> broken;  ///< Invariants, as `imagify verify` names them.

    bool none() const { return lost.empty() && minted.empty() && broken.empty(); }
};

/// Holds that are still open in the data folder.
std::int64_t open_holds(const std::filesystem::path& data);

/// Does what `imagify verify` does, beside the running server, and compares the database with what
/// each customer was told. `facts` counts what was compared.
Damage check_books(const std::filesystem::path& data, const std::vector<const Memory*>& memories,
                   std::uint64_t& facts);

}  // namespace imagify::testing
