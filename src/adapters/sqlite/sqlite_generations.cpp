#include "adapters/sqlite/store_state.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

#define IMAGIFY_GENERATION_COLUMNS                                                             \
    "generation_id, user_id, state, prompt, aspect_ratio, style, seed, negative_prompt,"       \
    " requested_engine, price, created_at, deadline, lease, error, mime, width_px, height_px," \
    " size_bytes, sha256, color, engine"

Generation read_generation(const Query& query) {
    Generation generation{
        .id = GenerationId(query.text(0)),
        .user_id = UserId(query.text(1)),
        .state = parse_generation_state(query.text(2)).value_or(GenerationState::Failed),
        .order = {.prompt = query.text(3),
                  .aspect_ratio = parse_aspect_ratio(query.text(4)).value_or(AspectRatio::Square),
                  .style = query.text(5),
                  .seed = static_cast<std::uint32_t>(query.integer(6)),
                  .negative_prompt = query.text(7)},
        .price = {query.integer(9)},
        .requested_engine = query.text(8),
        .created_at = from_unix_ms(query.integer(10)),
        .deadline = from_unix_ms(query.integer(11)),
        .lease = query.text(12),
        .error = query.text(13)};
    if (generation.state == GenerationState::Ready) {
        generation.picture = StoredPicture{.mime = query.text(14),
                                           .width_px = static_cast<int>(query.integer(15)),
                                           .height_px = static_cast<int>(query.integer(16)),
                                           .size_bytes = query.integer(17),
                                           .sha256 = query.text(18),
                                           .color = query.text(19),
                                           .engine = query.text(20)};
    }
    return generation;
}

Result<Generation> generation_by_id(Connection& connection, const GenerationId& id) {
    Query query(connection,
                "SELECT " IMAGIFY_GENERATION_COLUMNS
                " FROM generations WHERE generation_id = ? AND deleted_at IS NULL",
                id.text());
    if (!query.step()) return fail(ErrorKind::NotFound, "image.not_found");
    return read_generation(query);
}

Result<Balance> balance_of(Connection& connection, const UserId& user) {
    Query query(connection, "SELECT credits, held FROM users WHERE user_id = ?", user.text());
    if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
    return Balance{.credits = {query.integer(0)}, .held = {query.integer(1)}};
}

void insert_generation(Connection& connection, const Generation& generation) {
    const auto& order = generation.order;
    Query(connection,
          "INSERT INTO generations (" IMAGIFY_GENERATION_COLUMNS
          ")"
          " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, 0, 0, '', '', '')",
          generation.id.text(), generation.user_id.text(), order.prompt,
          to_text(order.aspect_ratio), order.style, std::int64_t{order.seed}, order.negative_prompt,
          generation.requested_engine, generation.price.count, to_unix_ms(generation.created_at),
          to_unix_ms(generation.deadline), generation.lease)
        .run();
}

Result<HoldOutcome> replayed(Connection& connection, const UserId& user, const std::string& ref) {
    const auto generation = generation_by_id(connection, GenerationId(ref));
    if (!generation) return std::unexpected(generation.error());
    const auto balance = balance_of(connection, user);
    if (!balance) return std::unexpected(balance.error());
    return HoldOutcome{.generation = *generation, .balance = *balance, .created = false};
}

// What a hold that checks and charges apart would look at.
std::optional<Balance> enough_credits(Connection& connection, const UserId& user, Credits price) {
    const auto balance = balance_of(connection, user);
    if (!balance || balance->credits < price) return std::nullopt;
    return *balance;
}

Result<HoldOutcome> hold_credits(Connection& connection, const NewHold& request) {
    const auto& generation = request.generation;
    const auto& user = generation.user_id;
    if (request.key) {
        const auto seen = find_key(connection, user, *request.key, generation.created_at);
        if (!seen) return std::unexpected(seen.error());
        if (*seen) return replayed(connection, user, **seen);
    }
    if (is_gone(connection, user)) return fail(ErrorKind::NotFound, "account.not_found");
    const auto taken = MUTANT("hold.credits_not_taken") ? Credits{0} : generation.price;
    const auto after = MUTANT("hold.charged_apart")
                           ? enough_credits(connection, user, generation.price)
                           : move_balance(connection, user, Credits{0} - taken, generation.price);
    if (!after) {
        const auto balance = balance_of(connection, user);
        if (!balance) return std::unexpected(balance.error());
        return fail(ErrorKind::InsufficientCredits, "credits.insufficient");
    }
    insert_generation(connection, generation);
    if (request.key) {
        keep_key(connection, user, *request.key, generation.id.text(), generation.created_at);
    }
    return HoldOutcome{.generation = generation, .balance = *after, .created = true};
}

struct Resolved {
    UserId user;
    Credits price;
};

// For the mutants that forget the condition `state = 'pending'`: makes it true.
void forget_guard(Connection& connection, const GenerationId& id) {
    Query(connection,
          "UPDATE generations SET state = 'pending', resolved_at = NULL, sha256 = ''"
          " WHERE generation_id = ?",
          id.text())
        .run();
}

// The one conditional update that decides between capture and release.
std::optional<Resolved> leave_held(Query& update) {
    if (!update.step()) return std::nullopt;
    Resolved resolved{.user = UserId(update.text(0)), .price = {update.integer(1)}};
    while (update.step()) {
    }
    return resolved;
}

Result<Balance> capture_hold(Connection& connection, const Capture& capture) {
    const auto& picture = capture.picture;
    if (MUTANT("capture.not_guarded")) forget_guard(connection, capture.id);
    auto lease = capture.lease;
    if (MUTANT("capture.lease_ignored")) lease = generation_by_id(connection, capture.id)->lease;
    Query update(connection,
                 "UPDATE generations SET state = 'ready', resolved_at = ?3, mime = ?4,"
                 " width_px = ?5, height_px = ?6, size_bytes = ?7, sha256 = ?8, color = ?9,"
                 " engine = ?10"
                 " WHERE generation_id = ?1 AND state = 'pending' AND lease = ?2"
                 " RETURNING user_id, price",
                 capture.id.text(), lease, to_unix_ms(capture.now), picture.mime,
                 std::int64_t{picture.width_px}, std::int64_t{picture.height_px},
                 picture.size_bytes, picture.sha256, picture.color, picture.engine);
    const auto resolved = leave_held(update);
    if (!resolved) return fail(ErrorKind::Conflict, "generation.not_held");
    const auto freed = MUTANT("capture.held_stays") ? Credits{0} : resolved->price;
    const auto after = move_balance(connection, resolved->user, {}, Credits{0} - freed);
    if (!after) return fail(ErrorKind::Internal, "server.internal", "hold without account");
    append_ledger(connection, {.user_id = resolved->user,
                               .kind = LedgerKind::Capture,
                               .ref = capture.id.text(),
                               .delta = Credits{0} - resolved->price,
                               .after = *after,
                               .now = capture.now});
    return *after;
}

Result<Balance> release_hold(Connection& connection, const Release& release) {
    if (MUTANT("release.not_guarded")) forget_guard(connection, release.id);
    Query update(connection,
                 "UPDATE generations SET state = ?, error = ?, resolved_at = ?"
                 " WHERE generation_id = ? AND state = 'pending' RETURNING user_id, price",
                 to_text(release.to), release.error, to_unix_ms(release.now), release.id.text());
    const auto resolved = leave_held(update);
    if (!resolved) return fail(ErrorKind::Conflict, "generation.not_held");
    const auto back = MUTANT("release.credits_lost") ? Credits{0} : resolved->price;
    const auto after = move_balance(connection, resolved->user, back, Credits{0} - resolved->price);
    if (!after) return fail(ErrorKind::Internal, "server.internal", "hold without account");
    return *after;
}

Result<void> hide_generation(Connection& connection, const UserId& owner, const GenerationId& id,
                             TimePoint now) {
    const auto generation = generation_by_id(connection, id);
    if (!generation || (generation->user_id != owner && !MUTANT("delete.owner_ignored"))) {
        return fail(ErrorKind::NotFound, "image.not_found");
    }
    if (generation->state == GenerationState::Held && !MUTANT("delete.held_too")) {
        return fail(ErrorKind::Conflict, "image.pending");
    }
    Query(connection, "UPDATE generations SET deleted_at = ? WHERE generation_id = ?",
          to_unix_ms(now), id.text())
        .run();
    return {};
}

std::vector<Generation> read_all(Query& query) {
    std::vector<Generation> generations;
    while (query.step()) generations.push_back(read_generation(query));
    return generations;
}

}  // namespace

Task<Result<HoldOutcome>> SqliteStore::place_hold(NewHold hold) {
    const auto held = co_await state_->write<HoldOutcome>(
        [&hold](Connection& connection) { return hold_credits(connection, hold); });
    if (held && held->created && MUTANT("hold.charged_apart")) {
        co_await state_->write<void>([&hold](Connection& connection) -> Result<void> {
            const auto& made = hold.generation;
            move_balance(connection, made.user_id, Credits{0} - made.price, made.price);
            return {};
        });
    }
    co_return held;
}

Task<Result<Balance>> SqliteStore::capture(Capture capture) {
    co_return co_await state_->write<Balance>(
        [&capture](Connection& connection) { return capture_hold(connection, capture); });
}

Task<Result<Balance>> SqliteStore::release(Release release) {
    co_return co_await state_->write<Balance>(
        [&release](Connection& connection) { return release_hold(connection, release); });
}

Task<Result<void>> SqliteStore::take_lease(GenerationId id, std::string lease) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        Query(connection,
              "UPDATE generations SET lease = ? WHERE generation_id = ? AND state = 'pending'",
              lease, id.text())
            .run();
        if (connection.changes() == 1) return {};
        return fail(ErrorKind::Conflict, "generation.not_held");
    });
}

Task<Result<Generation>> SqliteStore::find_generation(GenerationId id) {
    co_return state_->read(
        [&id](Connection& connection) { return generation_by_id(connection, id); });
}

Task<Result<Generation>> SqliteStore::find_generation_of(UserId owner, GenerationId id) {
    auto generation = co_await find_generation(std::move(id));
    if (generation && generation->user_id != owner && !MUTANT("cancel.owner_ignored")) {
        co_return fail(ErrorKind::NotFound, "image.not_found");
    }
    co_return generation;
}

Task<Result<Page<Generation>>> SqliteStore::list_generations(UserId owner, GenerationFilter filter,
                                                             PageRequest page) {
    const std::string before = page.cursor.empty() ? "~" : page.cursor;
    std::optional<std::string_view> state;
    if (filter.state) state = to_text(*filter.state);
    co_return state_->read([&](Connection& connection) -> Result<Page<Generation>> {
        Query query(connection,
                    "SELECT " IMAGIFY_GENERATION_COLUMNS
                    " FROM generations WHERE user_id = ?1 AND generation_id < ?2"
                    " AND deleted_at IS NULL AND (?3 IS NULL OR state = ?3)"
                    " AND (?4 = '' OR instr(lower(prompt), lower(?4)) > 0)"
                    " ORDER BY generation_id DESC LIMIT ?5",
                    owner.text(), before, state, filter.text,
                    static_cast<std::int64_t>(page.limit + 1));
        return cut_page(read_all(query), page.limit,
                        [](const Generation& generation) { return generation.id.text(); });
    });
}

Task<Result<void>> SqliteStore::delete_generation(UserId owner, GenerationId id, TimePoint now) {
    co_return co_await state_->write<void>(
        [&](Connection& connection) { return hide_generation(connection, owner, id, now); });
}

Task<Result<std::vector<Generation>>> SqliteStore::overdue_holds(TimePoint now, std::size_t limit) {
    if (MUTANT("reaper.blind")) co_return std::vector<Generation>{};
    if (MUTANT("reaper.hasty")) now += kHoldDeadline - std::chrono::seconds(1);
    const auto too_far =
        MUTANT("reaper.trusts_the_wall_clock") ? TimePoint::max() : now + 2 * kHoldDeadline;
    co_return state_->read([&](Connection& connection) -> Result<std::vector<Generation>> {
        Query query(connection,
                    "SELECT " IMAGIFY_GENERATION_COLUMNS
                    " FROM generations WHERE state = 'pending' AND (deadline <= ? OR deadline > ?)"
                    " ORDER BY deadline LIMIT ?",
                    to_unix_ms(now), to_unix_ms(too_far), static_cast<std::int64_t>(limit));
        return read_all(query);
    });
}

Task<Result<std::vector<Generation>>> SqliteStore::orphaned_holds(std::string own_lease,
                                                                  std::size_t limit) {
    if (MUTANT("recover.blind")) co_return std::vector<Generation>{};
    co_return state_->read([&](Connection& connection) -> Result<std::vector<Generation>> {
        Query query(connection,
                    "SELECT " IMAGIFY_GENERATION_COLUMNS
                    " FROM generations WHERE state = 'pending' AND lease <> ?"
                    " ORDER BY deadline LIMIT ?",
                    own_lease, static_cast<std::int64_t>(limit));
        return read_all(query);
    });
}

Task<Result<std::vector<GenerationId>>> SqliteStore::deleted_generations(std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<GenerationId>> {
        Query query(connection,
                    "SELECT generation_id FROM generations WHERE deleted_at IS NOT NULL"
                    " ORDER BY deleted_at LIMIT ?",
                    static_cast<std::int64_t>(limit));
        std::vector<GenerationId> ids;
        while (query.step()) ids.emplace_back(query.text(0));
        return ids;
    });
}

Task<Result<void>> SqliteStore::purge_generation(GenerationId id) {
    co_return co_await state_->write<void>([&id](Connection& connection) -> Result<void> {
        Query(connection,
              "DELETE FROM generations WHERE generation_id = ? AND deleted_at IS NOT NULL",
              id.text())
            .run();
        return {};
    });
}

}  // namespace imagify::sqlite
