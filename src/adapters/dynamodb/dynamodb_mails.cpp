#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {

Task<Result<std::vector<OutboxMail>>> DynamoStore::due_mails(TimePoint now, std::size_t limit) {
    const auto items = co_await state_->due(state_->tables.users, Due::Mail, now, limit);
    if (!items) co_return std::unexpected(items.error());
    std::vector<OutboxMail> mails;
    for (const auto& item : *items) {
        if (auto mail = read_mail(item)) mails.push_back(std::move(*mail));
    }
    co_return mails;
}

Task<Result<bool>> DynamoStore::claim_mail(MailId id, TimePoint now, TimePoint until) {
    Update update;
    set_due(update, Due::Mail, id.text(), until);
    // Sent again when its answer was lost, and then refused: the letter waits for `until`.
    const auto claimed = co_await state_->client.write(change(
        state_->tables.users, mail_key(id), std::move(update), at_most("dueAt", to_unix_ms(now))));
    if (!claimed) co_return std::unexpected(claimed.error());
    co_return claimed->applied;
}

Task<Result<void>> DynamoStore::remove_mail(MailId id) {
    const auto erased = co_await state_->client.write(erase(state_->tables.users, mail_key(id)));
    if (!erased) co_return std::unexpected(erased.error());
    co_return Result<void>{};
}

Task<Result<void>> DynamoStore::postpone_mail(MailId id, TimePoint next) {
    Update update;
    update.add("attempts", 1);
    set_due(update, Due::Mail, id.text(), next);
    const auto& users = state_->tables.users;
    // Counted once more when an answer is lost: the letter only waits longer.
    const auto postponed = co_await state_->client.write(
        change(users, mail_key(id), std::move(update), exists(users.key)));
    if (!postponed) co_return std::unexpected(postponed.error());
    co_return Result<void>{};
}

}  // namespace imagify::dynamodb
