#include "unit/fake_dynamo/random_requests.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

json::object text(std::string value) { return {{"S", std::move(value)}}; }
json::object number(std::size_t value) { return {{"N", std::to_string(value)}}; }

json::array schema(const char* hash, const char* range) {
    json::array keys{json::object{{"AttributeName", hash}, {"KeyType", "HASH"}}};
    if (range != nullptr) {
        keys.push_back(json::object{{"AttributeName", range}, {"KeyType", "RANGE"}});
    }
    return keys;
}

json::array attributes(std::initializer_list<std::pair<const char*, const char*>> types) {
    json::array definitions;
    for (const auto& [name, type] : types) {
        definitions.push_back(json::object{{"AttributeName", name}, {"AttributeType", type}});
    }
    return definitions;
}

}  // namespace

std::vector<RandomRequests::Request> RandomRequests::tables() const {
    json::object index{{"IndexName", "by-owner"},
                       {"KeySchema", schema("owner", "at")},
                       {"Projection", json::object{{"ProjectionType", "ALL"}}}};
    return {{"CreateTable",
             {{"TableName", prefix_ + "a"},
              {"BillingMode", "PAY_PER_REQUEST"},
              {"AttributeDefinitions", attributes({{"id", "S"}, {"owner", "S"}, {"at", "N"}})},
              {"KeySchema", schema("id", nullptr)},
              {"GlobalSecondaryIndexes", json::array{std::move(index)}}}},
            {"CreateTable",
             {{"TableName", prefix_ + "b"},
              {"BillingMode", "PAY_PER_REQUEST"},
              {"AttributeDefinitions", attributes({{"id", "S"}, {"at", "N"}})},
              {"KeySchema", schema("id", "at")}}}};
}

std::size_t RandomRequests::below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_);
}

std::string RandomRequests::pick(std::initializer_list<const char*> words) {
    return *(words.begin() + below(words.size()));
}

std::string RandomRequests::name(Json& request) {
    return named(request, pick({"owner", "at", "x", "x", "y", "y", "z", "many", "deep"}));
}

std::string RandomRequests::named(Json& request, const std::string& attribute) {
    auto& names = request["ExpressionAttributeNames"];
    if (names.is_null()) names = Json{};
    names.as_object()["#" + attribute] = attribute;
    return "#" + attribute;
}

std::string RandomRequests::path(Json& request) {
    auto path = name(request);
    // Key attributes of an index are scalars, and DynamoDB says so.
    if (path != "#owner" && path != "#at" && chance(10))
        path += pick({".low", "[0]", "[1]", ".low.deeper"});
    return path;
}

std::string RandomRequests::constant(Json& request, json::value constant) {
    auto& values = request["ExpressionAttributeValues"];
    if (values.is_null()) values = Json{};
    const auto placeholder = ":v" + std::to_string(values.as_object().size());
    values.as_object()[placeholder] = std::move(constant);
    return placeholder;
}

std::string RandomRequests::value(Json& request) { return constant(request, random_value()); }

json::value RandomRequests::random_value(int depth) {
    switch (below(depth > 1 ? 5 : 9)) {
        case 0:
        case 1: return number(below(6));
        case 2:
        case 3: return text(pick({"a", "b", "ab", "abc", ""}));
        case 4: return Json{{"BOOL", chance(50)}};
        case 5: return Json{{"SS", chance(50) ? json::array{"a", "b"} : json::array{"b", "c"}}};
        case 6: return Json{{"NS", chance(50) ? json::array{"1", "2"} : json::array{"3"}}};
        case 7: return Json{{"L", json::array{random_value(depth + 1), random_value(depth + 1)}}};
        default: return Json{{"M", Json{{"low", random_value(depth + 1)}}}};
    }
}

std::string RandomRequests::condition(Json& request, int depth) {
    const auto inner = [&] { return condition(request, depth + 1); };
    switch (below(depth > 2 ? 8 : 12)) {
        case 0: return "attribute_exists(" + path(request) + ")";
        case 1: return "attribute_not_exists(" + path(request) + ")";
        case 2: return path(request) + " = " + value(request);
        case 3: return path(request) + pick({" <> ", " < ", " >= "}) + constant(request, number(3));
        case 4:
            return path(request) + " BETWEEN " + constant(request, number(1)) + " AND " +
                   constant(request, number(4));
        case 5: return path(request) + " IN (" + value(request) + ", " + value(request) + ")";
        case 6: return "contains(" + path(request) + ", " + constant(request, text("a")) + ")";
        case 7:
            return chance(50)
                       ? "begins_with(" + path(request) + ", " + constant(request, text("a")) + ")"
                       : "size(" + path(request) + ") > " + constant(request, number(1));
        case 8: return "NOT " + inner();
        case 9: return "(" + inner() + " OR " + inner() + ")";
        default: return inner() + " AND " + inner();
    }
}

// Attributes that are in no key: DynamoDB Local stores values of a wrong type in index keys when an
// update sets them, which DynamoDB does not.
std::string RandomRequests::plain_name(Json& request) {
    return named(request, pick({"x", "x", "y", "y", "z", "many", "deep"}));
}

std::string RandomRequests::plain_path(Json& request) {
    auto path = plain_name(request);
    if (chance(10)) path += pick({".low", "[0]", "[1]", ".low.deeper"});
    return path;
}

std::string RandomRequests::index_update(Json& request) {
    auto& names = request["ExpressionAttributeNames"];
    names = Json{{"#owner", "owner"}, {"#at", "at"}};
    switch (below(3)) {
        case 0: return "SET #at = " + constant(request, number(below(4))) + " REMOVE #owner";
        case 1: return "SET #owner = " + constant(request, text("me")) + " REMOVE #at";
        default:
            return "SET #owner = " + constant(request, text("you")) +
                   ", #at = " + constant(request, number(below(4)));
    }
}

std::string RandomRequests::update(Json& request) {
    std::string clauses;
    if (chance(20)) return index_update(request);
    if (chance(80)) {
        clauses += " SET " + plain_path(request) + " = ";
        switch (below(5)) {
            case 0:
                clauses +=
                    plain_name(request) + pick({" + ", " - "}) + constant(request, number(2));
                break;
            case 1:
                clauses += "if_not_exists(" + plain_name(request) + ", " +
                           constant(request, number(1)) + ") + " + constant(request, number(1));
                break;
            case 2:
                clauses += "list_append(if_not_exists(" + plain_name(request) + ", " +
                           constant(request, Json{{"L", json::array{}}}) + "), " +
                           constant(request, Json{{"L", json::array{number(1)}}}) + ")";
                break;
            case 3: clauses += plain_name(request); break;
            default: clauses += value(request);
        }
    }
    if (chance(25)) clauses += " REMOVE " + plain_path(request);
    if (chance(25)) {
        clauses += " ADD " + plain_name(request) + " " +
                   (chance(70) ? constant(request, number(below(5)))
                               : constant(request, Json{{"SS", json::array{"c"}}}));
    }
    if (chance(15)) {
        clauses += " DELETE " + plain_name(request) + " " +
                   constant(request, Json{{"SS", json::array{"b"}}});
    }
    return clauses;
}

json::object RandomRequests::key(bool second) {
    Json key{{"id", text(pick({"k1", "k2", "k3", "k4"}))}};
    if (second) key["at"] = number(below(4));
    return key;
}

json::object RandomRequests::item(bool second) {
    auto made = key(second);
    if (chance(70)) made["owner"] = text(pick({"me", "you"}));
    if (chance(70)) made["at"] = number(below(4));
    for (const auto* const attribute : {"x", "y", "z", "many", "deep"}) {
        if (chance(40)) made[attribute] = random_value();
    }
    return made;
}

json::object RandomRequests::write(const std::string& kind) {
    const bool second = chance(30);
    Json request{{"TableName", prefix_ + (second ? "b" : "a")}};
    if (kind == "Put") {
        request["Item"] = item(second);
    } else {
        request["Key"] = key(second);
    }
    if (kind == "Update") request["UpdateExpression"] = update(request);
    if (request.contains("UpdateExpression") && request["UpdateExpression"].as_string().empty()) {
        request["UpdateExpression"] = "SET " + plain_name(request) + " = " + value(request);
    }
    if (kind == "ConditionCheck" || chance(60)) request["ConditionExpression"] = condition(request);
    if (chance(50)) request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
    if (chance(2)) constant(request, number(1));  // A value that nothing uses.
    return request;
}

RandomRequests::Request RandomRequests::read() {
    const bool second = chance(30);
    const auto table = prefix_ + (second ? "b" : "a");
    if (chance(60)) {
        auto asked = key(second);
        if (chance(3)) asked["x"] = number(1);  // More than the key.
        return {"GetItem",
                {{"TableName", table}, {"Key", std::move(asked)}, {"ConsistentRead", true}}};
    }
    if (chance(50)) {
        json::array gets;
        for (int i = 0; i < 2; ++i) {
            gets.push_back(Json{{"Get", Json{{"TableName", table}, {"Key", key(second)}}}});
        }
        if (gets[0] == gets[1]) gets.pop_back();
        return {"TransactGetItems", {{"TransactItems", std::move(gets)}}};
    }
    const Json wanted{{"Keys", json::array{key(second)}}, {"ConsistentRead", true}};
    return {"BatchGetItem", {{"RequestItems", Json{{table, wanted}}}}};
}

RandomRequests::Request RandomRequests::query() {
    if (chance(15)) {
        Json scan{{"TableName", prefix_ + "a"}};
        if (chance(50)) scan["FilterExpression"] = condition(scan);
        return {"Scan", std::move(scan)};
    }
    const bool index = chance(50);
    Json request{{"TableName", prefix_ + (index ? "a" : "b")},
                 {"ExpressionAttributeNames", Json{{"#h", index ? "owner" : "id"}}},
                 {"ScanIndexForward", chance(50)}};
    std::string keys =
        "#h = " + constant(request, text(index ? pick({"me", "you"}) : pick({"k1", "k2"})));
    if (chance(50)) {
        request["ExpressionAttributeNames"].as_object()["#r"] = "at";
        keys += chance(50) ? " AND #r " + pick({"=", "<", "<=", ">", ">="}) + " " +
                                 constant(request, number(2))
                           : " AND #r BETWEEN " + constant(request, number(1)) + " AND " +
                                 constant(request, number(2));
    }
    request["KeyConditionExpression"] = keys;
    // Where several items have one index key, DynamoDB promises no order among them.
    if (!index && chance(40)) request["Limit"] = 1 + below(3);
    if (chance(30)) {
        Json filter{{"ExpressionAttributeNames", request["ExpressionAttributeNames"]},
                    {"ExpressionAttributeValues", request["ExpressionAttributeValues"]}};
        const auto attribute = pick({"x", "y", "z"});
        request["ExpressionAttributeNames"].as_object()["#f"] = attribute;
        request["FilterExpression"] = "attribute_exists(#f)";
    }
    return {"Query", std::move(request)};
}

RandomRequests::Request RandomRequests::transaction() {
    json::array actions;
    std::set<std::string> places;
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) {
        const auto kind = pick({"Put", "Update", "Update", "Delete", "ConditionCheck"});
        auto request = write(kind);
        // DynamoDB Local looks at conditions before it sees that one item comes twice.
        const auto& named = request[kind == "Put" ? "Item" : "Key"].as_object();
        const auto place = json::serialize(json::array{
            request["TableName"], named.at("id"),
            request["TableName"].as_string() == prefix_ + "b" ? named.at("at") : json::value()});
        if (!places.insert(place).second) continue;
        actions.push_back(Json{{kind, std::move(request)}});
    }
    Json request{{"TransactItems", std::move(actions)}};
    if (chance(40)) {
        if (recent_tokens_.empty() || chance(80)) {
            recent_tokens_.push_back(prefix_ + std::to_string(engine_() % 1'000'000'000));
        }
        request["ClientRequestToken"] = recent_tokens_[below(recent_tokens_.size())];
    }
    return {"TransactWriteItems", std::move(request)};
}

RandomRequests::Request RandomRequests::next() {
    switch (below(10)) {
        case 0:
        case 1: return read();
        case 2:
        case 3: return query();
        case 4:
        case 5: return transaction();
        case 6:
        case 7: {
            auto request = write("Put");
            if (chance(30)) request["ReturnValues"] = "ALL_OLD";
            return {"PutItem", std::move(request)};
        }
        case 8: {
            auto request = write("Update");
            request["ReturnValues"] = pick({"NONE", "ALL_NEW", "ALL_OLD"});
            return {"UpdateItem", std::move(request)};
        }
        default: {
            auto request = write("Delete");
            if (chance(50)) request["ReturnValues"] = "ALL_OLD";
            return {"DeleteItem", std::move(request)};
        }
    }
}

}  // namespace imagify::testing::dynamo
