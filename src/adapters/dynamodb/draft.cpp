#include "adapters/dynamodb/draft.hpp"

#include <utility>

namespace imagify::dynamodb {

Draft::Touched& Draft::touch(const Table& table, const std::string& key) {
    auto& touched = touched_[{table.name, key}];
    touched.table = table;
    return touched;
}

Task<Result<std::optional<Item>>> Draft::read(Table table, std::string key) {
    const auto found = touched_.find({table.name, key});
    if (found != touched_.end() && found->second.was_read) co_return found->second.seen;
    auto item = co_await client_.get(table, key);
    if (!item) co_return std::unexpected(item.error());
    auto& touched = touch(table, key);
    touched.was_read = true;
    touched.seen = *item;
    co_return std::move(*item);
}

void Draft::create(const Table& table, Item item) {
    auto& touched = touch(table, item.text(table.key));
    touched.act = Act::Create;
    touched.item = std::move(item);
}

void Draft::put(const Table& table, Item item) {
    auto& touched = touch(table, item.text(table.key));
    touched.act = Act::Put;
    touched.item = std::move(item);
}

void Draft::replace(const Table& table, Item item) {
    auto& touched = touch(table, item.text(table.key));
    touched.act = Act::Replace;
    touched.item = std::move(item);
}

Update& Draft::update(const Table& table, const std::string& key) {
    auto& touched = touch(table, key);
    touched.act = Act::Update;
    return touched.update;
}

void Draft::require(const Table& table, const std::string& key, Condition condition) {
    auto& touched = touch(table, key);
    touched.required = all_of({std::move(touched.required), std::move(condition)});
}

void Draft::erase(const Table& table, const std::string& key) {
    touch(table, key).act = Act::Erase;
}

Condition Draft::unchanged(const Touched& touched) {
    if (!touched.was_read) return {};
    if (!touched.seen) return absent(touched.table.key);
    const auto version = touched.seen->maybe_number(kVersion);
    // Items without a version never change.
    return version ? equals(kVersion, *version) : exists(touched.table.key);
}

Write Draft::step_of(const std::string& key, Touched touched) {
    const auto before = touched.seen ? touched.seen->number(kVersion) : 0;
    auto condition = all_of({unchanged(touched), touched.required});
    touched.item.set(kVersion, before + 1);
    switch (touched.act) {
        case Act::None: return check(touched.table, key, std::move(condition));
        case Act::Create:
            return dynamodb::put(touched.table, std::move(touched.item), absent(touched.table.key));
        case Act::Put: return dynamodb::put(touched.table, std::move(touched.item));
        case Act::Replace:
            return dynamodb::put(touched.table, std::move(touched.item), std::move(condition));
        case Act::Update:
            touched.update.add(kVersion, 1);
            return change(touched.table, key, std::move(touched.update), std::move(condition));
        case Act::Erase: return dynamodb::erase(touched.table, key, std::move(condition));
    }
    std::unreachable();
}

Task<Result<bool>> Draft::commit() {
    auto writes = extra_;
    bool changes = !extra_.empty();
    for (const auto& [key, touched] : touched_) {
        changes = changes || touched.act != Act::None;
        writes.push_back(step_of(key.second, touched));
    }
    if (!changes) co_return true;
    const auto outcome = co_await client_.transact(std::move(writes));
    if (!outcome) co_return std::unexpected(outcome.error());
    co_return outcome->committed;
}

}  // namespace imagify::dynamodb
