#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {
namespace {

constexpr std::size_t kNoticesShown = 100;
constexpr std::size_t kEverything = std::numeric_limits<std::size_t>::max();

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool is_open(OrderStatus status) {
    return status == OrderStatus::Pending || status == OrderStatus::Review;
}

void count_orders(BusinessFigures& figures, const std::vector<Item>& items) {
    for (const auto& item : items) {
        const auto order = read_order(item);
        if (order.paid_at) {
            ++figures.paid_orders;
            figures.revenue.amount += order.amount.amount;
            figures.credits_sold = figures.credits_sold + order.credits;
        }
        figures.open_orders += is_open(order.status) ? 1 : 0;
    }
}

void count_refunds(BusinessFigures& figures, const std::vector<Item>& items) {
    for (const auto& item : items) {
        const auto refund = read_refund(item);
        figures.open_refunds += refund.state == RefundState::Open ? 1 : 0;
        if (refund.state == RefundState::Done) figures.refunded.amount += refund.amount.amount;
    }
    figures.revenue.amount -= figures.refunded.amount;
}

void count_accounts(BusinessFigures& figures, const std::vector<Item>& items, TimePoint now) {
    figures.accounts = static_cast<std::int64_t>(items.size());
    for (const auto& item : items) {
        const auto balance = read_balance(item);
        figures.pictures += item.number("pictures");
        const bool active = item.has("activeAt") && item.time("activeAt") >= now - kActiveTime;
        figures.active_accounts += active ? 1 : 0;
        figures.credits_outstanding = figures.credits_outstanding + balance.credits + balance.held;
    }
}

Task<Result<BusinessFigures>> count(DynamoStore::State& state, TimePoint now) {
    BusinessFigures figures;
    const auto accounts =
        co_await state.list(state.tables.users, kAccountList, "", {}, kEverything);
    if (!accounts) co_return std::unexpected(accounts.error());
    count_accounts(figures, *accounts, now);
    const auto& transactions = state.tables.transactions;
    const auto orders = co_await state.list(transactions, kOrderList, "", {}, kEverything);
    if (!orders) co_return std::unexpected(orders.error());
    count_orders(figures, *orders);
    const auto refunds = co_await state.list(transactions, kRefundList, "", {}, kEverything);
    if (!refunds) co_return std::unexpected(refunds.error());
    count_refunds(figures, *refunds);
    const auto reviews =
        co_await state.list(transactions, kReviewList, "", absent("settledAt"), kEverything);
    if (!reviews) co_return std::unexpected(reviews.error());
    figures.open_reviews = static_cast<std::int64_t>(reviews->size());
    co_return figures;
}

// What an operator sees beside each order: whose it is, and its latest refund.
Task<Result<std::vector<OrderRecord>>> records_of(DynamoStore::State& state,
                                                  std::vector<Item> orders) {
    std::vector<std::string> users;
    std::vector<std::string> refunds;
    for (const auto& item : orders) {
        users.push_back(item.text("userId"));
        if (item.has("refundId")) refunds.push_back(refund_key(RefundId(item.text("refundId"))));
    }
    const auto accounts = co_await state.client.get_many(state.tables.users, std::move(users));
    if (!accounts) co_return std::unexpected(accounts.error());
    const auto made = co_await state.client.get_many(state.tables.transactions, std::move(refunds));
    if (!made) co_return std::unexpected(made.error());
    std::vector<OrderRecord> records;
    for (const auto& item : orders) {
        const auto account = accounts->find(item.text("userId"));
        const auto refund = made->find(refund_key(RefundId(item.text("refundId"))));
        records.push_back(
            {.order = read_order(item),
             .email = account == accounts->end() ? "" : account->second.text("email")});
        if (refund != made->end()) records.back().refund = read_refund(refund->second);
    }
    co_return records;
}

}  // namespace

Task<Result<BusinessFigures>> DynamoStore::figures(TimePoint now) {
    {
        const std::scoped_lock lock(state_->mutex);
        const auto kept_until = state_->figures_at + state_->settings.figures_kept;
        if (state_->figures && now >= state_->figures_at && now < kept_until) {
            co_return *state_->figures;
        }
    }
    const auto counted = co_await count(*state_, now);
    if (!counted) co_return std::unexpected(counted.error());
    const std::scoped_lock lock(state_->mutex);
    state_->figures = *counted;
    state_->figures_at = now;
    co_return *counted;
}

Task<Result<Page<Account>>> DynamoStore::list_accounts(std::string text, PageRequest page) {
    Condition filter;
    if (!text.empty()) {
        filter = any_of({contains("email", lower(text)), begins_with("userId", text)});
    }
    const auto items = co_await state_->list(state_->tables.users, kAccountList, page.cursor,
                                             std::move(filter), page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    std::vector<Account> accounts;
    for (const auto& item : *items) accounts.push_back(read_account(item));
    co_return cut_page(std::move(accounts), page.limit,
                       [](const Account& account) { return account.id.text(); });
}

Task<Result<Page<OrderRecord>>> DynamoStore::list_order_records(OrderFilter filter,
                                                                PageRequest page) {
    std::vector<Condition> conditions;
    if (filter.status) conditions.push_back(equals("status", std::string(to_text(*filter.status))));
    if (!filter.text.empty()) {
        conditions.push_back(any_of({equals("gatewayTransaction", filter.text),
                                     begins_with("transactionId", filter.text)}));
    }
    auto items = co_await state_->list(state_->tables.transactions, kOrderList, page.cursor,
                                       all_of(std::move(conditions)), page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    auto records = co_await records_of(*state_, std::move(*items));
    if (!records) co_return std::unexpected(records.error());
    co_return cut_page(std::move(*records), page.limit,
                       [](const OrderRecord& record) { return record.order.id.text(); });
}

Task<Result<OrderRecord>> DynamoStore::find_order_record(OrderId id) {
    auto item = co_await state_->client.get(state_->tables.transactions, id.text());
    if (!item) co_return std::unexpected(item.error());
    if (!*item || !(*item)->has("planId")) co_return fail(ErrorKind::NotFound, "order.not_found");
    auto records = co_await records_of(*state_, {std::move(**item)});
    if (!records) co_return std::unexpected(records.error());
    co_return std::move(records->front());
}

Task<Result<std::vector<NoticeRecord>>> DynamoStore::notices_of(OrderId id) {
    const auto items = co_await state_->client.query({.table = state_->tables.transactions,
                                                      .index = kListIndex,
                                                      .hash_name = "listPk",
                                                      .hash = notice_list(id)},
                                                     kNoticesShown);
    if (!items) co_return std::unexpected(items.error());
    std::vector<NoticeRecord> notices;
    for (const auto& item : *items) notices.push_back(read_notice(item));
    co_return notices;
}

Task<Result<Page<AuditEntry>>> DynamoStore::list_audit(PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    const auto items =
        co_await state_->list(state_->tables.transactions, kAuditList,
                              *before ? sort_number(**before) : "", {}, page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    std::vector<AuditEntry> entries;
    for (const auto& item : *items) entries.push_back(read_audit(item));
    co_return cut_page(std::move(entries), page.limit,
                       [](const AuditEntry& entry) { return std::to_string(entry.id); });
}

Task<Result<Account>> DynamoStore::set_role(Email email, Role role, OperatorAct act) {
    co_return co_await state_->write<Account>([&](Draft& draft) -> Task<Result<Account>> {
        const auto owner = co_await state_->owner_of(draft, email.text());
        if (!owner) co_return std::unexpected(owner.error());
        if (!*owner) co_return fail(ErrorKind::NotFound, "account.not_found");
        const auto item = co_await state_->present_account(draft, **owner);
        if (!item) co_return std::unexpected(item.error());
        auto account = read_account(*item);
        account.role = role;
        const std::string text(to_text(role));
        draft.update(state_->tables.users, account.id.text()).set("role", text);
        state_->append_audit(draft, act, "make-admin", account.id.text(), text);
        co_return account;
    });
}

}  // namespace imagify::dynamodb
