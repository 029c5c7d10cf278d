#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "ports/store.hpp"
#include "sim/books.hpp"
#include "sim/env.hpp"

namespace imagify::sim {

/// What the books are kept in.
enum class StoreKind : std::uint8_t { Sqlite, Dynamodb };

/// "sqlite", "dynamodb".
std::string_view to_text(StoreKind kind);
std::optional<StoreKind> parse_store_kind(std::string_view text);

/// A store as one process has it.
class OpenedStore {
public:
    virtual ~OpenedStore() = default;
    virtual Store& store() = 0;
};

/// Where the books are: outlives every process, and is what the oracle reads.
class StoreHouse {
public:
    virtual ~StoreHouse() = default;

    /// Opens the store for a process that begins; ends before the next one is opened.
    virtual std::unique_ptr<OpenedStore> open(Random& random) = 0;

    /// True when a commit happened since the last call.
    virtual bool changed() = 0;
    virtual Books read() = 0;

    /// What is still on its way to the store arrives, and nothing is late any more.
    virtual void settle() = 0;

    /// What the store allows itself, and the oracle has to allow it too.
    struct Habits {
        /// Lists and due queries may be behind.
        bool lags = false;
        /// What a dead process sent may arrive after the next one began.
        bool delivers_late = false;
        /// An account is deleted at once, but what it leaves is tidied up in steps.
        bool deletes_in_steps = false;
    };
    virtual Habits habits() const = 0;
};

std::unique_ptr<StoreHouse> make_sqlite_house(Env& env, const std::filesystem::path& database);
std::unique_ptr<StoreHouse> make_dynamo_house(Env& env);

}  // namespace imagify::sim
