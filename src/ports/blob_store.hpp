#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "ports/byte_sink.hpp"

namespace imagify {

/// Upstream pictures over this size are refused while they arrive.
inline constexpr std::size_t kPictureMaxBytes = std::size_t{16} * 1024 * 1024;

enum class BlobVariant { Original, Thumbnail };

/// The name of a blob: one generation has at most one of each variant.
struct BlobKey {
    GenerationId generation;
    BlobVariant variant = BlobVariant::Original;
};

/// How a blob is to be handed out by somebody else.
struct BlobUrlWish {
    std::string content_type;
    /// The Content-Disposition; empty: shown in place.
    std::string disposition{};
    std::chrono::seconds validity{};
};

/// A URL that hands out one blob for a while.
struct BlobUrl {
    std::string url;
    TimePoint expires_at{};
};

/// Bytes on their way in: bounded, hashed while they are written, invisible until published.
/// Dropping it without publishing leaves nothing behind. Used by one coroutine at a time.
class StagedBlob : public ByteSink {
public:
    /// How much was written so far.
    virtual std::int64_t size_bytes() const = 0;

    /// SHA-256 of all bytes written so far, lower-case hex.
    virtual std::string sha256() const = 0;

    /// The bytes, mapped for reading; valid until the next write or the end of this object.
    /// Errors: Unavailable (I/O error).
    virtual Result<std::span<const std::byte>> view() = 0;
};

/// Bytes of a published blob. Used by one coroutine at a time.
class BlobReader {
public:
    virtual ~BlobReader() = default;

    /// The whole blob's size.
    virtual std::int64_t size_bytes() const = 0;

    /// Reads from `offset` into `buffer`; yields the number of bytes read, 0 at the end.
    /// Errors: Unavailable (I/O error).
    virtual Task<Result<std::size_t>> read(std::int64_t offset, std::span<std::byte> buffer) = 0;
};

/// Where pictures live. Safe from several coroutines and threads at once; outlives every object it
/// returns.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    /// Errors: Unavailable (disk full, I/O error).
    virtual Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t limit_bytes) = 0;

    /// Makes the bytes durable and visible under `key` in one atomic step; an older blob of that
    /// key is replaced, or kept when several machines share the store. Errors: Unavailable (nothing
    /// became visible); Conflict `blob.other_bytes` (an older blob with other bytes was kept).
    virtual Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) = 0;

    /// Errors: NotFound `blob.not_found`; Unavailable.
    virtual Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) = 0;

    /// Idempotent: removing an absent blob succeeds. Errors: Unavailable.
    virtual Task<Result<void>> remove(BlobKey key) = 0;

    /// Where whoever knows the URL gets the blob without us, or nothing when this store has no such
    /// place. Does not look whether there is a blob. Errors: Unavailable.
    virtual Task<Result<std::optional<BlobUrl>>> public_url(BlobKey, BlobUrlWish) {
        co_return std::nullopt;
    }
};

}  // namespace imagify
