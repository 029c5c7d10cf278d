#include "adapters/dynamodb/account_change.hpp"
#include "adapters/dynamodb/store_state.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {

Task<Result<Page<LedgerEntry>>> DynamoStore::list_entries(UserId owner, PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    auto items = co_await state_->list(state_->tables.transactions, ledger_list(owner),
                                       *before ? sort_number(**before) : "", {}, page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    std::vector<LedgerEntry> entries;
    for (const auto& item : *items) entries.push_back(read_entry(item));
    co_return cut_page(std::move(entries), page.limit,
                       [](const LedgerEntry& entry) { return std::to_string(entry.id); });
}

Task<Result<LedgerEntry>> DynamoStore::add_entry(ManualEntry entry) {
    co_return co_await state_->write<LedgerEntry>([&](Draft& draft) -> Task<Result<LedgerEntry>> {
        const auto& tables = state_->tables;
        const auto repeated =
            co_await draft.peek(tables.transactions, ledger_key(entry.kind, entry.ref));
        if (!repeated) co_return std::unexpected(repeated.error());
        if (*repeated && !MUTANT("dynamodb.entry_overwritten"))
            co_return fail(ErrorKind::Conflict, "ledger.repeated");
        const auto account = co_await draft.peek(tables.users, entry.user_id.text());
        if (!account) co_return std::unexpected(account.error());
        if (!*account) co_return fail(ErrorKind::NotFound, "account.not_found");
        const Posting posting{.user_id = entry.user_id,
                              .kind = entry.kind,
                              .ref = entry.ref,
                              .credits = entry.delta,
                              .note = entry.act.note,
                              .now = entry.act.now};
        if (!after_posting(**account, posting)) {
            co_return fail(ErrorKind::InsufficientCredits, "credits.insufficient");
        }
        AccountChange change(entry.user_id);
        change.post(draft, tables, **account, posting);
        change.add_to(draft, tables);
        const auto* const sign = entry.delta.count > 0 ? "+" : "";
        state_->append_audit(draft, entry.act, to_text(entry.kind), entry.user_id.text(),
                             sign + std::to_string(entry.delta.count) + " credits");
        co_return read_entry(ledger_item(**account, posting));
    });
}

}  // namespace imagify::dynamodb
