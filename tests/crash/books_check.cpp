#include "crash/books_check.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/storage.hpp"
#include "support/run_task.hpp"
#include "usecases/verify_books.hpp"

namespace imagify::testing {
namespace {

constexpr std::int64_t kGift = 1'000;
constexpr std::int64_t kPlanCredits = 100;

/// Plain questions to the database, read-only.
class Rows {
public:
    explicit Rows(const std::filesystem::path& data) {
        const auto file = data / "imagify.db";
        if (sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
            throw std::runtime_error("cannot open " + file.string());
        }
        sqlite3_busy_timeout(handle_, 5'000);
    }
    ~Rows() { sqlite3_close_v2(handle_); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    /// The first column of every row.
    std::vector<std::string> texts(const char* sql, const std::string& value = {}) const {
        sqlite3_stmt* raw = nullptr;
        if (sqlite3_prepare_v2(handle_, sql, -1, &raw, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
        const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> row(raw,
                                                                             &sqlite3_finalize);
        if (sqlite3_bind_parameter_count(raw) > 0) {
            sqlite3_bind_text(raw, 1, value.c_str(), -1, SQLITE_TRANSIENT);
        }
        std::vector<std::string> all;
        while (sqlite3_step(raw) == SQLITE_ROW) {
            const auto* text = sqlite3_column_text(raw, 0);
            all.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
        }
        return all;
    }

    std::set<std::string> set(const char* sql, const std::string& value) const {
        const auto all = texts(sql, value);
        return {all.begin(), all.end()};
    }

    std::int64_t number(const char* sql, const std::string& value = {}) const {
        const auto all = texts(sql, value);
        return all.empty() || all[0].empty() ? 0 : std::stoll(all[0]);
    }

private:
    sqlite3* handle_ = nullptr;
};

void check_invariants(const std::filesystem::path& data, Damage& damage) {
    SystemClock clock;
    SystemRandom random;
    Worker worker(0, 1);
    auto storage = open_storage(data, sqlite::StoreMode::ReadOnly, worker, clock, random);
    if (!storage) {
        damage.broken.push_back(storage.error().detail);
        return;
    }
    const VerifyBooks verify_books({.store = *storage->store,
                                    .generations = *storage->store,
                                    .blobs = *storage->blobs,
                                    .clock = clock});
    const auto violations = run_task(verify_books.run());
    if (!violations) damage.broken.push_back(violations.error().detail);
    if (!violations) return;
    for (const auto& each : *violations) {
        damage.broken.push_back(each.invariant + ": " + each.subject + ": " + each.detail);
    }
}

void check_accounts(const Rows& rows, const Memory& memory, Damage& damage) {
    const auto all = rows.set("SELECT email FROM users", "");
    for (const auto& email : memory.accounts) {
        if (!all.contains(email)) damage.lost.push_back("account " + email);
    }
    if (!all.contains(memory.email)) damage.lost.push_back("account " + memory.email);
}

void check_orders(const Rows& rows, const Memory& memory, Damage& damage) {
    const auto all = rows.set("SELECT order_id FROM orders WHERE user_id = ?", memory.user_id);
    const auto paid = rows.set(
        "SELECT order_id FROM orders WHERE user_id = ?"
        " AND status IN ('paid', 'refunding', 'refunded')",
        memory.user_id);
    for (const auto& [key, order] : memory.orders) {
        if (!order.id.empty() && !all.contains(order.id)) {
            damage.lost.push_back("order " + order.id);
        }
    }
    if (all.size() > memory.orders.size()) {
        damage.minted.push_back(
            fmt::format("{} orders for {} keys", all.size(), memory.orders.size()));
    }
    for (const auto& id : memory.paid) {
        if (!paid.contains(id)) damage.lost.push_back("payment of " + id);
    }
    for (const auto& id : paid) {
        // An order whose own answer was lost cannot have been paid: nobody knew its name.
        if (!memory.told.contains(id)) damage.minted.push_back("payment of " + id);
    }
}

void check_refunds(const Rows& rows, const Memory& memory, Damage& damage) {
    const auto all = rows.set("SELECT order_id FROM refunds WHERE user_id = ?", memory.user_id);
    for (const auto& id : memory.refunded) {
        if (!all.contains(id)) damage.lost.push_back("refund of " + id);
    }
    const auto count =
        rows.number("SELECT count(*) FROM refunds WHERE user_id = ?", memory.user_id);
    if (count > static_cast<std::int64_t>(memory.refunds_asked)) {
        damage.minted.push_back(
            fmt::format("{} refunds, {} asked for", count, memory.refunds_asked));
    }
}

void check_pictures(const Rows& rows, const Memory& memory, Damage& damage) {
    const auto ready = rows.set(
        "SELECT generation_id FROM generations WHERE user_id = ? AND state = 'ready'"
        " AND deleted_at IS NULL",
        memory.user_id);
    for (const auto& id : memory.ready) {
        if (!ready.contains(id)) damage.lost.push_back("picture " + id);
    }
    for (const auto& id : memory.removed) {
        if (ready.contains(id)) damage.minted.push_back("removed picture " + id);
    }
    const auto charges = rows.number(
        "SELECT count(*) FROM ledger WHERE user_id = ? AND kind = 'capture'", memory.user_id);
    if (charges > static_cast<std::int64_t>(memory.pictures.size())) {
        damage.minted.push_back(
            fmt::format("{} pictures charged for {} keys", charges, memory.pictures.size()));
    }
}

void check_balance(const Rows& rows, const Memory& memory, Damage& damage) {
    const auto& user = memory.user_id;
    const auto credits = rows.number("SELECT credits + held FROM users WHERE user_id = ?", user);
    const auto paid = rows.number(
        "SELECT count(*) FROM orders WHERE user_id = ?"
        " AND status IN ('paid', 'refunding', 'refunded')",
        user);
    const auto charges =
        rows.number("SELECT count(*) FROM ledger WHERE user_id = ? AND kind = 'capture'", user);
    const auto refunded =
        rows.number("SELECT sum(credits) FROM refunds WHERE user_id = ? AND state = 'done'", user);
    const auto right = kGift + kPlanCredits * paid - charges - refunded;
    const auto what = fmt::format("{} credits instead of {} of {}", credits, right, memory.email);
    if (credits < right) damage.lost.push_back(what);
    if (credits > right) damage.minted.push_back(what);
}

}  // namespace

std::int64_t open_holds(const std::filesystem::path& data) {
    return Rows(data).number("SELECT count(*) FROM generations WHERE state = 'pending'");
}

Damage check_books(const std::filesystem::path& data, const std::vector<const Memory*>& memories,
                   std::uint64_t& facts) {
    Damage damage;
    check_invariants(data, damage);
    const Rows rows(data);
    for (const auto* memory : memories) {
        facts += memory->orders.size() + memory->paid.size() + memory->ready.size() +
                 memory->removed.size() + memory->refunded.size() + memory->accounts.size() + 1;
        check_accounts(rows, *memory, damage);
        check_orders(rows, *memory, damage);
        check_pictures(rows, *memory, damage);
        check_refunds(rows, *memory, damage);
        check_balance(rows, *memory, damage);
    }
    return damage;
}

}  // namespace imagify::testing
