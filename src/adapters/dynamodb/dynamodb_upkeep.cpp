#include "adapters/dynamodb/books.hpp"
#include "adapters/dynamodb/deletion.hpp"

namespace imagify::dynamodb {
namespace {

// A scan is no snapshot: what a running server changes meanwhile looks wrong once, not thrice.
constexpr int kLooks = 3;

Task<Result<Books>> read_books(DynamoStore::State& state) {
    Books books;
    auto users = co_await state.client.scan(state.tables.users);
    if (!users) co_return std::unexpected(users.error());
    for (auto& item : *users) books.add_user(std::move(item));
    auto transactions = co_await state.client.scan(state.tables.transactions);
    if (!transactions) co_return std::unexpected(transactions.error());
    for (auto& item : *transactions) books.add_transaction(std::move(item));
    auto images = co_await state.client.scan(state.tables.images);
    if (!images) co_return std::unexpected(images.error());
    for (auto& item : *images) books.add_image(std::move(item));
    co_return books;
}

bool among(const std::vector<Violation>& violations, const Violation& one) {
    return std::ranges::any_of(violations, [&one](const Violation& other) {
        return other.invariant == one.invariant && other.subject == one.subject;
    });
}

}  // namespace

Task<Result<void>> DynamoStore::check_writable() {
    co_return co_await keep_alive("check-writable", state_->client.clock().now());
}

// Sessions end in the item of their owner, everything else that expires goes by its TTL; both are
// compared with the time wherever they are read.
Task<Result<void>> DynamoStore::forget_expired(TimePoint now) {
    co_return co_await finish_deletions(*this, *state_, now);
}

Task<Result<std::vector<Violation>>> DynamoStore::verify() {
    std::optional<std::vector<Violation>> found;
    for (int look = 1; look <= kLooks && (!found || !found->empty()); ++look) {
        const auto books = co_await read_books(*state_);
        if (!books) co_return std::unexpected(books.error());
        auto now = check_books(*books);
        if (found) std::erase_if(now, [&](const Violation& one) { return !among(*found, one); });
        found = std::move(now);
    }
    co_return std::move(*found);
}

Task<Result<std::vector<ChargedPicture>>> DynamoStore::charged_pictures(GenerationId after,
                                                                        std::size_t limit) {
    if (after.empty()) {
        // Keys have no order: read once, then hand out in order.
        const auto items = co_await state_->client.scan(
            state_->tables.images,
            all_of({equals("state", std::string(to_text(GenerationState::Ready))),
                    absent("deletedAt")}));
        if (!items) co_return std::unexpected(items.error());
        std::vector<ChargedPicture> all;
        for (const auto& item : *items) {
            all.push_back(
                {.id = GenerationId(item.text("imageId")), .sha256 = item.text("sha256")});
        }
        std::ranges::sort(all, {}, &ChargedPicture::id);
        const std::scoped_lock lock(state_->mutex);
        state_->charged = std::move(all);
    }
    const std::scoped_lock lock(state_->mutex);
    const auto from = std::ranges::upper_bound(state_->charged, after, {}, &ChargedPicture::id);
    const auto left = static_cast<std::size_t>(state_->charged.end() - from);
    co_return std::vector<ChargedPicture>(
        from, from + static_cast<std::ptrdiff_t>(std::min(limit, left)));
}

}  // namespace imagify::dynamodb
