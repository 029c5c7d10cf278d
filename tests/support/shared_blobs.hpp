#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <utility>

#include "ports/blob_store.hpp"

namespace imagify::testing {

/// Blobs in memory that keep an original once it is there, as a store of several machines does.
class SharedBlobs final : public BlobStore {
public:
    Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t) override {
        co_return std::make_unique<Staged>();
    }
    Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) override {
        auto& bytes = static_cast<Staged&>(*staged).bytes;
        const auto [entry, added] = blobs_.try_emplace(name(key), bytes);
        if (added || entry->second == bytes) co_return Result<void>{};
        if (key.variant == BlobVariant::Original)
            co_return fail(ErrorKind::Conflict, "blob.other_bytes");
        entry->second = bytes;
        co_return Result<void>{};
    }
    Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) override {
        const auto found = blobs_.find(name(key));
        if (found == blobs_.end()) co_return fail(ErrorKind::NotFound, "blob.not_found");
        co_return std::make_unique<Reader>(found->second);
    }
    Task<Result<void>> remove(BlobKey key) override {
        blobs_.erase(name(key));
        co_return Result<void>{};
    }

private:
    struct Staged final : StagedBlob {
        Task<Result<void>> write(std::span<const std::byte> piece) override {
            bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
            co_return Result<void>{};
        }
        std::int64_t size_bytes() const override { return static_cast<std::int64_t>(bytes.size()); }
        std::string sha256() const override { return "hash of " + bytes; }
        Result<std::span<const std::byte>> view() override {
            return std::as_bytes(std::span(std::as_const(bytes)));
        }
        std::string bytes;
    };

    struct Reader final : BlobReader {
        explicit Reader(std::string text) : bytes(std::move(text)) {}
        std::int64_t size_bytes() const override { return static_cast<std::int64_t>(bytes.size()); }
        Task<Result<std::size_t>> read(std::int64_t offset, std::span<std::byte> buffer) override {
            const auto start = std::min(bytes.size(), static_cast<std::size_t>(offset));
            const auto count = std::min(buffer.size(), bytes.size() - start);
            std::memcpy(buffer.data(), bytes.data() + start, count);
            co_return count;
        }
        std::string bytes;
    };

    static std::string name(const BlobKey& key) {
        return key.generation.text() + (key.variant == BlobVariant::Original ? ".o" : ".t");
    }

    std::map<std::string, std::string> blobs_;
};

}  // namespace imagify::testing
