#include "support/fake_dynamo/database.hpp"

#include <algorithm>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

std::string error_type(const std::string& type) {
    const bool coral = type == "ValidationException" || type == "ThrottlingException";
    return (coral ? "com.amazon.coral.validate#" : "com.amazonaws.dynamodb.v20120810#") + type;
}

}  // namespace

Database::Reply Database::handler(std::string_view operation) {
    static const std::map<std::string_view, Reply> kHandlers{
        {"CreateTable", &Database::create_table},
        {"DescribeTable", &Database::describe_table},
        {"UpdateTimeToLive", &Database::update_time_to_live},
        {"DescribeTimeToLive", &Database::describe_time_to_live},
        {"GetItem", &Database::get_item},
        {"BatchGetItem", &Database::batch_get_item},
        {"PutItem", &Database::put_item},
        {"UpdateItem", &Database::update_item},
        {"DeleteItem", &Database::delete_item},
        {"Query", &Database::query},
        {"Scan", &Database::scan},
        {"TransactWriteItems", &Database::transact_write_items},
        {"TransactGetItems", &Database::transact_get_items}};
    const auto found = kHandlers.find(operation);
    if (found == kHandlers.end()) {
        throw Refused("UnknownOperationException", "An unknown operation was requested.");
    }
    return found->second;
}

Database::Answer Database::execute(std::string_view operation, const std::string& body) {
    const std::scoped_lock lock(mutex_);
    try {
        const auto request = json::parse(body).as_object();
        return {.status = 200, .body = json::serialize((this->*handler(operation))(request))};
    } catch (const Refused& refused) {
        json::object answer = refused.extra();
        answer["__type"] = error_type(refused.type());
        answer["message"] = refused.what();
        return {.status = 400, .body = json::serialize(answer)};
    } catch (const boost::system::system_error& error) {
        return {.status = 400,
                .body = json::serialize(
                    json::object{{"__type", "com.amazon.coral.service#SerializationException"},
                                 {"message", error.what()}})};
    }
}

void Database::set_weather(Weather weather) {
    const std::scoped_lock lock(mutex_);
    weather_ = std::move(weather);
}

Table& Database::table(const Json& request) {
    const auto* const name = request.if_contains("TableName");
    if (name == nullptr) invalid("The parameter 'TableName' is required but was not present");
    const auto found = tables_.find(std::string(name->as_string()));
    if (found == tables_.end()) {
        throw Refused("ResourceNotFoundException", "Requested resource not found");
    }
    return found->second;
}

ItemRef Database::find(const Table& table, const ItemKey& key) const {
    const auto found = table.items.find(key);
    return found == table.items.end() ? nullptr : found->second;
}

void Database::change(Table& table, const ItemKey& key, ItemRef image) {
    ++version_;
    const auto now = now_ms_();
    for (auto& [name, index] : table.indexes) {
        const auto lag = weather_.index_lag_ms ? weather_.index_lag_ms() : 0;
        index.change(key, image, now + lag);
    }
    if (image) {
        table.items[key] = std::move(image);
    } else {
        table.items.erase(key);
    }
}

void Database::delete_expired() {
    const std::scoped_lock lock(mutex_);
    const auto now_s = now_ms_() / 1000;
    for (auto& [name, table] : tables_) {
        if (table.ttl_attribute.empty()) continue;
        std::vector<ItemKey> gone;
        for (const auto& [key, item] : table.items) {
            const auto* const at = item->if_contains(table.ttl_attribute);
            if (at != nullptr && type_of(*at) == "N" && number_of(*at) < now_s) gone.push_back(key);
        }
        for (const auto& key : gone) change(table, key, nullptr);
    }
}

std::vector<ItemRef> Database::items(const std::string& table) const {
    const std::scoped_lock lock(mutex_);
    std::vector<ItemRef> items;
    const auto found = tables_.find(table);
    if (found == tables_.end()) return items;
    for (const auto& [key, item] : found->second.items) items.push_back(item);
    return items;
}

std::set<std::string> Database::tables() const {
    const std::scoped_lock lock(mutex_);
    std::set<std::string> names;
    for (const auto& [name, table] : tables_) names.insert(name);
    return names;
}

std::uint64_t Database::version() const {
    const std::scoped_lock lock(mutex_);
    return version_;
}

ItemKey required_key(const KeySchema& schema, const Item& key) {
    const auto names = schema.names();
    const bool exact = key.size() == names.size() &&
                       std::ranges::all_of(names, [&](const auto& n) { return key.contains(n); });
    if (!exact) invalid("The provided key element does not match the schema");
    return key_of(schema, key);
}

}  // namespace imagify::testing::dynamo
