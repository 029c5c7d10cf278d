#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>

#include "adapters/files/posix_file.hpp"
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
    std::mutex mutex_;
    /// Folders below blobs_ that are known to survive a power cut.
    std::set<std::string> durable_shards_;
};

}  // namespace imagify
