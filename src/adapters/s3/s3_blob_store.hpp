#pragma once

#include <string>

#include "adapters/aws/service_client.hpp"
#include "adapters/aws/sigv4.hpp"
#include "ports/blob_store.hpp"

namespace imagify::s3 {

/// Where the bucket is.
struct S3Settings {
    std::string bucket;
    std::string region;
    /// Of an S3-compatible store; the bucket is then part of the path. Empty: AWS.
    std::string endpoint{};
    /// Pictures are fetched from the bucket itself, by URLs that end after a while.
    bool presign = false;
};

/// Pictures in a bucket of S3, or of what speaks its protocol:
///   images/<generation id>/original    written once (If-None-Match), see `publish`
///   images/<generation id>/thumb       WebP
/// each with its type, AES256 encryption at rest, a checksum that S3 verifies, and its SHA-256 as
/// metadata. Bytes on their way in are in memory, so `limit_bytes` bounds that.
class S3BlobStore final : public BlobStore {
public:
    S3BlobStore(S3Settings settings, aws::ServiceClient::Parts parts);

    Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t limit_bytes) override;
    /// An original is never replaced: several workers may paint one generation, and whoever
    /// captures it says what its bytes are. Equal bytes under the key are success, also when the
    /// answer to an earlier attempt was lost; other bytes are Conflict `blob.other_bytes`. A
    /// thumbnail is replaced. Also Internal `blob.bad_key`.
    Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) override;
    Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) override;
    Task<Result<void>> remove(BlobKey key) override;
    /// A presigned URL, with `presign`.
    Task<Result<std::optional<BlobUrl>>> public_url(BlobKey key, BlobUrlWish wish) override;

    /// Scheme and host of those URLs, for a Content-Security-Policy; empty without `presign`.
    std::string public_origin() const;

    /// That the bucket is there and ours. Errors: Unavailable `blob.unavailable`, with what to do.
    Task<Result<void>> check();

private:
    std::string path_of(const std::string& object) const;
    Task<Result<bool>> holds(const std::string& path, const std::string& sha256, std::size_t size);

    S3Settings settings_;
    aws::ServiceClient client_;
    /// "/bucket" where the bucket is no host name.
    std::string prefix_;
};

}  // namespace imagify::s3
