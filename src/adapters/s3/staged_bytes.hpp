#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "ports/blob_store.hpp"

namespace imagify::s3 {

/// Bytes on their way in, in memory: they are sent as one request, which has to know their hash
/// before its first byte.
class StagedBytes final : public StagedBlob {
public:
    explicit StagedBytes(std::size_t limit_bytes);

    Task<Result<void>> write(std::span<const std::byte> bytes) override;
    std::int64_t size_bytes() const override { return static_cast<std::int64_t>(bytes_.size()); }
    std::string sha256() const override;
    Result<std::span<const std::byte>> view() override;

    /// The raw hash, 32 bytes.
    std::string digest() const;
    /// False after a write was refused: the bytes have a hole and must never be published.
    bool is_whole() const { return !broken_; }
    /// Hands the bytes over.
    std::string take() && { return std::move(bytes_); }

private:
    struct FreeDigest {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };

    std::size_t limit_bytes_;
    std::string bytes_;
    std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
    bool broken_ = false;
};

}  // namespace imagify::s3
