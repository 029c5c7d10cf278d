#include "adapters/dynamodb/dynamo_store.hpp"

#include <charconv>

#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {
namespace {

// Row numbers count milliseconds since 2024, times 4096: below 2^53 until 2093.
constexpr std::int64_t kRowEpochMs = 1'704'067'200'000;
constexpr std::int64_t kRowsPerMs = 4'096;

// Longer than any cursor that a store hands out; DynamoDB takes sort keys of 1 KiB.
constexpr std::size_t kCursorMaxBytes = 200;

std::unexpected<Error> bad_cursor() {
    return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                 .code = "validation.failed",
                                 .fields = {{"cursor", "invalid"}}});
}

}  // namespace

DynamoStore::DynamoStore(TableClient& client, DynamoSettings settings)
    : state_(std::make_unique<State>(client, std::move(settings))) {}

DynamoStore::~DynamoStore() = default;

StoreCounts DynamoStore::counts() const {
    const auto counts = state_->client.counts();
    const auto writes = counts.writes + counts.transactions;
    return {.writes = writes,
            .commits = writes - std::min(writes, counts.refused),
            .conflicts = counts.conflicts,
            .busy = counts.busy,
            .throttled = counts.throttled};
}

std::int64_t DynamoStore::State::next_row() {
    std::array<std::byte, 1> drawn{};
    client.random().fill(drawn);
    const auto ms = to_unix_ms(client.clock().now()) - kRowEpochMs;
    const auto fresh = ms * kRowsPerMs + std::to_integer<std::int64_t>(drawn[0]);
    const std::scoped_lock lock(mutex);
    last_row = std::max(last_row + 1, fresh);
    return last_row;
}

Task<Result<Item>> DynamoStore::State::account(Draft& draft, UserId id) {
    auto item = co_await draft.read(tables.users, id.text());
    if (!item) co_return std::unexpected(item.error());
    if (!*item) co_return fail(ErrorKind::NotFound, "account.not_found");
    co_return std::move(**item);
}

Task<Result<Item>> DynamoStore::State::present_account(Draft& draft, UserId id) {
    auto item = co_await account(draft, std::move(id));
    if (item && is_gone(*item)) co_return fail(ErrorKind::NotFound, "account.not_found");
    co_return item;
}

Task<Result<std::optional<UserId>>> DynamoStore::State::owner_of(Draft& draft, std::string email) {
    const auto guard = co_await draft.read(tables.users, email_key(email));
    if (!guard) co_return std::unexpected(guard.error());
    if (!*guard) co_return std::nullopt;
    co_return UserId((*guard)->text("owner"));
}

void DynamoStore::State::put_mail(Draft& draft, const NewMail& mail, const Account& reader,
                                  TimePoint now) const {
    draft.put(tables.users, mail_item(mail, reader, now));
}

void DynamoStore::State::append_audit(Draft& draft, const OperatorAct& act, std::string_view action,
                                      const std::string& subject, const std::string& detail) {
    draft.create(tables.transactions, audit_item(next_row(), act, action, subject, detail));
}

Task<Result<std::vector<Item>>> DynamoStore::State::due(Table table, Due kind, TimePoint until,
                                                        std::size_t limit) {
    std::vector<Item> all;
    for (const auto& partition : due_partitions(kind)) {
        auto part = co_await client.query({.table = table,
                                           .index = kDueIndex,
                                           .hash_name = "duePk",
                                           .hash = partition,
                                           .range = at_most("dueAt", to_unix_ms(until))},
                                          limit);
        if (!part) co_return std::unexpected(part.error());
        std::ranges::move(*part, std::back_inserter(all));
    }
    std::ranges::sort(all, {}, [&table](const Item& item) {
        return std::pair(item.number("dueAt"), item.text(table.key));
    });
    if (all.size() > limit) all.resize(limit);
    co_return all;
}

Task<Result<std::vector<Item>>> DynamoStore::State::list(Table table, std::string list,
                                                         std::string cursor, Condition filter,
                                                         std::size_t limit) {
    if (cursor.size() > kCursorMaxBytes) co_return bad_cursor();
    co_return co_await client.query(
        {.table = std::move(table),
         .index = kListIndex,
         .hash_name = "listPk",
         .hash = std::move(list),
         .range = cursor.empty() ? Condition{} : less_than("listAt", cursor),
         .filter = std::move(filter),
         .forward = false},
        limit);
}

Result<std::optional<std::int64_t>> row_cursor(const std::string& cursor) {
    if (cursor.empty()) return std::nullopt;
    std::int64_t id = 0;
    const auto* const end = cursor.data() + cursor.size();
    const auto [rest, error] = std::from_chars(cursor.data(), end, id);
    if (error == std::errc{} && rest == end) return id;
    return bad_cursor();
}

}  // namespace imagify::dynamodb
