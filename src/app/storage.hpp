#pragma once

#include <filesystem>
#include <memory>

#include "adapters/files/file_blob_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "app/cloud.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/worker.hpp"
#include "ports/blob_store.hpp"
#include "ports/store.hpp"

namespace imagify {

/// Everything worth keeping: the books and the pictures.
struct Storage {
    std::unique_ptr<Store> store;
    std::unique_ptr<BlobStore> blobs;
    /// The same, where they are in a folder; nullptr elsewhere.
    sqlite::SqliteStore* books = nullptr;
    FileBlobStore* picture_files = nullptr;
};

/// Opens the data folder: imagify.db, blobs/, jwt.secret. StoreMode::Server makes a missing one.
/// `log_is_shipped` as in StoreOptions. Errors: those of SqliteStore::open; Unavailable
/// `store.unavailable` when the folder cannot be used.
Result<Storage> open_storage(const std::filesystem::path& folder, sqlite::StoreMode mode,
                             Worker& worker, const Clock& clock, Random& random,
                             bool log_is_shipped = false);

/// What storage is made with; all outlive it.
struct StorageParts {
    Worker& worker;
    const Clock& clock;
    Random& random;
    Cloud& cloud;
};

/// Opens what the settings name. Servers of AWS are asked nothing yet.
Result<Storage> open_storage(const Config& config, sqlite::StoreMode mode, StorageParts parts);

/// The secret that signs sessions in development, kept in the folder so that sessions survive a
/// restart. Errors: Unavailable `store.unavailable`.
Result<Secret> kept_jwt_secret(const std::filesystem::path& folder, Random& random);

}  // namespace imagify
