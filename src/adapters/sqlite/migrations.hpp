#pragma once

#include "adapters/sqlite/connection.hpp"

namespace imagify::sqlite {

/// The schema version that this program writes.
int newest_schema();

/// Brings the schema up to date, one numbered step per transaction; never goes back. Throws
/// SqliteError, also when a newer program wrote the file.
void migrate(Connection& connection);

}  // namespace imagify::sqlite
