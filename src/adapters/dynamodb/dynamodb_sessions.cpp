#include "adapters/dynamodb/person.hpp"

namespace imagify::dynamodb {
namespace {

std::unexpected<Error> no_session() { return fail(ErrorKind::NotFound, "session.not_found"); }

const Item* find(const std::map<std::string, Item>& items, const std::string& key) {
    const auto found = items.find(key);
    return found == items.end() ? nullptr : &found->second;
}

}  // namespace

Task<Result<void>> DynamoStore::open_session(Session session, SpentFactor factor) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        auto person = co_await Person::find_present(*state_, draft, session.user_id);
        if (!person) co_return std::unexpected(person.error());
        if (auto spent = person->spend(factor); !spent) co_return spent;
        person->access().open(session);
        person->keep_access();
        co_return Result<void>{};
    });
}

Task<Result<Account>> DynamoStore::find_session(UserId user, SessionId id, TimePoint now) {
    const auto items =
        co_await state_->client.get_many(state_->tables.users, {user.text(), access_key(user)});
    if (!items) co_return std::unexpected(items.error());
    const auto* const account = find(*items, user.text());
    const auto access = read_access(user, find(*items, access_key(user)));
    if (account == nullptr || access.find(id, now) == nullptr) co_return no_session();
    co_return read_account(*account);
}

Task<Result<std::vector<Session>>> DynamoStore::list_sessions(UserId user, TimePoint now) {
    const auto item = co_await state_->client.get(state_->tables.users, access_key(user));
    if (!item) co_return std::unexpected(item.error());
    auto access = read_access(user, *item ? &**item : nullptr);
    std::erase_if(access.sessions, [now](const Session& s) { return s.expires_at <= now; });
    co_return std::move(access.sessions);
}

Task<Result<void>> DynamoStore::end_session(UserId user, SessionId id) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto item = co_await draft.read(state_->tables.users, access_key(user));
        if (!item) co_return std::unexpected(item.error());
        auto access = read_access(user, *item ? &**item : nullptr);
        if (!access.end(id)) co_return no_session();
        draft.replace(state_->tables.users, access_item(user, access));
        co_return Result<void>{};
    });
}

Task<Result<void>> DynamoStore::end_all_sessions(UserId user, TimePoint now) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        auto person = co_await Person::find(*state_, draft, user);
        if (!person) co_return std::unexpected(person.error());
        person->end_sessions(now);
        co_return Result<void>{};
    });
}

}  // namespace imagify::dynamodb
