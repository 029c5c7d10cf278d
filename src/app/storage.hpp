#pragma once

#include <filesystem>
#include <memory>

#include "adapters/files/file_blob_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "base/secret.hpp"

namespace imagify {

/// The folder that holds everything worth keeping: imagify.db, blobs/, jwt.secret.
struct Storage {
    std::unique_ptr<sqlite::SqliteStore> store;
    std::unique_ptr<FileBlobStore> blobs;
};

/// Opens it. In StoreMode::Server it is made when it is missing.
/// Errors: those of SqliteStore::open; Unavailable `store.unavailable` when the folder cannot be
/// used.
Result<Storage> open_storage(const std::filesystem::path& folder, sqlite::StoreMode mode,
                             Worker& worker, const Clock& clock, Random& random);

/// The secret that signs sessions in development, kept in the folder so that sessions survive a
/// restart. Errors: Unavailable `store.unavailable`.
Result<Secret> kept_jwt_secret(const std::filesystem::path& folder, Random& random);

}  // namespace imagify
