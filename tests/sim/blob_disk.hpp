#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ports/blob_store.hpp"
#include "sim/env.hpp"

namespace imagify::sim {

/// 64 hex digits of the bytes; stands for SHA-256.
std::string fingerprint_of(std::span<const std::byte> bytes);

/// A disk that outlives the process. What has its name but is not synced yet is there or not after
/// a crash.
class BlobDisk final : public BlobStore {
public:
    explicit BlobDisk(Env& env) : env_(env), dice_(env.seed, "disk after a crash") {}

    Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t limit_bytes) override;
    Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) override;
    Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) override;
    Task<Result<void>> remove(BlobKey key) override;

    /// What is not durable is lost or kept.
    void crash();

    /// The bytes of a blob, or nothing.
    const std::vector<std::byte>* find(const std::string& generation, BlobVariant variant) const;
    /// Generations that have a blob.
    std::vector<std::string> generations() const;

private:
    struct Blob {
        std::vector<std::byte> bytes;
        bool durable = false;
    };
    using Key = std::pair<std::string, BlobVariant>;

    Env& env_;
    Dice dice_;
    std::map<Key, Blob> blobs_;
};

}  // namespace imagify::sim
