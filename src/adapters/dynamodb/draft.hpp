#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/dynamodb/table_client.hpp"

namespace imagify::dynamodb {

/// Counts the changes of an item that a Draft made; every item that a Draft writes has it.
inline constexpr const char* kVersion = "ver";

/// Reads, decides, then writes all or nothing: an optimistic transaction. What it read through
/// `read` is what commits: each item that it changes, and each that it only looked at, must still
/// have the version that it had (or still be absent), else `commit` says false and the caller
/// starts over with a new Draft. Money moves with conditions of its own beside the versions: the
/// numbers of an account may change without its version. Used by one coroutine.
class Draft {
public:
    explicit Draft(TableClient& client) : client_(client) {}

    /// Reads consistently, once.
    Task<Result<std::optional<Item>>> read(Table table, std::string key);
    /// Reads without tying the commit to it.
    Task<Result<std::optional<Item>>> peek(Table table, std::string key) {
        return client_.get(std::move(table), std::move(key));
    }

    /// Makes an item that is not there.
    void create(const Table& table, Item item);
    /// Puts an item whatever is there, for keys that are nobody else's.
    void put(const Table& table, Item item);
    /// Makes or replaces the whole item as it was read.
    void replace(const Table& table, Item item);
    /// The changes of one item so far, to add to.
    Update& update(const Table& table, const std::string& key);
    /// One more thing that has to hold for an item that is updated or erased.
    void require(const Table& table, const std::string& key, Condition condition);
    /// As it was read; absent is fine when it was not.
    void erase(const Table& table, const std::string& key);
    /// Writes without looking at versions: for steps with conditions of their own.
    void add(Write write) { extra_.push_back(std::move(write)); }

    /// False: somebody was faster, nothing changed. Nothing to write: true at once.
    Task<Result<bool>> commit();

private:
    enum class Act { None, Create, Put, Replace, Update, Erase };
    struct Touched {
        Table table;
        bool was_read = false;
        std::optional<Item> seen{};
        Act act = Act::None;
        Item item{};
        Update update{};
        Condition required{};
    };
    Touched& touch(const Table& table, const std::string& key);
    static Condition unchanged(const Touched& touched);
    static Write step_of(const std::string& key, Touched touched);

    TableClient& client_;
    std::map<std::pair<std::string, std::string>, Touched> touched_;
    std::vector<Write> extra_;
};

}  // namespace imagify::dynamodb
