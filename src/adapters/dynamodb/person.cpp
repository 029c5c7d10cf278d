#include "adapters/dynamodb/person.hpp"

#include "base/mutant.hpp"

namespace imagify::dynamodb {

Task<Result<Person>> Person::find(DynamoStore::State& state, Draft& draft, UserId id) {
    auto account = co_await state.account(draft, id);
    if (!account) co_return std::unexpected(account.error());
    auto access = co_await draft.read(state.tables.users, access_key(id));
    if (!access) co_return std::unexpected(access.error());
    auto read = read_access(id, *access ? &**access : nullptr);
    co_return Person(state, draft, std::move(*account), std::move(read));
}

Task<Result<Person>> Person::find_present(DynamoStore::State& state, Draft& draft, UserId id) {
    auto person = co_await find(state, draft, std::move(id));
    if (person && is_gone(person->item())) co_return fail(ErrorKind::NotFound, "account.not_found");
    co_return person;
}

Update& Person::update() { return draft_->update(state_->tables.users, id().text()); }

void Person::keep_access() { draft_->replace(state_->tables.users, access_item(id(), access_)); }

void Person::end_sessions(TimePoint now) {
    access_.sessions.clear();
    keep_access();
    ++account_.session_epoch;
    account_.sessions_ended_at = std::max(account_.sessions_ended_at, now);
    update()
        .set("sessionEpoch", account_.session_epoch)
        .set("sessionsEndedAt", account_.sessions_ended_at);
}

Result<void> Person::spend(const SpentFactor& factor) {
    if (factor.otp_step) {
        if (item_.number("otpLastStep") >= *factor.otp_step) {
            return fail(ErrorKind::Forbidden, "auth.otp_invalid", "used before");
        }
        update().set("otpLastStep", *factor.otp_step);
    }
    if (!factor.recovery_hash.empty()) {
        if (access_.recovery_codes.erase(factor.recovery_hash) == 0) {
            return fail(ErrorKind::Forbidden, "auth.otp_invalid", "used before");
        }
        keep_access();
    }
    return {};
}

void Person::keep_link(const MailedLink& mailed) {
    const auto& users = state_->tables.users;
    const auto older = access_.links.find(mailed.link.purpose);
    if (older != access_.links.end()) draft_->erase(users, link_key(older->second));
    draft_->create(users, link_item(mailed.link));
    access_.links.insert_or_assign(mailed.link.purpose, mailed.link.id);
    keep_access();
    state_->put_mail(*draft_, mailed.mail, account_, mailed.link.created_at);
}

void Person::forget_links() {
    for (const auto& [purpose, id] : access_.links) {
        draft_->erase(state_->tables.users, link_key(id));
    }
    access_.links.clear();
    keep_access();
}

void Person::post(Posting posting) {
    post_to(update(), posting);
    draft_->require(state_->tables.users, id().text(), can_post(item_, posting));
    draft_->create(state_->tables.transactions, ledger_item(item_, posting));
}

void Person::notify(const MailId& mail, MailKind kind, TimePoint now) {
    state_->put_mail(*draft_, {.id = mail, .kind = kind, .to = account_.email}, account_, now);
}

}  // namespace imagify::dynamodb
