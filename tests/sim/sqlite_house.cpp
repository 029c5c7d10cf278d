#include <stdexcept>

#include "adapters/sqlite/sqlite_store.hpp"
#include "sim/sqlite_books.hpp"
#include "sim/store_house.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

class OpenedSqlite final : public OpenedStore {
public:
    OpenedSqlite(Scheduler& scheduler, const std::filesystem::path& database) {
        auto opened = sqlite::SqliteStore::open(
            {.file = database,
             .mode = sqlite::StoreMode::Simulation,
             .clock = &scheduler,
             .turn = [&scheduler] { return scheduler.wait(0ms, "store"); }});
        if (!opened) throw std::runtime_error(opened.error().detail);
        store_ = std::move(*opened);
    }
    Store& store() override { return *store_; }

private:
    std::unique_ptr<sqlite::SqliteStore> store_;
};

class SqliteHouse final : public StoreHouse {
public:
    SqliteHouse(Env& env, const std::filesystem::path& database)
        : env_(env), database_(database), books_(database) {}

    std::unique_ptr<OpenedStore> open(Random&) override {
        return std::make_unique<OpenedSqlite>(env_.scheduler, database_);
    }
    bool changed() override { return books_.changed(); }
    Books read() override { return books_.read(); }
    void settle() override {}
    Habits habits() const override { return {}; }

private:
    Env& env_;
    std::filesystem::path database_;
    SqliteBooks books_;
};

}  // namespace

std::string_view to_text(StoreKind kind) {
    return kind == StoreKind::Sqlite ? "sqlite" : "dynamodb";
}

std::optional<StoreKind> parse_store_kind(std::string_view text) {
    for (const auto kind : {StoreKind::Sqlite, StoreKind::Dynamodb}) {
        if (text == to_text(kind)) return kind;
    }
    return std::nullopt;
}

std::unique_ptr<StoreHouse> make_sqlite_house(Env& env, const std::filesystem::path& database) {
    return std::make_unique<SqliteHouse>(env, database);
}

}  // namespace imagify::sim
