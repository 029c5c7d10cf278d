#include "adapters/dynamodb/person.hpp"

namespace imagify::dynamodb {
namespace {

std::unexpected<Error> no_account() { return fail(ErrorKind::NotFound, "account.not_found"); }

Result<LoginRecord> read_login(const std::optional<Item>& item) {
    if (!item || !item->has("sessionEpoch") || is_gone(*item)) return no_account();
    return LoginRecord{.id = UserId(item->text("userId")),
                       .password_hash = item->text("passwordHash"),
                       .otp_secret = item->text("otpSecret"),
                       .otp_enabled = item->has("otpEnabledAt"),
                       .otp_last_step = item->number("otpLastStep")};
}

Result<void> switch_off(Person& person, const MailId& notice, TimePoint now) {
    if (!person.account().mfa_enabled) return fail(ErrorKind::Conflict, "mfa.not_enabled");
    person.update().remove("otpEnabledAt").remove("otpSecret").remove("otpLastStep");
    person.access().recovery_codes.clear();
    person.keep_access();
    person.notify(notice, MailKind::MfaDisabled, now);
    return {};
}

}  // namespace

Task<Result<LoginRecord>> DynamoStore::find_login(Email email) {
    const auto& users = state_->tables.users;
    const auto guard = co_await state_->client.get(users, email_key(email.text()));
    if (!guard) co_return std::unexpected(guard.error());
    // Without an account as many reads as with one: the time says nothing.
    const auto key = *guard ? (*guard)->text("owner") : email_key(email.text());
    const auto item = co_await state_->client.get(users, key);
    if (!item) co_return std::unexpected(item.error());
    co_return read_login(*item);
}

Task<Result<LoginRecord>> DynamoStore::find_login_of(UserId id) {
    const auto item = co_await state_->client.get(state_->tables.users, id.text());
    if (!item) co_return std::unexpected(item.error());
    co_return read_login(*item);
}

Task<Result<Account>> DynamoStore::change_password(PasswordChange change) {
    co_return co_await state_->write<Account>([&](Draft& draft) -> Task<Result<Account>> {
        auto person = co_await Person::find_present(*state_, draft, change.user_id);
        if (!person) co_return std::unexpected(person.error());
        if (auto spent = person->spend(change.factor); !spent) {
            co_return std::unexpected(spent.error());
        }
        person->update().set("passwordHash", change.password_hash);
        person->end_sessions(change.now);
        person->access().open(change.session);
        person->keep_access();
        person->notify(change.notice, MailKind::PasswordChanged, change.now);
        co_return person->account();
    });
}

Task<Result<void>> DynamoStore::keep_otp_secret(UserId user, std::string sealed) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto item = co_await state_->present_account(draft, user);
        if (!item) co_return std::unexpected(item.error());
        if (item->has("otpEnabledAt")) co_return fail(ErrorKind::Conflict, "mfa.already_enabled");
        draft.update(state_->tables.users, user.text())
            .set("otpSecret", sealed)
            .remove("otpLastStep");
        co_return Result<void>{};
    });
}

Task<Result<void>> DynamoStore::enable_otp(UserId user, SpentFactor factor,
                                           std::vector<std::string> recovery_hashes, MailId notice,
                                           TimePoint now) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        auto person = co_await Person::find_present(*state_, draft, user);
        if (!person) co_return std::unexpected(person.error());
        if (person->account().mfa_enabled) {
            co_return fail(ErrorKind::Conflict, "mfa.already_enabled");
        }
        if (!person->item().has("otpSecret")) co_return fail(ErrorKind::Conflict, "mfa.not_set_up");
        person->update().set("otpEnabledAt", now);
        person->access().recovery_codes = {recovery_hashes.begin(), recovery_hashes.end()};
        person->keep_access();
        if (auto spent = person->spend(factor); !spent) co_return spent;
        person->notify(notice, MailKind::MfaEnabled, now);
        co_return Result<void>{};
    });
}

Task<Result<void>> DynamoStore::disable_otp(UserId user, SpentFactor factor, MailId notice,
                                            TimePoint now) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        auto person = co_await Person::find(*state_, draft, user);
        if (!person && person.error().kind == ErrorKind::NotFound) {
            co_return fail(ErrorKind::Conflict, "mfa.not_enabled");
        }
        if (!person) co_return std::unexpected(person.error());
        if (auto spent = person->spend(factor); !spent) co_return spent;
        co_return switch_off(*person, notice, now);
    });
}

Task<Result<void>> DynamoStore::remove_otp(Email email, MailId notice, OperatorAct act) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto owner = co_await state_->owner_of(draft, email.text());
        if (!owner) co_return std::unexpected(owner.error());
        if (!*owner) co_return no_account();
        auto person = co_await Person::find_present(*state_, draft, **owner);
        if (!person) co_return std::unexpected(person.error());
        if (auto off = switch_off(*person, notice, act.now); !off) co_return off;
        person->end_sessions(act.now);
        state_->append_audit(draft, act, "mfa-off", person->id().text(), "");
        co_return Result<void>{};
    });
}

Task<Result<std::vector<SealedOtp>>> DynamoStore::sealed_otps(UserId after, std::size_t limit) {
    const auto items = co_await state_->client.query(
        {.table = state_->tables.users,
         .index = kListIndex,
         .hash_name = "listPk",
         .hash = kAccountList,
         .range = after.empty() ? Condition{} : more_than("listAt", after.text()),
         .filter = exists("otpSecret")},
        limit);
    if (!items) co_return std::unexpected(items.error());
    std::vector<SealedOtp> otps;
    for (const auto& item : *items) {
        otps.push_back({.user_id = UserId(item.text("userId")), .sealed = item.text("otpSecret")});
    }
    co_return otps;
}

Task<Result<void>> DynamoStore::reseal_otp(SealedOtp before, std::string sealed) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto& users = state_->tables.users;
        const auto item = co_await draft.read(users, before.user_id.text());
        if (!item) co_return std::unexpected(item.error());
        if (*item && (*item)->text("otpSecret") == before.sealed) {
            draft.update(users, before.user_id.text()).set("otpSecret", sealed);
        }
        co_return Result<void>{};
    });
}

Task<Result<std::int64_t>> DynamoStore::recovery_codes_left(UserId user) {
    const auto item = co_await state_->client.get(state_->tables.users, access_key(user));
    if (!item) co_return std::unexpected(item.error());
    const auto access = read_access(user, *item ? &**item : nullptr);
    co_return static_cast<std::int64_t>(access.recovery_codes.size());
}

Task<Result<bool>> DynamoStore::has_recovery_code(UserId user, std::string hash) {
    const auto item = co_await state_->client.get(state_->tables.users, access_key(user));
    if (!item) co_return std::unexpected(item.error());
    co_return read_access(user, *item ? &**item : nullptr).recovery_codes.contains(hash);
}

}  // namespace imagify::dynamodb
