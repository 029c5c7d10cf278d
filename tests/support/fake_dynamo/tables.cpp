#include "support/fake_dynamo/database.hpp"
#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

std::string text(const json::object& object, std::string_view name) {
    return json::value_to<std::string>(object.at(name));
}

std::map<std::string, std::string> attribute_types(const json::object& request) {
    std::map<std::string, std::string> types;
    for (const auto& definition : request.at("AttributeDefinitions").as_array()) {
        const auto& attribute = definition.as_object();
        types[text(attribute, "AttributeName")] = text(attribute, "AttributeType");
    }
    return types;
}

KeySchema read_schema(const json::value& elements, std::map<std::string, std::string>& types,
                      std::set<std::string>& used) {
    KeySchema schema{.hash = {}, .hash_type = {}};
    for (const auto& value : elements.as_array()) {
        const auto& element = value.as_object();
        const auto name = text(element, "AttributeName");
        if (!types.contains(name)) {
            invalid(
                "One or more parameter values were invalid: Some index key attributes are not "
                "defined in AttributeDefinitions");
        }
        used.insert(name);
        const bool hash = text(element, "KeyType") == "HASH";
        (hash ? schema.hash : schema.range) = name;
        (hash ? schema.hash_type : schema.range_type) = types[name];
    }
    if (schema.hash.empty()) invalid("Invalid KeySchema: there is no HASH key");
    return schema;
}

json::object description(const std::string& name, const Table& table) {
    json::array indexes;
    for (const auto& [index, unused] : table.indexes) {
        indexes.push_back(json::object{{"IndexName", index}, {"IndexStatus", "ACTIVE"}});
    }
    json::object described{{"TableName", name},
                           {"TableStatus", "ACTIVE"},
                           {"ItemCount", table.items.size()},
                           {"TableArn", "arn:aws:dynamodb:local:000000000000:table/" + name}};
    if (!indexes.empty()) described["GlobalSecondaryIndexes"] = std::move(indexes);
    return described;
}

}  // namespace

json::object Database::create_table(const Json& request) {
    const auto name = text(request, "TableName");
    if (tables_.contains(name)) {
        throw Refused("ResourceInUseException", "Cannot create preexisting table");
    }
    auto types = attribute_types(request);
    std::set<std::string> used;
    Table table{.schema = read_schema(request.at("KeySchema"), types, used)};
    if (const auto* const indexes = request.if_contains("GlobalSecondaryIndexes")) {
        for (const auto& value : indexes->as_array()) {
            const auto& index = value.as_object();
            auto schema = read_schema(index.at("KeySchema"), types, used);
            const auto kind = text(index.at("Projection").as_object(), "ProjectionType");
            std::vector<std::string> projected;
            if (kind == "KEYS_ONLY") {
                projected = table.schema.names();
                for (const auto& key : schema.names()) projected.push_back(key);
            } else if (kind != "ALL") {
                invalid("the fake projects ALL or KEYS_ONLY");
            }
            table.indexes.emplace(text(index, "IndexName"),
                                  Index(std::move(schema), std::move(projected)));
        }
    }
    if (used.size() != types.size()) {
        invalid(
            "One or more parameter values were invalid: Number of attributes in KeySchema does "
            "not exactly match number of attributes defined in AttributeDefinitions");
    }
    const auto& made = tables_.emplace(name, std::move(table)).first->second;
    return {{"TableDescription", description(name, made)}};
}

json::object Database::describe_table(const Json& request) {
    return {{"Table", description(text(request, "TableName"), table(request))}};
}

json::object Database::update_time_to_live(const Json& request) {
    auto& changed = table(request);
    const auto& wanted = request.at("TimeToLiveSpecification").as_object();
    const auto attribute = text(wanted, "AttributeName");
    const bool enabled = wanted.at("Enabled").as_bool();
    if (enabled && !changed.ttl_attribute.empty()) invalid("TimeToLive is already enabled");
    if (!enabled && changed.ttl_attribute.empty()) invalid("TimeToLive is already disabled");
    changed.ttl_attribute = enabled ? attribute : std::string();
    return {{"TimeToLiveSpecification", wanted}};
}

json::object Database::describe_time_to_live(const Json& request) {
    const auto& asked = table(request);
    json::object answer{{"TimeToLiveStatus", asked.ttl_attribute.empty() ? "DISABLED" : "ENABLED"}};
    if (!asked.ttl_attribute.empty()) answer["AttributeName"] = asked.ttl_attribute;
    return {{"TimeToLiveDescription", std::move(answer)}};
}

}  // namespace imagify::testing::dynamo
