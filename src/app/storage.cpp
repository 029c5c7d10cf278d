#include "app/storage.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <system_error>

#include "adapters/files/file_blob_store.hpp"
#include "base/secret.hpp"

namespace imagify {
namespace {

std::string to_hex(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const auto byte : bytes) {
        hex += kDigits[static_cast<unsigned>(byte) >> 4U];
        hex += kDigits[static_cast<unsigned>(byte) & 15U];
    }
    return hex;
}

}  // namespace

Result<Storage> open_storage(const std::filesystem::path& folder, sqlite::StoreMode mode,
                             Worker& worker, const Clock& clock, Random& random,
                             bool log_is_shipped) {
    const auto database = folder / "imagify.db";
    std::error_code failed;
    if (mode == sqlite::StoreMode::Server) {
        std::filesystem::create_directories(folder, failed);
        if (failed) {
            return fail(ErrorKind::Unavailable, "store.unavailable",
                        "cannot make " + folder.string() + ": " + failed.message());
        }
    } else if (!std::filesystem::exists(database)) {
        return fail(
            ErrorKind::NotFound, "store.unavailable",
            "there is no Imagify data in " + folder.string() + ": give the folder with --data");
    }
    auto store = sqlite::SqliteStore::open(
        {.file = database, .mode = mode, .clock = &clock, .log_is_shipped = log_is_shipped});
    if (!store) return std::unexpected(store.error());
    try {
        auto blobs = std::make_unique<FileBlobStore>(folder, worker, random);
        auto* const books = store->get();
        auto* const picture_files = blobs.get();
        return Storage{.store = std::move(*store),
                       .blobs = std::move(blobs),
                       .books = books,
                       .picture_files = picture_files};
    } catch (const std::exception& error) {
        return fail(ErrorKind::Unavailable, "store.unavailable", error.what());
    }
}

Result<Storage> open_storage(const Config& config, sqlite::StoreMode mode, StorageParts parts) {
    Storage storage;
    if (config.store == StoreKind::Sqlite) {
        auto opened = open_storage(config.data, mode, parts.worker, parts.clock, parts.random,
                                   config.ships_log());
        if (!opened) return opened;
        storage = std::move(*opened);
    } else {
        storage.store = parts.cloud.make_store();
    }
    if (config.blobs == BlobKind::S3) {
        storage.blobs = parts.cloud.make_blobs();
        storage.picture_files = nullptr;
    }
    return storage;
}

Result<Secret> kept_jwt_secret(const std::filesystem::path& folder, Random& random) {
    const auto file = folder / "jwt.secret";
    if (std::ifstream stream(file); stream) {
        std::string kept;
        std::getline(stream, kept);
        if (kept.size() >= 32) return Secret(kept);
    }
    std::array<std::byte, 32> bytes{};
    random.fill(bytes);
    const auto secret = to_hex(bytes);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(ErrorKind::Unavailable, "store.unavailable", "cannot write " + file.string());
    }
    const auto written = ::write(descriptor, secret.data(), secret.size());
    ::close(descriptor);
    if (written != static_cast<ssize_t>(secret.size())) {
        return fail(ErrorKind::Unavailable, "store.unavailable", "cannot write " + file.string());
    }
    return Secret(secret);
}

}  // namespace imagify
