#include <boost/algorithm/string/case_conv.hpp>

#include "adapters/dynamodb/account_change.hpp"
#include "adapters/dynamodb/idempotency_items.hpp"
#include "adapters/dynamodb/money_reads.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// How many pictures are looked through at a time for those that match.
constexpr std::size_t kSearchStep = 100;

std::unexpected<Error> not_held() { return fail(ErrorKind::Conflict, "generation.not_held"); }

Result<Generation> generation_in(const Result<std::optional<Item>>& item) {
    if (!item) return std::unexpected(item.error());
    if (!*item || (*item)->has("deletedAt")) return fail(ErrorKind::NotFound, "image.not_found");
    return read_generation(**item);
}

const std::string& pending_text() {
    static const std::string text(to_text(GenerationState::Held));
    return text;
}

bool is_held(const Item& generation) { return generation.text("state") == pending_text(); }

void add_hold(Draft& draft, const Tables& tables, const NewHold& hold, const Balance& before) {
    const auto& generation = hold.generation;
    draft.create(tables.images, generation_item(generation));
    AccountChange account(generation.user_id);
    account.move(Credits{0} - generation.price, generation.price);
    if (MUTANT("dynamodb.balance_rewritten")) {
        account.update()
            .set("credits", (before.credits - generation.price).count)
            .set("held", (before.held + generation.price).count);
    }
    account.update().set("activeAt", generation.created_at);
    account.require_present(tables);
    account.add_to(draft, tables);
    if (hold.key) {
        keep_key(draft, tables.transactions, generation.user_id, *hold.key, generation.id.text(),
                 generation.created_at);
    }
}

// The one conditional update that decides between capture and release.
Update& leave_held(Draft& draft, const Tables& tables, const GenerationId& id,
                   GenerationState state, TimePoint now) {
    auto& update = draft.update(tables.images, id.text());
    update.set("state", std::string(to_text(state))).set("resolvedAt", now);
    clear_due(update);
    if (!MUTANT("dynamodb.resolved_twice")) {
        draft.require(tables.images, id.text(), equals("state", pending_text()));
    }
    return update;
}

// As the account was read; when it has changed meanwhile, the conditions say so.
Balance moved(const Item& account, const Posting& posting) {
    const auto before = read_balance(account);
    return {.credits = before.credits + posting.credits, .held = before.held + posting.held};
}

bool matches(const Generation& generation, const GenerationFilter& filter) {
    if (filter.state && generation.state != *filter.state) return false;
    if (filter.text.empty()) return true;
    return boost::to_lower_copy(generation.order.prompt)
        .contains(boost::to_lower_copy(filter.text));
}

}  // namespace

Task<Result<HoldOutcome>> DynamoStore::place_hold(NewHold hold) {
    const auto& generation = hold.generation;
    auto outcome =
        co_await state_->write<HoldOutcome>([&](Draft& draft) -> Task<Result<HoldOutcome>> {
            std::optional<std::string> seen;
            if (hold.key) {
                auto made = co_await find_key(draft, state_->tables.transactions,
                                              generation.user_id, *hold.key, generation.created_at);
                if (!made) co_return std::unexpected(made.error());
                seen = std::move(*made);
            }
            const auto account =
                co_await draft.peek(state_->tables.users, generation.user_id.text());
            if (!account) co_return std::unexpected(account.error());
            if (!*account || (is_gone(**account) && !seen)) {
                co_return fail(ErrorKind::NotFound, "account.not_found");
            }
            const auto before = read_balance(**account);
            if (seen) {
                auto made = generation_in(co_await draft.peek(state_->tables.images, *seen));
                if (!made) co_return std::unexpected(made.error());
                co_return HoldOutcome{
                    .generation = std::move(*made), .balance = before, .created = false};
            }
            if (before.credits < generation.price) {
                co_return fail(ErrorKind::InsufficientCredits, "credits.insufficient");
            }
            add_hold(draft, state_->tables, hold, before);
            co_return HoldOutcome{.generation = generation,
                                  .balance = {.credits = before.credits - generation.price,
                                              .held = before.held + generation.price}};
        });
    if (outcome && outcome->created) {
        outcome->balance = co_await balance_after(*state_, generation.user_id, outcome->balance);
    }
    co_return outcome;
}

Task<Result<Balance>> DynamoStore::capture(Capture capture) {
    UserId user;
    const auto after = co_await state_->write<Balance>([&](Draft& draft) -> Task<Result<Balance>> {
        const auto item = co_await draft.peek(state_->tables.images, capture.id.text());
        if (!item) co_return std::unexpected(item.error());
        if (!*item || !is_held(**item)) co_return not_held();
        const auto generation = read_generation(**item);
        if (generation.lease != capture.lease && !MUTANT("dynamodb.lease_ignored")) {
            co_return not_held();
        }
        user = generation.user_id;
        const auto account = co_await draft.peek(state_->tables.users, user.text());
        if (!account) co_return std::unexpected(account.error());
        const Posting posting{.user_id = user,
                              .kind = LedgerKind::Capture,
                              .ref = capture.id.text(),
                              .credits = {},
                              .held = Credits{0} - generation.price,
                              .now = capture.now};
        if (!*account) {
            co_return fail(ErrorKind::Internal, "server.internal", "hold without account");
        }
        set_picture(
            leave_held(draft, state_->tables, capture.id, GenerationState::Ready, capture.now),
            capture.picture);
        if (!MUTANT("dynamodb.lease_ignored")) {
            draft.require(state_->tables.images, capture.id.text(), equals("lease", capture.lease));
        }
        AccountChange change(user);
        change.post(draft, state_->tables, **account, posting);
        change.update().add("pictures", 1);
        change.add_to(draft, state_->tables);
        co_return moved(**account, posting);
    });
    if (!after) co_return std::unexpected(after.error());
    co_return co_await balance_after(*state_, user, *after);
}

Task<Result<Balance>> DynamoStore::release(Release release) {
    UserId user;
    const auto after = co_await state_->write<Balance>([&](Draft& draft) -> Task<Result<Balance>> {
        const auto item = co_await draft.peek(state_->tables.images, release.id.text());
        if (!item) co_return std::unexpected(item.error());
        if (!*item || (!is_held(**item) && !MUTANT("dynamodb.resolved_twice"))) {
            co_return not_held();
        }
        const auto generation = read_generation(**item);
        user = generation.user_id;
        const auto account = co_await draft.peek(state_->tables.users, user.text());
        if (!account) co_return std::unexpected(account.error());
        if (!*account) {
            co_return fail(ErrorKind::Internal, "server.internal", "hold without account");
        }
        leave_held(draft, state_->tables, release.id, release.to, release.now)
            .set("error", release.error);
        AccountChange change(user);
        change.move(generation.price, Credits{0} - generation.price);
        change.add_to(draft, state_->tables);
        co_return moved(**account, {.user_id = user,
                                    .ref = {},
                                    .credits = generation.price,
                                    .held = Credits{0} - generation.price});
    });
    if (!after) co_return std::unexpected(after.error());
    co_return co_await balance_after(*state_, user, *after);
}

Task<Result<void>> DynamoStore::take_lease(GenerationId id, std::string lease) {
    const auto taken = co_await state_->client.write(change(state_->tables.images, id.text(),
                                                            Update().set("lease", lease),
                                                            equals("state", pending_text())));
    if (!taken) co_return std::unexpected(taken.error());
    if (!taken->applied) co_return not_held();
    co_return Result<void>{};
}

Task<Result<Generation>> DynamoStore::find_generation(GenerationId id) {
    co_return generation_in(co_await state_->client.get(state_->tables.images, id.text()));
}

Task<Result<Generation>> DynamoStore::find_generation_of(UserId owner, GenerationId id) {
    auto generation = co_await find_generation(std::move(id));
    if (generation && generation->user_id != owner) {
        co_return fail(ErrorKind::NotFound, "image.not_found");
    }
    co_return generation;
}

Task<Result<Page<Generation>>> DynamoStore::list_generations(UserId owner, GenerationFilter filter,
                                                             PageRequest page) {
    const bool all = !filter.state && filter.text.empty();
    const auto step = all ? page.limit + 1 : kSearchStep;
    std::vector<Item> found;
    auto cursor = page.cursor;
    for (;;) {
        auto items = co_await owned_items(*state_, state_->tables.images, owner, cursor, step);
        if (!items) co_return std::unexpected(items.error());
        const bool last = items->size() < step;
        if (!last) cursor = items->back().text("createdAt");
        for (auto& item : *items) {
            if (matches(read_generation(item), filter)) found.push_back(std::move(item));
        }
        if (last || found.size() > page.limit) break;
    }
    auto cut = cut_page(std::move(found), page.limit,
                        [](const Item& item) { return item.text("createdAt"); });
    Page<Generation> generations{.items = {}, .next_cursor = std::move(cut.next_cursor)};
    for (const auto& item : cut.items) generations.items.push_back(read_generation(item));
    co_return generations;
}

Task<Result<void>> DynamoStore::delete_generation(UserId owner, GenerationId id, TimePoint now) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto& table = state_->tables.images;
        const auto item = co_await draft.peek(table, id.text());
        const auto generation = generation_in(item);
        if (!generation) co_return std::unexpected(generation.error());
        if (generation->user_id != owner) co_return fail(ErrorKind::NotFound, "image.not_found");
        if (generation->state == GenerationState::Held) {
            co_return fail(ErrorKind::Conflict, "image.pending");
        }
        auto& update = draft.update(table, id.text());
        update.set("deletedAt", now).remove("userId");
        set_due(update, Due::DeletedGeneration, id.text(), now);
        draft.require(
            table, id.text(),
            all_of({exists(table.key), absent("deletedAt"), differs("state", pending_text())}));
        co_return Result<void>{};
    });
}

Task<Result<void>> DynamoStore::purge_generation(GenerationId id) {
    const auto purged =
        co_await state_->client.write(erase(state_->tables.images, id.text(), exists("deletedAt")));
    if (!purged) co_return std::unexpected(purged.error());
    co_return Result<void>{};
}

}  // namespace imagify::dynamodb
