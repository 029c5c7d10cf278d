#include "adapters/dynamodb/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

json::array key_schema(const KeyAttribute& hash, const KeyAttribute& range) {
    json::array keys{json::object{{"AttributeName", hash.name}, {"KeyType", "HASH"}}};
    if (!range.name.empty()) {
        keys.push_back(json::object{{"AttributeName", range.name}, {"KeyType", "RANGE"}});
    }
    return keys;
}

json::array definitions(const TableSchema& table) {
    std::map<std::string, std::string> types{{table.hash.name, table.hash.type}};
    for (const auto& index : table.indexes) {
        types.emplace(index.hash.name, index.hash.type);
        if (!index.range.name.empty()) types.emplace(index.range.name, index.range.type);
    }
    json::array array;
    for (const auto& [name, type] : types) {
        array.push_back(json::object{{"AttributeName", name}, {"AttributeType", type}});
    }
    return array;
}

json::array indexes_of(const TableSchema& table) {
    json::array array;
    for (const auto& index : table.indexes) {
        array.push_back(json::object{
            {"IndexName", index.name},
            {"KeySchema", key_schema(index.hash, index.range)},
            {"Projection", json::object{{"ProjectionType", index.projection}}},
        });
    }
    return array;
}

}  // namespace

std::vector<TableSchema> schema_of(const Tables& tables) {
    const IndexSchema by_user{
        .name = kUserIndex, .hash = {.name = "userId"}, .range = {.name = "createdAt"}};
    const IndexSchema due{
        .name = kDueIndex, .hash = {.name = "duePk"}, .range = {.name = "dueAt", .type = "N"}};
    const IndexSchema list{
        .name = kListIndex, .hash = {.name = "listPk"}, .range = {.name = "listAt"}};
    const IndexSchema by_email{
        .name = kEmailIndex, .hash = {.name = "email"}, .projection = "KEYS_ONLY"};
    return {{.name = tables.users.name,
             .hash = {.name = tables.users.key},
             .indexes = {by_email, due, list}},
            {.name = tables.transactions.name,
             .hash = {.name = tables.transactions.key},
             .indexes = {by_user, due, list}},
            {.name = tables.images.name,
             .hash = {.name = tables.images.key},
             .indexes = {by_user, due}}};
}

json::object create_request(const TableSchema& table) {
    return {{"TableName", table.name},
            {"BillingMode", "PAY_PER_REQUEST"},
            {"KeySchema", key_schema(table.hash, {})},
            {"AttributeDefinitions", definitions(table)},
            {"GlobalSecondaryIndexes", indexes_of(table)}};
}

json::value to_json(const std::vector<TableSchema>& schema) {
    json::array tables;
    for (const auto& table : schema) {
        auto described = create_request(table);
        described["TimeToLiveAttribute"] = kTtlAttribute;
        tables.push_back(std::move(described));
    }
    return json::object{{"tables", std::move(tables)}};
}

}  // namespace imagify::dynamodb
