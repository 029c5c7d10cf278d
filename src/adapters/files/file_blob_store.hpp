#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "adapters/system/posix_file.hpp"
#include "base/random.hpp"
#include "base/worker.hpp"
#include "ports/blob_store.hpp"

namespace imagify {

/// Pictures in a folder of this machine:
///   blobs/<last two characters of the id>/<id>.original | .thumbnail    published, never changed
///   tmp/<random>                                                        on their way in
/// A published file is complete and durable: file synced, renamed, folder synced. All file work
/// runs on the worker. Several processes may share the folder.
class FileBlobStore final : public BlobStore {
public:
    /// Makes the folders and removes what a crashed process left in tmp/. Throws
    /// std::filesystem::filesystem_error when the folder cannot be used. `worker` and `random`
    /// outlive the store.
    FileBlobStore(std::filesystem::path root, Worker& worker, Random& random);

    /// From now on `told` hears of every published file, relative to the root, before its publisher
    /// does. On any thread; to be set before the first of them.
    void tell_of_published(std::function<void(const std::filesystem::path& file)> told) {
        told_ = std::move(told);
    }

    Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t limit_bytes) override;
    /// Also Internal `blob.bad_key`: the id is not one of ours.
    Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) override;
    Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) override;
    Task<Result<void>> remove(BlobKey key) override;

private:
    std::string temporary_name();
    Result<void> make_shard(const std::filesystem::path& shard);

    std::filesystem::path blobs_;
    std::filesystem::path staging_;
    Worker& worker_;
    Random& random_;
    std::function<void(const std::filesystem::path& file)> told_;
    std::mutex mutex_;
    /// Folders below blobs_ that are known to survive a power cut.
    std::set<std::string> durable_shards_;
};

}  // namespace imagify
