#include "sim/blob_disk.hpp"

#include <algorithm>

#include "base/failpoint.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

std::unexpected<Error> disk_error(const char* what) {
    return fail(ErrorKind::Unavailable, "blob.unavailable", what);
}

class Staged final : public StagedBlob {
public:
    Staged(Env& env, std::size_t limit) : env_(env), limit_(limit) {}

    Task<Result<void>> write(std::span<const std::byte> bytes) override {
        if (bytes_.size() + bytes.size() > limit_) {
            co_return fail(ErrorKind::TooLarge, "blob.too_large");
        }
        if (env_.faults.hits(Fault::BlobWrite)) co_return disk_error("disk full");
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        co_return Result<void>{};
    }
    std::int64_t size_bytes() const override { return static_cast<std::int64_t>(bytes_.size()); }
    std::string sha256() const override { return fingerprint_of(bytes_); }
    Result<std::span<const std::byte>> view() override {
        if (env_.faults.hits(Fault::BlobView)) return disk_error("cannot read");
        return bytes_;
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

private:
    Env& env_;
    std::size_t limit_;
    std::vector<std::byte> bytes_;
};

class Reader final : public BlobReader {
public:
    explicit Reader(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
    std::int64_t size_bytes() const override { return static_cast<std::int64_t>(bytes_.size()); }
    Task<Result<std::size_t>> read(std::int64_t offset, std::span<std::byte> buffer) override {
        const auto from = std::min(static_cast<std::size_t>(offset), bytes_.size());
        const auto count = std::min(buffer.size(), bytes_.size() - from);
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(from), count, buffer.begin());
        co_return count;
    }

private:
    std::vector<std::byte> bytes_;
};

std::string_view name_of(BlobVariant variant) {
    return variant == BlobVariant::Original ? "original" : "thumbnail";
}

}  // namespace

std::string fingerprint_of(std::span<const std::byte> bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::string hex;
    std::uint64_t hash = kHashSeed;
    for (int part = 0; part < 4; ++part) {
        hash = hash_of(text, hash + 1);
        for (unsigned shift = 0; shift < 64; shift += 4) hex += kHex[(hash >> shift) & 15U];
    }
    return hex;
}

Task<Result<std::unique_ptr<StagedBlob>>> BlobDisk::stage(std::size_t limit_bytes) {
    if (env_.faults.hits(Fault::BlobStage)) co_return disk_error("disk full");
    co_return std::make_unique<Staged>(env_, limit_bytes);
}

Task<Result<void>> BlobDisk::publish(BlobKey key, std::unique_ptr<StagedBlob> staged) {
    co_await env_.scheduler.wait(0ms, words("disk syncs a ", name_of(key.variant)));
    if (env_.faults.hits(Fault::BlobPublish)) co_return disk_error("disk full");
    FAILPOINT("blob.synced");
    auto& blob = blobs_[{key.generation.text(), key.variant}];
    blob = {.bytes = static_cast<Staged&>(*staged).take(), .durable = false};
    env_.say(words("  published: ", name_of(key.variant), " of ", key.generation.text()));
    FAILPOINT("blob.renamed");
    co_await env_.scheduler.wait(0ms, words("disk syncs the folder of a ", name_of(key.variant)));
    const auto found = blobs_.find({key.generation.text(), key.variant});
    if (found != blobs_.end()) found->second.durable = true;
    co_return Result<void>{};
}

Task<Result<std::unique_ptr<BlobReader>>> BlobDisk::open(BlobKey key) {
    if (env_.faults.hits(Fault::BlobOpen)) co_return disk_error("cannot open");
    const auto found = blobs_.find({key.generation.text(), key.variant});
    if (found == blobs_.end()) co_return fail(ErrorKind::NotFound, "blob.not_found");
    co_return std::make_unique<Reader>(found->second.bytes);
}

Task<Result<void>> BlobDisk::remove(BlobKey key) {
    if (env_.faults.hits(Fault::BlobRemove)) co_return disk_error("cannot remove");
    if (blobs_.erase({key.generation.text(), key.variant}) > 0) {
        env_.say(words("  removed: ", name_of(key.variant), " of ", key.generation.text()));
    }
    co_return Result<void>{};
}

void BlobDisk::crash() {
    std::erase_if(blobs_, [this](const auto& entry) {
        const bool lost = !entry.second.durable && dice_.permille(750);
        if (lost) env_.coverage.count("blob lost by a crash");
        return lost;
    });
    for (auto& [key, blob] : blobs_) blob.durable = true;
}

const std::vector<std::byte>* BlobDisk::find(const std::string& generation,
                                             BlobVariant variant) const {
    const auto found = blobs_.find({generation, variant});
    return found == blobs_.end() ? nullptr : &found->second.bytes;
}

std::vector<std::string> BlobDisk::generations() const {
    std::vector<std::string> ids;
    for (const auto& [key, blob] : blobs_) {
        if (ids.empty() || ids.back() != key.first) ids.push_back(key.first);
    }
    return ids;
}

}  // namespace imagify::sim
