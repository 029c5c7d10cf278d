#include <algorithm>
#include <boost/algorithm/cxx11/any_of.hpp>

#include "support/fake_dynamo/database.hpp"
#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

constexpr std::size_t kBatchMaxKeys = 100;
constexpr std::size_t kPageMaxBytes = std::size_t{1024} * 1024;

Item projected(const Item& item, const json::object& request, Placeholders& placeholders) {
    const auto* const text = request.if_contains("ProjectionExpression");
    if (text == nullptr) return item;
    Item shown;
    for (const auto& path : parse_projection(std::string_view(text->as_string()), placeholders)) {
        if (path.size() > 1) invalid("the fake projects whole attributes only");
        if (const auto* const value = find(item, path)) shown[root_of(path)] = *value;
    }
    return shown;
}

// What a query or scan walks over: entries in order, with what leads back to their place.
struct Entry {
    IndexKey place;
    ItemRef item;
};

struct Walk {
    std::vector<Entry> entries;
    std::vector<std::string> key_names;
};

void add_names(std::vector<std::string>& names, const KeySchema& schema) {
    for (const auto& name : schema.names()) {
        if (!boost::algorithm::any_of_equal(names, name)) names.push_back(name);
    }
}

Index* index_of(Table& table, const json::object& request) {
    const auto* const name = request.if_contains("IndexName");
    if (name == nullptr) return nullptr;
    const auto found = table.indexes.find(std::string(name->as_string()));
    if (found == table.indexes.end()) {
        invalid("The table does not have the specified index: " + std::string(name->as_string()));
    }
    const auto* const consistent = request.if_contains("ConsistentRead");
    if (consistent != nullptr && consistent->as_bool()) {
        invalid("Consistent reads are not supported on global secondary indexes");
    }
    return &found->second;
}

IndexKey place_of(const Item& key, const Table& table, const Index* index) {
    const auto item = key_of(table.schema, key);
    return {.key = index == nullptr ? item : key_of(index->schema(), key), .item = item};
}

// Everything below one hash key, or everything, in ascending order.
Walk walk_over(Table& table, Index* index, const std::optional<std::string>& hash,
               std::int64_t now_ms) {
    Walk walk;
    add_names(walk.key_names, table.schema);
    if (index == nullptr) {
        auto at =
            hash ? table.items.lower_bound({.hash = *hash, .range = {}}) : table.items.begin();
        for (; at != table.items.end() && (!hash || at->first.hash == *hash); ++at) {
            walk.entries.push_back(
                {.place = {.key = at->first, .item = at->first}, .item = at->second});
        }
        return walk;
    }
    add_names(walk.key_names, index->schema());
    const auto& entries = index->read(now_ms);
    auto at = hash ? entries.lower_bound({.key = {.hash = *hash, .range = {}}, .item = {}})
                   : entries.begin();
    for (; at != entries.end() && (!hash || at->first.key.hash == *hash); ++at) {
        walk.entries.push_back({.place = at->first, .item = at->second});
    }
    return walk;
}

void start_after(Walk& walk, const IndexKey& start, bool forward) {
    std::erase_if(walk.entries, [&](const Entry& entry) {
        return forward ? entry.place <= start : entry.place >= start;
    });
}

json::object key_in_answer(const Item& item, const std::vector<std::string>& names) {
    json::object key;
    for (const auto& name : names) key[name] = item.at(name);
    return key;
}

struct Filters {
    std::vector<Condition> keys;
    std::optional<Condition> filter;
};

json::object page_of(const Walk& walk, const Filters& filters, const json::object& request,
                     std::size_t limit, Placeholders& placeholders) {
    json::array items;
    std::size_t scanned = 0;
    std::size_t bytes = 0;
    ItemRef last;
    for (const auto& [place, item] : walk.entries) {
        const bool in_range =
            std::ranges::all_of(filters.keys, [&](const Condition& holds) { return holds(*item); });
        if (!in_range) continue;
        if (scanned == limit || bytes > kPageMaxBytes) break;
        ++scanned;
        bytes += stored_bytes(*item);
        last = item;
        if (!filters.filter || (*filters.filter)(*item)) {
            items.push_back(projected(*item, request, placeholders));
        }
    }
    json::object answer{{"Count", items.size()}, {"ScannedCount", scanned}};
    const auto* const select = request.if_contains("Select");
    if (select == nullptr || *select != "COUNT") answer["Items"] = std::move(items);
    // A full page always names its last key, even when nothing comes after it.
    if (last && (scanned == limit || bytes > kPageMaxBytes)) {
        answer["LastEvaluatedKey"] = key_in_answer(*last, walk.key_names);
    }
    return answer;
}

}  // namespace

std::size_t Database::page_limit(const Json& request) const {
    auto limit = std::numeric_limits<std::size_t>::max();
    if (const auto* const asked = request.if_contains("Limit")) {
        if (asked->to_number<std::int64_t>() < 1)
            invalid("Limit must be greater than or equal to 1");
        limit = asked->to_number<std::size_t>();
    }
    const auto cut = weather_.page_items ? weather_.page_items() : std::nullopt;
    return cut ? std::min(limit, std::max<std::size_t>(*cut, 1)) : limit;
}

json::object Database::get_item(const Json& request) {
    auto& asked = table(request);
    Placeholders placeholders(request);
    const auto item = find(asked, required_key(asked.schema, request.at("Key").as_object()));
    json::object answer;
    if (item) answer["Item"] = projected(*item, request, placeholders);
    return answer;
}

json::object Database::batch_get_item(const Json& request) {
    json::object responses;
    json::object unprocessed;
    std::size_t keys = 0;
    for (const auto& wanted : request.at("RequestItems").as_object()) {
        auto& asked = table({{"TableName", wanted.key()}});
        const auto& details = wanted.value().as_object();
        Placeholders placeholders(details);
        json::array found;
        json::array left;
        std::set<ItemKey> seen;
        for (const auto& key : details.at("Keys").as_array()) {
            const auto place = required_key(asked.schema, key.as_object());
            if (!seen.insert(place).second)
                invalid("Provided list of item keys contains duplicates");
            if (++keys > kBatchMaxKeys)
                invalid("Too many items requested for the BatchGetItem call");
            if (weather_.leaves_unprocessed && weather_.leaves_unprocessed()) {
                left.push_back(key);
            } else if (const auto item = find(asked, place)) {
                found.push_back(projected(*item, details, placeholders));
            }
        }
        responses[wanted.key()] = std::move(found);
        if (left.empty()) continue;
        auto rest = details;
        rest["Keys"] = std::move(left);
        unprocessed[wanted.key()] = std::move(rest);
    }
    return {{"Responses", std::move(responses)}, {"UnprocessedKeys", std::move(unprocessed)}};
}

json::object Database::query(const Json& request) {
    auto& asked = table(request);
    auto* const index = index_of(asked, request);
    const auto& schema = index == nullptr ? asked.schema : index->schema();
    Placeholders placeholders(request);
    const auto terms = parse_key_condition(
        std::string_view(request.at("KeyConditionExpression").as_string()), placeholders);
    Filters filters;
    std::optional<std::string> hash;
    for (const auto& term : terms) {
        if (term.name == schema.hash && term.equals && !hash) {
            hash = sortable(*term.equals);
        } else if (term.name == schema.range && filters.keys.empty()) {
            filters.keys.push_back(term.holds);
        } else {
            invalid("Query key condition not supported");
        }
    }
    if (!hash) invalid("Query condition missed key schema element: " + schema.hash);
    if (const auto* const text = request.if_contains("FilterExpression")) {
        filters.filter = parse_condition(std::string_view(text->as_string()), placeholders);
    }
    const auto* const ascending = request.if_contains("ScanIndexForward");
    const bool forward = ascending == nullptr || ascending->as_bool();
    auto walk = walk_over(asked, index, hash, now_ms_());
    if (!forward) std::ranges::reverse(walk.entries);
    if (const auto* const start = request.if_contains("ExclusiveStartKey")) {
        start_after(walk, place_of(start->as_object(), asked, index), forward);
    }
    auto answer = page_of(walk, filters, request, page_limit(request), placeholders);
    if (!request.contains("ProjectionExpression")) placeholders.require_all_used();
    return answer;
}

json::object Database::scan(const Json& request) {
    auto& asked = table(request);
    auto* const index = index_of(asked, request);
    Placeholders placeholders(request);
    Filters filters;
    if (const auto* const text = request.if_contains("FilterExpression")) {
        filters.filter = parse_condition(std::string_view(text->as_string()), placeholders);
    }
    auto walk = walk_over(asked, index, std::nullopt, now_ms_());
    if (const auto* const start = request.if_contains("ExclusiveStartKey")) {
        start_after(walk, place_of(start->as_object(), asked, index), true);
    }
    auto answer = page_of(walk, filters, request, page_limit(request), placeholders);
    if (!request.contains("ProjectionExpression")) placeholders.require_all_used();
    return answer;
}

}  // namespace imagify::testing::dynamo
