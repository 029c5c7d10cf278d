#include "adapters/dynamodb/deletion.hpp"

#include "adapters/dynamodb/person.hpp"
#include "base/failpoint.hpp"
#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// Indexes lag by less than a second; what the first round did not see, the second one does.
constexpr std::chrono::seconds kSecondRoundAfter{60};
constexpr std::size_t kMailsAtOnce = 50;
constexpr std::size_t kRoundLimit = 10'000;

Task<Result<void>> erase_mails(DynamoStore::State& state, Draft& draft, std::string recipient) {
    const auto mails =
        co_await state.list(state.tables.users, mail_list(recipient), "", {}, kMailsAtOnce);
    if (!mails) co_return std::unexpected(mails.error());
    for (const auto& mail : *mails) draft.erase(state.tables.users, mail.text("userId"));
    co_return Result<void>{};
}

void erase_person(DynamoStore::State& state, Draft& draft, Person& person, TimePoint now) {
    const auto& users = state.tables.users;
    person.forget_links();
    person.end_sessions(now);
    draft.erase(users, access_key(person.id()));
    draft.erase(users, email_key(person.account().email));
    auto& update = person.update();
    update.set("email", "deleted:" + person.id().text())
        .set("role", std::string(to_text(Role::User)))
        .set("giftPending", std::int64_t{0})
        .set("deletedAt", now);
    for (const auto* const name : {"name", "activeAt", "passwordHash", "emailVerifiedAt",
                                   "otpEnabledAt", "otpSecret", "otpLastStep"}) {
        update.remove(name);
    }
    set_due(update, Due::Deletion, person.id().text(), now + kSecondRoundAfter);
}

// The decision, in one transaction: from here on nobody is this person any more, nothing new
// begins, and whatever is left is tidied up by whoever comes.
Task<Result<void>> decide(DynamoStore::State& state, Draft& draft, const Deletion& deletion) {
    auto person = co_await Person::find_present(state, draft, deletion.user_id);
    if (!person) co_return std::unexpected(person.error());
    if (person->item().has("openOrders") && !MUTANT("deletion.open_payment_ignored")) {
        co_return fail(ErrorKind::Conflict, "account.payment_open");
    }
    if (!MUTANT("deletion.open_payment_ignored")) {
        draft.require(state.tables.users, deletion.user_id.text(), absent("openOrders"));
    }
    if (auto spent = person->spend(deletion.factor); !spent) co_return spent;
    const auto erased = co_await erase_mails(state, draft, person->account().email);
    if (!erased) co_return erased;
    leave_mark(state, draft, deletion.email_mark, deletion.now);
    erase_person(state, draft, *person, deletion.now);
    person->notify(deletion.notice, MailKind::AccountDeleted, deletion.now);
    co_return Result<void>{};
}

// What credits are left leaves the books, once and when nothing is held any more.
Task<Result<void>> book_out(DynamoStore::State& state, UserId user, TimePoint now) {
    const auto ref = "deleted:" + user.text();
    co_return co_await state.write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto item = co_await state.account(draft, user);
        if (!item) co_return std::unexpected(item.error());
        const auto left = read_balance(*item);
        if (left.credits == Credits{0} || left.held > Credits{0}) co_return Result<void>{};
        const auto before =
            co_await draft.peek(state.tables.transactions, ledger_key(LedgerKind::Adjust, ref));
        if (!before) co_return std::unexpected(before.error());
        if (*before) co_return Result<void>{};
        const Posting posting{.user_id = user,
                              .kind = LedgerKind::Adjust,
                              .ref = ref,
                              .credits = Credits{0} - left.credits,
                              .note = "account deleted",
                              .now = now};
        post_to(draft.update(state.tables.users, user.text()), posting);
        draft.require(state.tables.users, user.text(), can_post(*item, posting));
        draft.require(state.tables.users, user.text(), equals("held", std::int64_t{0}));
        if (!MUTANT("deletion.not_booked")) {
            draft.create(state.tables.transactions, ledger_item(*item, posting));
        }
        co_return Result<void>{};
    });
}

// Hides a picture for the collector. One that is gone or still held is left alone.
Task<Result<void>> hide(DynamoStore::State& state, std::string id, TimePoint now) {
    Update update;
    update.set("deletedAt", now).remove("prompt").remove("negativePrompt").remove("userId");
    set_due(update, Due::DeletedGeneration, id, now);
    const auto pending = std::string(to_text(GenerationState::Held));
    const auto hidden = co_await state.client.write(
        change(state.tables.images, id, std::move(update),
               all_of({exists("owner"), absent("deletedAt"), differs("state", pending)})));
    if (!hidden) co_return std::unexpected(hidden.error());
    co_return Result<void>{};
}

Task<Result<void>> resolve(DynamoStore& store, DynamoStore::State& state, Item generation,
                           TimePoint now) {
    const GenerationId id(generation.text("imageId"));
    if (generation.text("state") == to_text(GenerationState::Held) &&
        !MUTANT("deletion.holds_stay")) {
        const auto released = co_await store.release(
            {.id = id, .to = GenerationState::Cancelled, .error = "account.deleted", .now = now});
        // Whoever painted it was faster: it is charged, and hidden like the others.
        if (!released && released.error().kind != ErrorKind::Conflict) {
            co_return std::unexpected(released.error());
        }
    }
    co_return co_await hide(state, id.text(), now);
}

}  // namespace

Task<Result<bool>> tidy_deleted(DynamoStore& store, DynamoStore::State& state, UserId user,
                                TimePoint now) {
    const auto left = co_await state.client.query({.table = state.tables.images,
                                                   .index = kUserIndex,
                                                   .hash_name = "userId",
                                                   .hash = user.text()},
                                                  kRoundLimit);
    if (!left) co_return std::unexpected(left.error());
    for (const auto& generation : *left) {
        FAILPOINT("dynamodb.deletion_step");
        const auto resolved = co_await resolve(store, state, generation, now);
        if (!resolved) co_return std::unexpected(resolved.error());
    }
    FAILPOINT("dynamodb.deletion_booking");
    const auto booked = co_await book_out(state, user, now);
    if (!booked) co_return std::unexpected(booked.error());
    const auto account = co_await state.client.get(state.tables.users, user.text());
    if (!account) co_return std::unexpected(account.error());
    co_return left->empty() && (!*account || read_balance(**account).held == Credits{0});
}

Task<Result<void>> finish_deletions(DynamoStore& store, DynamoStore::State& state, TimePoint now) {
    const auto due = co_await state.due(state.tables.users, Due::Deletion, now, kRoundLimit);
    if (!due) co_return std::unexpected(due.error());
    for (const auto& item : *due) {
        const UserId user(item.text("userId"));
        const auto tidy = co_await tidy_deleted(store, state, user, now);
        if (!tidy) co_return std::unexpected(tidy.error());
        Update update;
        if (*tidy) {
            clear_due(update);
        } else {
            set_due(update, Due::Deletion, user.text(), now + kSecondRoundAfter);
        }
        const auto kept = co_await state.client.write(
            change(state.tables.users, user.text(), std::move(update), exists("deletedAt")));
        if (!kept) co_return std::unexpected(kept.error());
    }
    co_return Result<void>{};
}

Task<Result<void>> DynamoStore::delete_account(Deletion deletion) {
    const auto decided = co_await state_->write<void>(
        [&](Draft& draft) { return decide(*state_, draft, deletion); });
    if (!decided) co_return decided;
    const auto tidy = co_await tidy_deleted(*this, *state_, deletion.user_id, deletion.now);
    if (!tidy) {
        // The account has ended all the same; `forget_expired` tidies up later.
        log_event(LogLevel::Warning, "store.deletion_unfinished",
                  {{"user", std::string_view(deletion.user_id.text())},
                   {"detail", std::string_view(tidy.error().detail)}});
    }
    co_return Result<void>{};
}

}  // namespace imagify::dynamodb
