#include "adapters/sqlite/order_rows.hpp"

namespace imagify::sqlite {
namespace {

constexpr std::int64_t kNoticesShown = 100;

constexpr const char* kFigures =
    "SELECT (SELECT count(*) FROM users),"
    " (SELECT count(*) FROM generations WHERE state = 'ready'),"
    " (SELECT count(*) FROM orders WHERE paid_at IS NOT NULL),"
    " (SELECT coalesce(sum(amount_vnd), 0) FROM orders WHERE paid_at IS NOT NULL),"
    " (SELECT coalesce(sum(amount_vnd), 0) FROM refunds WHERE state = 'done'),"
    " (SELECT coalesce(sum(credits + held), 0) FROM users),"
    " (SELECT count(*) FROM orders WHERE status IN ('pending', 'review')),"
    " (SELECT count(*) FROM review_items WHERE settled_at IS NULL),"
    " (SELECT count(*) FROM refunds WHERE state = 'open'),"
    " (SELECT coalesce(sum(credits), 0) FROM orders WHERE paid_at IS NOT NULL),"
    // Ids sort by time: only the latest generations are looked at.
    " (SELECT count(*) FROM (SELECT user_id FROM generations"
    "   WHERE generation_id >= ?1 AND created_at >= ?2"
    "  UNION SELECT user_id FROM orders WHERE paid_at >= ?2))";

constexpr const char* kAccountsBefore =
    "SELECT " IMAGIFY_ACCOUNT_COLUMNS
    " FROM users WHERE user_id < ?1"
    " AND (?2 = '' OR instr(email, lower(?2)) > 0 OR substr(user_id, 1, length(?2)) = ?2)"
    " ORDER BY user_id DESC LIMIT ?3";

#define IMAGIFY_RECORD_COLUMNS \
    IMAGIFY_ORDER_COLUMNS ", (SELECT email FROM users u WHERE u.user_id = orders.user_id)"

OrderRecord read_record(Connection& connection, const Query& query) {
    OrderRecord record{.order = read_order(query), .email = query.text(kOrderColumns)};
    record.refund = latest_refund(connection, record.order.id);
    return record;
}

}  // namespace

Task<Result<BusinessFigures>> SqliteStore::figures(TimePoint now) {
    const auto since = now - kActiveTime;
    co_return state_->read([&](Connection& connection) -> Result<BusinessFigures> {
        Query query(connection, kFigures, first_ulid("", since), to_unix_ms(since));
        query.step();
        const Vnd paid{query.integer(3)};
        const Vnd refunded{query.integer(4)};
        return BusinessFigures{.accounts = query.integer(0),
                               .active_accounts = query.integer(10),
                               .pictures = query.integer(1),
                               .paid_orders = query.integer(2),
                               .credits_sold = {query.integer(9)},
                               .revenue = {paid.amount - refunded.amount},
                               .refunded = refunded,
                               .credits_outstanding = {query.integer(5)},
                               .open_orders = query.integer(6),
                               .open_reviews = query.integer(7),
                               .open_refunds = query.integer(8)};
    });
}

Task<Result<Page<Account>>> SqliteStore::list_accounts(std::string text, PageRequest page) {
    const std::string before = page.cursor.empty() ? "~" : page.cursor;
    co_return state_->read([&](Connection& connection) -> Result<Page<Account>> {
        Query query(connection, kAccountsBefore, before, text,
                    static_cast<std::int64_t>(page.limit + 1));
        std::vector<Account> accounts;
        while (query.step()) accounts.push_back(read_account(query));
        return cut_page(std::move(accounts), page.limit,
                        [](const Account& account) { return account.id.text(); });
    });
}

Task<Result<Page<OrderRecord>>> SqliteStore::list_order_records(OrderFilter filter,
                                                                PageRequest page) {
    const std::string before = page.cursor.empty() ? "~" : page.cursor;
    const std::string status(filter.status ? to_text(*filter.status) : "");
    co_return state_->read([&](Connection& connection) -> Result<Page<OrderRecord>> {
        Query query(connection,
                    "SELECT " IMAGIFY_RECORD_COLUMNS
                    " FROM orders WHERE order_id < ?1 AND (?2 = '' OR status = ?2)"
                    " AND (?3 = '' OR gateway_transaction = ?3"
                    "   OR substr(order_id, 1, length(?3)) = ?3)"
                    " ORDER BY order_id DESC LIMIT ?4",
                    before, status, filter.text, static_cast<std::int64_t>(page.limit + 1));
        std::vector<OrderRecord> records;
        while (query.step()) records.push_back(read_record(connection, query));
        return cut_page(std::move(records), page.limit,
                        [](const OrderRecord& record) { return record.order.id.text(); });
    });
}

Task<Result<OrderRecord>> SqliteStore::find_order_record(OrderId id) {
    co_return state_->read([&](Connection& connection) -> Result<OrderRecord> {
        Query query(connection, "SELECT " IMAGIFY_RECORD_COLUMNS " FROM orders WHERE order_id = ?",
                    id.text());
        if (!query.step()) return fail(ErrorKind::NotFound, "order.not_found");
        return read_record(connection, query);
    });
}

Task<Result<std::vector<NoticeRecord>>> SqliteStore::notices_of(OrderId id) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<NoticeRecord>> {
        Query query(connection,
                    "SELECT verdict, evidence, created_at FROM payment_notices"
                    " WHERE order_id = ? ORDER BY id LIMIT ?",
                    id.text(), kNoticesShown);
        std::vector<NoticeRecord> notices;
        while (query.step()) {
            notices.push_back({.verdict = query.text(0),
                               .evidence = query.text(1),
                               .created_at = from_unix_ms(query.integer(2))});
        }
        return notices;
    });
}

Task<Result<Page<AuditEntry>>> SqliteStore::list_audit(PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    co_return state_->read([&](Connection& connection) -> Result<Page<AuditEntry>> {
        Query query(connection,
                    "SELECT id, actor, action, subject, detail, note, created_at FROM audit_log"
                    " WHERE id < ? ORDER BY id DESC LIMIT ?",
                    *before, static_cast<std::int64_t>(page.limit + 1));
        std::vector<AuditEntry> entries;
        while (query.step()) {
            entries.push_back({.id = query.integer(0),
                               .actor = query.text(1),
                               .action = query.text(2),
                               .subject = query.text(3),
                               .detail = query.text(4),
                               .note = query.text(5),
                               .created_at = from_unix_ms(query.integer(6))});
        }
        return cut_page(std::move(entries), page.limit,
                        [](const AuditEntry& entry) { return std::to_string(entry.id); });
    });
}

Task<Result<Account>> SqliteStore::set_role(Email email, Role role, OperatorAct act) {
    co_return co_await state_->write<Account>([&](Connection& connection) -> Result<Account> {
        Query query(connection,
                    "UPDATE users SET role = ? WHERE email = ?"
                    " RETURNING " IMAGIFY_ACCOUNT_COLUMNS,
                    to_text(role), email.text());
        if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
        auto account = read_account(query);
        append_audit(connection, act, "make-admin", account.id.text(), std::string(to_text(role)));
        return account;
    });
}

}  // namespace imagify::sqlite
