#include "usecases/verify_books.hpp"

namespace imagify {
namespace {

constexpr std::size_t kBatch = 500;
// The reaper looks every few seconds; a hold this much older than its deadline was forgotten.
constexpr std::chrono::seconds kReaperGrace{30};
constexpr std::size_t kCopyBytes = std::size_t{64} * 1024;

// The SHA-256 of a stored blob, by writing it to a staged copy that is dropped.
Task<Result<std::string>> hash_of(BlobStore& blobs, const GenerationId& id) {
    auto reader = co_await blobs.open({.generation = id, .variant = BlobVariant::Original});
    if (!reader) co_return std::unexpected(reader.error());
    auto copy = co_await blobs.stage(kPictureMaxBytes);
    if (!copy) co_return std::unexpected(copy.error());
    std::vector<std::byte> buffer(kCopyBytes);
    for (std::int64_t offset = 0;;) {
        const auto count = co_await (*reader)->read(offset, buffer);
        if (!count) co_return std::unexpected(count.error());
        if (*count == 0) break;
        const auto piece = std::span<const std::byte>(buffer).first(*count);
        if (auto written = co_await (*copy)->write(piece); !written) {
            co_return std::unexpected(written.error());
        }
        offset += static_cast<std::int64_t>(*count);
    }
    co_return (*copy)->sha256();
}

}  // namespace

Task<Result<std::vector<Violation>>> VerifyBooks::run() const {
    auto violations = co_await parts_.store.verify();
    if (!violations) co_return violations;
    if (auto checked = co_await check_holds(*violations); !checked) {
        co_return std::unexpected(checked.error());
    }
    if (auto checked = co_await check_pictures(*violations); !checked) {
        co_return std::unexpected(checked.error());
    }
    co_return violations;
}

Task<Result<void>> VerifyBooks::check_holds(std::vector<Violation>& violations) const {
    const auto overdue =
        co_await parts_.generations.overdue_holds(parts_.clock.now() - kReaperGrace, kBatch);
    if (!overdue) co_return std::unexpected(overdue.error());
    for (const auto& hold : *overdue) {
        violations.push_back({.invariant = "I7 no hold outlives its deadline",
                              .subject = hold.id.text(),
                              .detail = "still held; is the server running?"});
    }
    co_return Result<void>{};
}

Task<Result<void>> VerifyBooks::check_pictures(std::vector<Violation>& violations) const {
    GenerationId after;
    for (;;) {
        const auto pictures = co_await parts_.store.charged_pictures(after, kBatch);
        if (!pictures) co_return std::unexpected(pictures.error());
        if (pictures->empty()) co_return Result<void>{};
        for (const auto& picture : *pictures) {
            const auto hash = co_await hash_of(parts_.blobs, picture.id);
            if (hash && *hash == picture.sha256) continue;
            violations.push_back({.invariant = "I6 a charged picture is there",
                                  .subject = picture.id.text(),
                                  .detail = hash ? "its bytes changed" : hash.error().detail});
        }
        after = pictures->back().id;
    }
}

}  // namespace imagify
