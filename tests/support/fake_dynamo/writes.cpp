#include "support/fake_dynamo/writes.hpp"

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

constexpr std::size_t kItemMaxBytes = std::size_t{400} * 1024;

std::string option(const json::object& request, std::string_view name) {
    const auto* const value = request.if_contains(name);
    return value == nullptr ? "NONE" : json::value_to<std::string>(*value);
}

ItemRef put_image(const json::object& request) {
    Item item = request.at("Item").as_object();
    for (auto& attribute : item) normalise(attribute.value());
    return std::make_shared<const Item>(std::move(item));
}

ItemRef updated_image(const Update& update, const Table& table, const ItemRef& before,
                      const Item& key) {
    // An update of an absent item makes one that has its key.
    return std::make_shared<const Item>(
        apply(update, before ? *before : key, table.schema.names()));
}

const Item& key_in(std::string_view kind, const json::object& request) {
    return request.at(kind == "Put" ? "Item" : "Key").as_object();
}

void check_image(const Write& write) {
    if (!write.after) return;
    for (const auto& [name, index] : write.table->indexes) index.check(*write.after);
    if (stored_bytes(*write.after) > kItemMaxBytes) {
        invalid("Item size has exceeded the maximum allowed size");
    }
}

// The attributes of the answer that the request wants.
std::optional<Item> shown(const std::string& wanted, const Write& write) {
    if (wanted == "NONE") return std::nullopt;
    if (wanted == "ALL_OLD") return write.before ? std::optional(*write.before) : std::nullopt;
    if (wanted == "ALL_NEW") return *write.after;
    const Item empty;
    const Item& before = write.before ? *write.before : empty;
    const Item& source = wanted == "UPDATED_NEW" ? *write.after : before;
    Item changed;
    for (const auto& attribute : source) {
        const auto* const b = before.if_contains(attribute.key());
        const auto* const a = write.after->if_contains(attribute.key());
        if (b == nullptr || a == nullptr || *a != *b) changed.insert(attribute);
    }
    return changed;
}

}  // namespace

ParsedWrite parse_write(std::string_view kind, Table& table, const json::object& request) {
    Placeholders placeholders(request);
    const auto& named = key_in(kind, request);
    ParsedWrite parsed{
        .kind = std::string(kind),
        .table = &table,
        .key = kind == "Put" ? key_of(table.schema, named) : required_key(table.schema, named),
        .request = &request};
    if (const auto* const text = request.if_contains("ConditionExpression")) {
        parsed.condition = parse_condition(std::string_view(text->as_string()), placeholders);
    }
    if (const auto* const text = request.if_contains("UpdateExpression")) {
        parsed.update = parse_update(std::string_view(text->as_string()), placeholders);
    }
    placeholders.require_all_used();
    if (kind == "ConditionCheck" && !parsed.condition) {
        invalid("The ConditionExpression is required");
    }
    return parsed;
}

Write prepare_write(const ParsedWrite& parsed) {
    const auto& request = *parsed.request;
    auto& table = *parsed.table;
    Write write{.table = parsed.table, .key = parsed.key};
    const auto found = table.items.find(write.key);
    if (found != table.items.end()) write.before = found->second;
    const Item empty;
    if (parsed.condition) {
        write.condition_holds = (*parsed.condition)(write.before ? *write.before : empty);
    }
    write.shows_old_on_failure =
        option(request, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
    write.checks_only = parsed.kind == "ConditionCheck";
    if (!write.condition_holds || write.checks_only) return write;
    if (parsed.kind == "Put") write.after = put_image(request);
    if (parsed.kind == "Update") {
        write.after = updated_image(parsed.update.value_or(Update{}), table, write.before,
                                    key_in(parsed.kind, request));
    }
    check_image(write);
    return write;
}

json::object Database::single_write(std::string_view kind, const Json& request) {
    auto& written = table(request);
    const auto write = prepare_write(parse_write(kind, written, request));
    if (!write.condition_holds) {
        json::object extra;
        if (write.shows_old_on_failure && write.before) extra["Item"] = *write.before;
        throw Refused("ConditionalCheckFailedException", "The conditional request failed",
                      std::move(extra));
    }
    const auto wanted = option(request, "ReturnValues");
    if (kind != "Update" && wanted != "NONE" && wanted != "ALL_OLD") {
        invalid("Return values set to invalid value");
    }
    change(written, write.key, write.after);
    json::object answer;
    if (auto attributes = shown(wanted, write)) answer["Attributes"] = std::move(*attributes);
    return answer;
}

json::object Database::put_item(const Json& request) { return single_write("Put", request); }

json::object Database::update_item(const Json& request) { return single_write("Update", request); }

json::object Database::delete_item(const Json& request) { return single_write("Delete", request); }

}  // namespace imagify::testing::dynamo
