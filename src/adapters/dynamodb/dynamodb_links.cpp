#include "adapters/dynamodb/person.hpp"

namespace imagify::dynamodb {
namespace {

std::unexpected<Error> invalid_link() { return fail(ErrorKind::Invalid, "auth.link_invalid"); }

Result<AccountLink> working_link(const std::optional<Item>& item, TimePoint now) {
    if (!item) return invalid_link();
    auto link = read_link(*item);
    if (link.expires_at <= now) return invalid_link();
    return link;
}

struct Followed {
    AccountLink link;
    Person person;
};

// The link and its account, which a deleted one is not.
Task<Result<Followed>> follow(DynamoStore::State& state, Draft& draft, LinkId id, TimePoint now) {
    const auto item = co_await draft.read(state.tables.users, link_key(id));
    if (!item) co_return std::unexpected(item.error());
    auto link = working_link(*item, now);
    if (!link) co_return std::unexpected(link.error());
    auto person = co_await Person::find_present(state, draft, link->user_id);
    if (!person && person.error().kind == ErrorKind::NotFound) co_return invalid_link();
    if (!person) co_return std::unexpected(person.error());
    co_return Followed{.link = std::move(*link), .person = std::move(*person)};
}

// The address is the link's from now on, and a gift that waited for it arrives. The ledger's key
// (grant, user id) is what keeps it from arriving twice.
VerifiedEmail own_email(Person& person, const std::string& email, TimePoint now) {
    auto account = person.account();
    const auto gift = account.gift_pending;
    person.update().set("email", email).set("emailVerifiedAt", now);
    if (gift > Credits{0}) {
        person.update().set("giftPending", std::int64_t{0});
        person.post({.user_id = account.id,
                     .kind = LedgerKind::Grant,
                     .ref = account.id.text(),
                     .credits = gift,
                     .note = "sign-up gift",
                     .now = now});
    }
    account.email = email;
    account.email_verified = true;
    account.credits = account.credits + gift;
    account.gift_pending = {};
    return {.account = std::move(account), .gift = gift};
}

// Moves the unique address from the former e-mail to the link's.
Task<Result<void>> move_address(DynamoStore::State& state, Draft& draft, Person& person,
                                std::string to) {
    const auto& users = state.tables.users;
    const auto taken = co_await state.owner_of(draft, to);
    if (!taken) co_return std::unexpected(taken.error());
    if (*taken) co_return fail(ErrorKind::Conflict, "account.email_taken");
    const auto former = email_key(person.account().email);
    draft.create(users, email_item(to, person.id()));
    draft.erase(users, former);
    draft.require(users, former, equals("owner", person.id().text()));
    co_return Result<void>{};
}

Task<Result<VerifiedEmail>> follow_email_link(DynamoStore::State& state, Draft& draft, LinkId id,
                                              MailId notice, TimePoint now) {
    auto followed = co_await follow(state, draft, std::move(id), now);
    if (!followed) co_return std::unexpected(followed.error());
    auto& [link, person] = *followed;
    if (link.purpose == LinkPurpose::ResetPassword) co_return invalid_link();
    const bool moves = person.account().email != link.email;
    // A link to an address that the account has left meanwhile proves nothing of today.
    if (moves && link.purpose == LinkPurpose::VerifyEmail) co_return invalid_link();
    if (moves) {
        const auto moved = co_await move_address(state, draft, person, link.email);
        if (!moved) co_return std::unexpected(moved.error());
        person.notify(notice, MailKind::EmailChanged, now);
    }
    // All of them: a link in the former mailbox must not lead back into the account.
    person.forget_links();
    co_return own_email(person, link.email, now);
}

}  // namespace

Task<Result<void>> DynamoStore::open_link(MailedLink mailed) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        auto person = co_await Person::find_present(*state_, draft, mailed.link.user_id);
        if (!person) co_return std::unexpected(person.error());
        const auto owner = co_await state_->owner_of(draft, mailed.link.email);
        if (!owner) co_return std::unexpected(owner.error());
        if (!*owner || **owner == person->id()) {
            person->keep_link(mailed);
            co_return Result<void>{};
        }
        const auto reader = co_await draft.peek(state_->tables.users, (*owner)->text());
        if (!reader) co_return std::unexpected(reader.error());
        state_->put_mail(
            draft, {.id = mailed.mail.id, .kind = MailKind::EmailInUse, .to = mailed.link.email},
            *reader ? read_account(**reader) : Account{}, mailed.link.created_at);
        co_return Result<void>{};
    });
}

Task<Result<void>> DynamoStore::open_reset(Email email, MailedLink mailed) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto& users = state_->tables.users;
        const auto owner = co_await state_->owner_of(draft, email.text());
        if (!owner) co_return std::unexpected(owner.error());
        // Without an account the same reads and writes, of items that nobody looks for and that
        // go within the hour: the time says nothing.
        const auto nobody = "nobody#" + mailed.link.id.text();
        auto person =
            co_await Person::find_present(*state_, draft, *owner ? **owner : UserId(nobody));
        if (person) {
            mailed.link.user_id = person->id();
            person->keep_link(mailed);
            co_return Result<void>{};
        }
        if (person.error().kind != ErrorKind::NotFound) co_return std::unexpected(person.error());
        const auto read_too = co_await draft.peek(users, nobody);
        if (!read_too) co_return std::unexpected(read_too.error());
        const auto gone_by = ttl_at(mailed.link.expires_at);
        for (const auto* const part : {"", "#access", "#link", "#mail"}) {
            draft.put(users, {{users.key, nobody + part}, {kTtlAttribute, gone_by}});
        }
        co_return Result<void>{};
    });
}

Task<Result<AccountLink>> DynamoStore::find_link(LinkId id, TimePoint now) {
    const auto item = co_await state_->client.get(state_->tables.users, link_key(id));
    if (!item) co_return std::unexpected(item.error());
    co_return working_link(*item, now);
}

Task<Result<VerifiedEmail>> DynamoStore::use_email_link(LinkId id, MailId notice, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>(
        [&](Draft& draft) { return follow_email_link(*state_, draft, id, notice, now); });
}

Task<Result<VerifiedEmail>> DynamoStore::prove_email(UserId user, Email email, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>(
        [&](Draft& draft) -> Task<Result<VerifiedEmail>> {
            auto person = co_await Person::find_present(*state_, draft, user);
            if (!person) co_return std::unexpected(person.error());
            const auto& account = person->account();
            if (account.email != email.text()) {
                co_return fail(ErrorKind::NotFound, "account.not_found");
            }
            if (account.email_verified) co_return VerifiedEmail{.account = account, .gift = {}};
            person->forget_links();
            co_return own_email(*person, email.text(), now);
        });
}

Task<Result<VerifiedEmail>> DynamoStore::use_reset_link(LinkId id, std::string password_hash,
                                                        MailId notice, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>(
        [&](Draft& draft) -> Task<Result<VerifiedEmail>> {
            auto followed = co_await follow(*state_, draft, id, now);
            if (!followed) co_return std::unexpected(followed.error());
            auto& [link, person] = *followed;
            if (link.purpose != LinkPurpose::ResetPassword ||
                person.account().email != link.email) {
                co_return invalid_link();
            }
            person.update().set("passwordHash", password_hash);
            person.forget_links();
            person.end_sessions(now);
            person.notify(notice, MailKind::PasswordChanged, now);
            co_return own_email(person, link.email, now);
        });
}

}  // namespace imagify::dynamodb
