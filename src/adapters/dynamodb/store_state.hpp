#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "adapters/dynamodb/draft.hpp"
#include "adapters/dynamodb/dynamo_store.hpp"
#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {

/// What the methods of DynamoStore share.
struct DynamoStore::State {
    State(TableClient& table_client, DynamoSettings chosen)
        : client(table_client), settings(std::move(chosen)), tables(settings.tables) {}

    TableClient& client;
    DynamoSettings settings;
    const Tables& tables;

    std::mutex mutex;
    std::optional<BusinessFigures> figures;
    TimePoint figures_at{};
    std::vector<ChargedPicture> charged;
    std::int64_t last_row = 0;

    /// Runs `body` with a Draft and commits what it wrote exactly when it yields a value; starts
    /// over when somebody was faster. `body` outlives the Task, and so does what it refers to.
    /// Errors: the body's; Unavailable `server.busy`; those of TableClient::transact.
    template <class T>
    Task<Result<T>> write(std::function<Task<Result<T>>(Draft&)> body) {
        for (int attempt = 1; attempt <= kTries; ++attempt) {
            Draft draft(client);
            auto result = co_await body(draft);
            if (!result) co_return result;
            const auto committed = co_await draft.commit();
            if (!committed) co_return std::unexpected(committed.error());
            if (*committed) co_return result;
            co_await client.back_off(attempt);
        }
        co_return fail(ErrorKind::Unavailable, "server.busy",
                       "dynamodb: the same items changed at every attempt");
    }

    /// A number for a row that needs one: later rows have larger ones, two processes seldom the
    /// same (whoever creates the row starts over then). Fits a JavaScript number.
    std::int64_t next_row();

    /// The account of that id, deleted ones too. NotFound `account.not_found`.
    Task<Result<Item>> account(Draft& draft, UserId id);
    /// The account of that id unless it is deleted. NotFound `account.not_found`.
    Task<Result<Item>> present_account(Draft& draft, UserId id);
    /// Who has the address, if anybody.
    Task<Result<std::optional<UserId>>> owner_of(Draft& draft, std::string email);

    void put_mail(Draft& draft, const NewMail& mail, const Account& reader, TimePoint now) const;
    /// A line of the audit log.
    void append_audit(Draft& draft, const OperatorAct& act, std::string_view action,
                      const std::string& subject, const std::string& detail);

    /// What is due of a kind by `until`, most overdue first; the items are as the index has them.
    Task<Result<std::vector<Item>>> due(Table table, Due kind, TimePoint until, std::size_t limit);
    /// One page of a list, newest first: what comes before `cursor` (listAt of an item).
    Task<Result<std::vector<Item>>> list(Table table, std::string list, std::string cursor,
                                         Condition filter, std::size_t limit);

    static constexpr int kTries = 8;
};

/// Cuts a list that was read one item too long into a page.
template <class T, class CursorOf>
Page<T> cut_page(std::vector<T> items, std::size_t limit, CursorOf cursor_of) {
    Page<T> page;
    if (items.size() > limit) {
        items.resize(limit);
        page.next_cursor = cursor_of(items.back());
    }
    page.items = std::move(items);
    return page;
}

/// Reads a cursor that is a row number; nothing for empty text, which is the first page.
/// Errors: Invalid `validation.failed`.
Result<std::optional<std::int64_t>> row_cursor(const std::string& cursor);

}  // namespace imagify::dynamodb
