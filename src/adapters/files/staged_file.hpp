#pragma once

#include <openssl/evp.h>

#include <filesystem>
#include <memory>

#include "adapters/system/posix_file.hpp"
#include "base/worker.hpp"
#include "ports/blob_store.hpp"

namespace imagify {

/// Bytes on their way in, in a temporary file that is removed unless it is moved away. The file is
/// locked while this object lives, so that a cleaner leaves it alone.
class StagedFile final : public StagedBlob {
public:
    /// `file` is empty, new and locked, its name is `path`. `worker` outlives this object.
    StagedFile(PosixFile file, std::filesystem::path path, std::size_t limit_bytes, Worker& worker);
    ~StagedFile() override;
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;

    Task<Result<void>> write(std::span<const std::byte> bytes) override;
    std::int64_t size_bytes() const override { return static_cast<std::int64_t>(size_bytes_); }
    std::string sha256() const override;
    Result<std::span<const std::byte>> view() override;

    /// Makes the bytes durable and gives them the name `target` in one atomic step; the folder of
    /// `target` still has to be synced. Blocks. Errors: Unavailable.
    Result<void> move_to(const std::filesystem::path& target);

private:
    struct FreeDigest {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

    void unmap();

    PosixFile file_;
    std::filesystem::path path_;
    std::size_t limit_bytes_;
    Worker& worker_;
    Digest digest_;
    std::size_t size_bytes_ = 0;
    std::span<const std::byte> mapped_;
    /// A write failed: the bytes have a hole and must never be published.
    bool broken_ = false;
};

}  // namespace imagify
