#include "usecases/delete_account.hpp"

#include "base/log.hpp"

namespace imagify {

Task<Result<void>> DeleteAccount::run(UserId user, Credentials given) const {
    auto confirmed = co_await parts_.confirm_identity.run(user, std::move(given));
    if (!confirmed) co_return std::unexpected(confirmed.error());
    auto deleted = co_await run(user, std::move(confirmed->factor));
    if (!deleted || parts_.provider == nullptr) co_return deleted;
    const auto removed = co_await parts_.provider->remove(std::move(confirmed->grant));
    if (!removed) {
        // The account is gone; the next log-in there removes the rest (see LogIn).
        log_event(LogLevel::Warning, "account.left_with_provider",
                  {{"userId", user.text()}, {"why", removed.error().detail}});
    }
    co_return deleted;
}

Task<Result<void>> DeleteAccount::run(UserId user, SpentFactor factor) const {
    const auto account = co_await parts_.accounts.find_account(user);
    if (!account) co_return std::unexpected(account.error());
    const auto email = Email::parse(account->email);
    // Whoever waits for one of these learns that it has ended.
    const auto running = co_await parts_.generations.list_generations(
        user, {.state = GenerationState::Held}, {.limit = kPageMax});
    const auto deleted = co_await parts_.credentials.delete_account(
        {.user_id = user,
         .factor = std::move(factor),
         .email_mark = email ? parts_.email_marks.marks_of(*email).front() : "",
         .notice = parts_.issue_link.new_mail_id(),
         .now = parts_.clock.now()});
    if (!deleted) co_return deleted;
    log_event(LogLevel::Info, "account.deleted", {{"userId", user.text()}});
    if (running) {
        for (const auto& held : running->items) {
            parts_.events.publish(user, {.generation = held.id});
        }
    }
    parts_.events.publish(user, {});
    co_return deleted;
}

}  // namespace imagify
