#include "adapters/dynamodb/transaction.hpp"

#include <boost/json/array.hpp>
#include <cassert>

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

json::object step_request(const Write& write) {
    json::object step{{"TableName", write.table.name},
                      {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
    step[write.kind == Write::Kind::Put ? "Item" : "Key"] = to_json(write.item);
    Placeholders placeholders;
    if (write.kind == Write::Kind::Update && !write.update.empty()) {
        step["UpdateExpression"] = write.update.render(placeholders);
    }
    if (!write.condition.empty()) {
        step["ConditionExpression"] = write.condition.render(placeholders);
    }
    placeholders.write_to(step);
    return step;
}

const char* name_of(Write::Kind kind) {
    switch (kind) {
        case Write::Kind::Put: return "Put";
        case Write::Kind::Update: return "Update";
        case Write::Kind::Erase: return "Delete";
        case Write::Kind::Check: return "ConditionCheck";
    }
    std::unreachable();
}

Write stamped(Write write, const std::string& token) {
    if (write.kind == Write::Kind::Put) write.item.set(kTransactionAttribute, token);
    if (write.kind == Write::Kind::Update) write.update.set(kTransactionAttribute, token);
    return write;
}

}  // namespace

Write put(const Table& table, Item item, Condition condition) {
    return {.kind = Write::Kind::Put,
            .table = table,
            .item = std::move(item),
            .condition = std::move(condition)};
}

Write create(const Table& table, Item item) {
    return put(table, std::move(item), absent(table.key));
}

Write change(const Table& table, const std::string& key, Update update, Condition condition) {
    return {.kind = Write::Kind::Update,
            .table = table,
            .item = {{table.key, key}},
            .update = std::move(update),
            .condition = std::move(condition)};
}

Write erase(const Table& table, const std::string& key, Condition condition) {
    return {.kind = Write::Kind::Erase,
            .table = table,
            .item = {{table.key, key}},
            .condition = std::move(condition)};
}

Write check(const Table& table, const std::string& key, Condition condition) {
    return {.kind = Write::Kind::Check,
            .table = table,
            .item = {{table.key, key}},
            .condition = std::move(condition)};
}

json::object transaction_request(const std::vector<Write>& writes, const std::string& token) {
    json::array steps;
    for (const auto& write : writes) {
        steps.push_back(json::object{{name_of(write.kind), step_request(stamped(write, token))}});
    }
    return {{"TransactItems", std::move(steps)}, {"ClientRequestToken", token}};
}

json::object write_request(const Write& write) {
    assert(write.kind != Write::Kind::Check);
    auto request = step_request(write);
    if (write.kind == Write::Kind::Update) request["ReturnValues"] = "ALL_NEW";
    return request;
}

}  // namespace imagify::dynamodb
