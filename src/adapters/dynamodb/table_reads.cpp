#include <boost/json/array.hpp>

#include "adapters/dynamodb/table_client.hpp"
#include "adapters/dynamodb/table_errors.hpp"
#include "adapters/dynamodb/wire_answer.hpp"

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

constexpr std::size_t kBatchMax = 100;
// Limit is a 32-bit number; a page holds 1 MB whatever it says.
constexpr std::size_t kPageItems = 1'000;
constexpr int kBatchTries = 5;

json::object query_request(const Query& query) {
    json::object request{{"TableName", query.table.name}, {"ScanIndexForward", query.forward}};
    if (query.index.empty()) {
        request["ConsistentRead"] = true;
    } else {
        request["IndexName"] = query.index;
    }
    Placeholders placeholders;
    request["KeyConditionExpression"] =
        query.range.empty() ? equals(query.hash_name, query.hash).render(placeholders)
                            : equals(query.hash_name, query.hash).render(placeholders) + " AND " +
                                  query.range.render(placeholders);
    if (!query.filter.empty()) request["FilterExpression"] = query.filter.render(placeholders);
    placeholders.write_to(request);
    return request;
}

}  // namespace

Task<Result<std::optional<Item>>> TableClient::get(Table table, std::string key) {
    auto body = co_await ask("GetItem", {{"TableName", table.name},
                                         {"Key", to_json(Item{{table.key, key}})},
                                         {"ConsistentRead", true}});
    if (!body) co_return std::unexpected(body.error());
    const auto* const found = body->if_contains("Item");
    if (found == nullptr) co_return std::nullopt;
    auto item = parse_item(*found);
    if (!item) co_return nothing_changed("dynamodb: an item of unknown shape in " + table.name);
    co_return std::move(*item);
}

Task<Result<std::map<std::string, Item>>> TableClient::get_many(Table table,
                                                                std::vector<std::string> keys) {
    std::map<std::string, Item> items;
    std::ranges::sort(keys);
    keys.erase(std::ranges::unique(keys).begin(), keys.end());
    for (int empty_handed = 0; !keys.empty();) {
        json::array batch;
        while (!keys.empty() && batch.size() < kBatchMax) {
            batch.push_back(to_json(Item{{table.key, keys.back()}}));
            keys.pop_back();
        }
        const auto asked = batch.size();
        auto body = co_await ask(
            "BatchGetItem",
            {{"RequestItems", json::object{{table.name, json::object{{"Keys", std::move(batch)},
                                                                     {"ConsistentRead", true}}}}}});
        if (!body) co_return std::unexpected(body.error());
        auto part = parse_batch(*body, table.name);
        if (!part) co_return nothing_changed("dynamodb: a batch of unknown shape");
        for (auto& item : part->items) {
            auto key = item.text(table.key);
            items.insert_or_assign(std::move(key), std::move(item));
        }
        for (const auto& left : part->unprocessed) keys.push_back(left.text(table.key));
        if (part->unprocessed.size() < asked) continue;
        if (++empty_handed >= kBatchTries) co_return busy();
        co_await back_off(empty_handed);
    }
    co_return items;
}

Task<Result<std::vector<Item>>> TableClient::query(Query query, std::size_t limit) {
    std::vector<Item> items;
    auto request = query_request(query);
    while (items.size() < limit) {
        // With a filter most of a page may be left out; small pages would only be many.
        if (query.filter.empty()) request["Limit"] = std::min(limit - items.size(), kPageItems);
        auto body = co_await ask("Query", request);
        if (!body) co_return std::unexpected(body.error());
        auto page = parse_page(*body);
        if (!page) co_return nothing_changed("dynamodb: a page of unknown shape");
        for (auto& item : page->items) {
            if (items.size() < limit) items.push_back(std::move(item));
        }
        if (!page->next) break;
        request["ExclusiveStartKey"] = std::move(*page->next);
    }
    co_return items;
}

Task<Result<std::vector<Item>>> TableClient::scan(Table table, Condition filter) {
    json::object request{{"TableName", table.name}, {"ConsistentRead", true}};
    Placeholders placeholders;
    if (!filter.empty()) request["FilterExpression"] = filter.render(placeholders);
    placeholders.write_to(request);
    std::vector<Item> items;
    for (;;) {
        auto body = co_await ask("Scan", request);
        if (!body) co_return std::unexpected(body.error());
        auto page = parse_page(*body);
        if (!page) co_return nothing_changed("dynamodb: a page of unknown shape");
        std::ranges::move(page->items, std::back_inserter(items));
        if (!page->next) co_return items;
        request["ExclusiveStartKey"] = std::move(*page->next);
    }
}

}  // namespace imagify::dynamodb
