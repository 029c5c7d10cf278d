#include "app/backup/book_check.hpp"

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system_clock.hpp"
#include "app/backup/picture_files.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

constexpr std::size_t kBatch = 1000;

Task<Result<std::vector<Violation>>> look(Store& store, const Checksums& checksums) {
    auto violations = co_await store.verify();
    if (!violations) co_return violations;
    for (GenerationId after;;) {
        const auto pictures = co_await store.charged_pictures(after, kBatch);
        if (!pictures) co_return std::unexpected(pictures.error());
        if (pictures->empty()) co_return violations;
        for (const auto& picture : *pictures) {
            const auto found = checksums.find(original_file(picture.id));
            if (found == checksums.end()) {
                violations->push_back({.invariant = "I6 a charged picture is there",
                                       .subject = picture.id.text(),
                                       .detail = "its file is missing"});
            } else if (found->second != picture.sha256) {
                violations->push_back({.invariant = "I6 a charged picture is there",
                                       .subject = picture.id.text(),
                                       .detail = "its file has other bytes"});
            }
        }
        after = pictures->back().id;
    }
}

}  // namespace

Result<std::vector<Violation>> check_books(const std::filesystem::path& folder,
                                           const Checksums& checksums) {
    SystemClock clock;
    auto store = sqlite::SqliteStore::open(
        {.file = folder / "imagify.db", .mode = sqlite::StoreMode::ReadOnly, .clock = &clock});
    if (!store) return std::unexpected(store.error());
    return run_task(look(**store, checksums));
}

}  // namespace imagify
