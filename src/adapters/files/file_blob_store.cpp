#include "adapters/files/file_blob_store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "adapters/files/blocking.hpp"
#include "adapters/files/staged_file.hpp"

namespace imagify {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdMaxLength = 64;
constexpr std::size_t kShardLength = 2;
constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;

// Letters, digits, '-' and '_' only: no id can climb out of the folder.
bool is_safe_id(std::string_view id) {
    const auto is_safe = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '_';
    };
    return id.size() >= kShardLength && id.size() <= kIdMaxLength &&
           std::ranges::all_of(id, is_safe);
}

// blobs/<shard>/<id>.<variant>, or nothing for an id that cannot be ours. An id ends in randomness,
// so its last characters spread the files evenly.
std::optional<fs::path> path_of(const fs::path& blobs, const BlobKey& key) {
    const auto& id = key.generation.text();
    if (!is_safe_id(id)) return std::nullopt;
    const auto* const suffix = key.variant == BlobVariant::Original ? ".original" : ".thumbnail";
    return blobs / id.substr(id.size() - kShardLength) / (id + suffix);
}

// A file that somebody still writes is locked by them, and stays.
void remove_abandoned(const fs::path& staging) {
    for (const auto& entry : fs::directory_iterator(staging)) {
        const PosixFile file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (file.is_open() && ::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0) {
            ::unlink(entry.path().c_str());
        }
    }
}

class FileReader final : public BlobReader {
public:
    FileReader(PosixFile file, std::int64_t size_bytes, Worker& worker)
        : file_(std::move(file)), size_bytes_(size_bytes), worker_(worker) {}

    std::int64_t size_bytes() const override { return size_bytes_; }

    Task<Result<std::size_t>> read(std::int64_t offset, std::span<std::byte> buffer) override {
        return run_blocking<std::size_t>(worker_, WhenFull::Refuse, [this, offset, buffer] {
            return read_at(file_, offset, buffer);
        });
    }

private:
    PosixFile file_;
    std::int64_t size_bytes_;
    Worker& worker_;
};

Result<std::unique_ptr<BlobReader>> open_reader(const fs::path& path, Worker& worker) {
    PosixFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.is_open() && errno == ENOENT) return fail(ErrorKind::NotFound, "blob.not_found");
    if (!file.is_open()) return io_error("open");
    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0) return io_error("stat");
    return std::make_unique<FileReader>(std::move(file), status.st_size, worker);
}

Result<void> move_into_place(StagedFile& staged, const fs::path& target) {
    if (auto moved = staged.move_to(target); !moved) return moved;
    auto synced = sync_folder(target.parent_path());
    if (!synced) ::unlink(target.c_str());  // The caller is told that nothing became visible.
    return synced;
}

}  // namespace

FileBlobStore::FileBlobStore(fs::path root, Worker& worker, Random& random)
    : blobs_(root / "blobs"), staging_(root / "tmp"), worker_(worker), random_(random) {
    fs::create_directories(blobs_);
    fs::create_directories(staging_);
    // The new folders must survive a power cut too. Best effort: publishing syncs what it needs.
    static_cast<void>(sync_folder(root));
    static_cast<void>(sync_folder(fs::absolute(root).parent_path()));
    remove_abandoned(staging_);
}

std::string FileBlobStore::temporary_name() {
    std::array<std::byte, 16> entropy{};
    random_.fill(entropy);
    std::string name;
    for (const auto byte : entropy) {
        name += static_cast<char>('a' + (static_cast<unsigned>(byte) & 15U));
        name += static_cast<char>('a' + (static_cast<unsigned>(byte) >> 4U));
    }
    return name;
}

Task<Result<std::unique_ptr<StagedBlob>>> FileBlobStore::stage(std::size_t limit_bytes) {
    using Staged = std::unique_ptr<StagedBlob>;
    auto path = staging_ / temporary_name();
    co_return co_await run_blocking<Staged>(
        worker_, WhenFull::Refuse, [this, path, limit_bytes]() -> Result<Staged> {
            PosixFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                  kFileMode));
            if (!file.is_open()) return io_error("create");
            // Fails only where locks do not work; then a cleaner cannot get one either.
            ::flock(file.descriptor(), LOCK_EX | LOCK_NB);
            return std::make_unique<StagedFile>(std::move(file), path, limit_bytes, worker_);
        });
}

Result<void> FileBlobStore::make_shard(const fs::path& shard) {
    const auto name = shard.filename().string();
    {
        const std::lock_guard lock(mutex_);
        if (durable_shards_.contains(name)) return {};
    }
    if (::mkdir(shard.c_str(), kFolderMode) != 0 && errno != EEXIST) return io_error("mkdir");
    // Even when another made it: it may not have synced it yet.
    if (auto synced = sync_folder(shard.parent_path()); !synced) return synced;
    const std::lock_guard lock(mutex_);
    durable_shards_.insert(name);
    return {};
}

Task<Result<void>> FileBlobStore::publish(BlobKey key, std::unique_ptr<StagedBlob> staged) {
    auto* const file = dynamic_cast<StagedFile*>(staged.get());
    const auto target = path_of(blobs_, key);
    if (file == nullptr || !target) co_return fail(ErrorKind::Internal, "blob.bad_key");
    co_return co_await run_blocking<void>(
        worker_, WhenFull::RunHere, [this, file, target = *target]() -> Result<void> {
            if (auto made = make_shard(target.parent_path()); !made) return made;
            auto moved = move_into_place(*file, target);
            if (moved && told_) told_(target.lexically_relative(blobs_.parent_path()));
            return moved;
        });
}

Task<Result<std::unique_ptr<BlobReader>>> FileBlobStore::open(BlobKey key) {
    const auto path = path_of(blobs_, key);
    if (!path) co_return fail(ErrorKind::NotFound, "blob.not_found");
    co_return co_await run_blocking<std::unique_ptr<BlobReader>>(
        worker_, WhenFull::Refuse, [path = *path, this] { return open_reader(path, worker_); });
}

Task<Result<void>> FileBlobStore::remove(BlobKey key) {
    const auto path = path_of(blobs_, key);
    if (!path) co_return Result<void>{};
    co_return co_await run_blocking<void>(worker_, WhenFull::Refuse,
                                          [path = *path]() -> Result<void> {
                                              if (::unlink(path.c_str()) != 0 && errno != ENOENT)
                                                  return io_error("unlink");
                                              return {};
                                          });
}

}  // namespace imagify
