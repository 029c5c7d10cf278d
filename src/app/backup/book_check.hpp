#pragma once

#include <filesystem>
#include <vector>

#include "app/backup/checksums.hpp"
#include "ports/store_upkeep.hpp"

namespace imagify {

/// What is wrong with the copied data in `folder`: every invariant of its books, and every charged
/// picture that `checksums` does not have with the bytes that were paid for. Open holds are no
/// fault of a copy, however old. Errors: those of the store, also of one that is no database.
Result<std::vector<Violation>> check_books(const std::filesystem::path& folder,
                                           const Checksums& checksums);

}  // namespace imagify
