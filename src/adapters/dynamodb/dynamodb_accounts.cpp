#include "adapters/dynamodb/person.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// Longer than anybody waits for five more credits; then nothing at all is left of the person.
constexpr std::chrono::hours kFormerEmailKept{24 * 365};

Task<Result<bool>> had_account(DynamoStore::State& state, Draft& draft,
                               const std::vector<std::string>& marks, TimePoint now) {
    for (const auto& mark : marks) {
        const auto left = co_await draft.peek(state.tables.users, mark_key(mark));
        if (!left) co_return std::unexpected(left.error());
        if (*left && (*left)->time("leftAt") + kFormerEmailKept > now) co_return true;
    }
    co_return false;
}

Account made_from(const NewAccount& account) {
    return {.id = account.id,
            .email = account.email.text(),
            .name = account.name,
            .locale = account.locale,
            .credits = account.gift,
            .held = {},
            .gift_pending = account.gift_pending,
            .session_epoch = 1,
            .created_at = account.created_at};
}

// The account item has its gift from the start; its ledger entry is the first.
void give_gift(DynamoStore::State& state, Draft& draft, Item& item, const NewAccount& account) {
    const Posting gift{.user_id = account.id,
                       .kind = LedgerKind::Grant,
                       .ref = account.id.text(),
                       .credits = account.gift,
                       .note = "sign-up gift",
                       .now = account.created_at};
    Item before = item;
    before.set("credits", std::int64_t{0});
    draft.create(state.tables.transactions, ledger_item(before, gift));
    item.set("ledgerSeq", std::int64_t{1});
}

Task<Result<Account>> insert_account(DynamoStore::State& state, Draft& draft, NewAccount account) {
    const auto& users = state.tables.users;
    const auto owner = co_await state.owner_of(draft, account.email.text());
    if (!owner) co_return std::unexpected(owner.error());
    if (*owner) co_return fail(ErrorKind::Conflict, "account.email_taken");
    const auto had = co_await had_account(state, draft, account.email_marks, account.created_at);
    if (!had) co_return std::unexpected(had.error());
    if (*had) account.gift = account.gift_pending = {};
    // Now, not when the account ends: it may have moved to another address by then.
    if (account.gift + account.gift_pending > Credits{0} && !account.email_marks.empty()) {
        leave_mark(state, draft, account.email_marks.front(), account.created_at);
    }
    const auto made = made_from(account);
    auto item = account_item(made, account.password_hash);
    if (account.gift > Credits{0}) give_gift(state, draft, item, account);
    draft.create(users, std::move(item));
    draft.create(users, email_item(made.email, made.id));
    Access access;
    if (account.session) access.open(*account.session);
    if (account.verification) {
        const auto& [link, mail] = *account.verification;
        draft.create(users, link_item(link));
        access.links.emplace(link.purpose, link.id);
        state.put_mail(draft, mail, made, account.created_at);
    }
    if (account.session || account.verification) {
        draft.create(users, access_item(account.id, access));
    }
    co_return made;
}

}  // namespace

void leave_mark(DynamoStore::State& state, Draft& draft, const std::string& mark, TimePoint now) {
    if (mark.empty() || MUTANT("deletion.address_forgotten")) return;
    draft.put(state.tables.users, {{"userId", mark_key(mark)},
                                   {"leftAt", to_unix_ms(now)},
                                   {kTtlAttribute, ttl_at(now + kFormerEmailKept)}});
}

Item email_item(const std::string& email, const UserId& owner) {
    return {{"userId", email_key(email)}, {"owner", owner.text()}};
}

Task<Result<Account>> DynamoStore::create_account(NewAccount account) {
    co_return co_await state_->write<Account>(
        [&](Draft& draft) { return insert_account(*state_, draft, account); });
}

Task<Result<Account>> DynamoStore::find_account(UserId id) {
    const auto item = co_await state_->client.get(state_->tables.users, id.text());
    if (!item) co_return std::unexpected(item.error());
    // Other kinds of item have no name that could be an account's.
    if (!*item || !(*item)->has("sessionEpoch")) {
        co_return fail(ErrorKind::NotFound, "account.not_found");
    }
    co_return read_account(**item);
}

Task<Result<Account>> DynamoStore::update_profile(UserId id, ProfileChange change) {
    co_return co_await state_->write<Account>([&](Draft& draft) -> Task<Result<Account>> {
        const auto item = co_await state_->present_account(draft, id);
        if (!item) co_return std::unexpected(item.error());
        auto account = read_account(*item);
        if (!change.name && !change.locale) co_return account;
        auto& update = draft.update(state_->tables.users, id.text());
        if (change.name) update.set("name", account.name = *change.name);
        if (change.locale) {
            account.locale = *change.locale;
            update.set("locale", std::string(to_text(account.locale)));
        }
        co_return account;
    });
}

}  // namespace imagify::dynamodb
