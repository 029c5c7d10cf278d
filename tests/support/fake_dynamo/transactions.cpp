#include <set>

#include "support/fake_dynamo/refused.hpp"
#include "support/fake_dynamo/writes.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

constexpr std::size_t kTransactionMaxItems = 100;
constexpr std::int64_t kTokenKeptMs = std::int64_t{10} * 60 * 1000;

const json::array& actions_of(const json::object& request) {
    const auto& actions = request.at("TransactItems").as_array();
    if (actions.empty() || actions.size() > kTransactionMaxItems) {
        invalid(
            "1 validation error detected: Value at 'transactItems' failed to satisfy "
            "constraint: Member must have length less than or equal to 100");
    }
    return actions;
}

json::object reason_of(const Write& write) {
    if (write.condition_holds) return {{"Code", "None"}};
    json::object reason{{"Code", "ConditionalCheckFailed"},
                        {"Message", "The conditional request failed"}};
    if (write.shows_old_on_failure && write.before) reason["Item"] = *write.before;
    return reason;
}

// Adds the write; what its items do not allow is a reason of its own.
json::object prepare_step(const ParsedWrite& step, std::vector<Write>& writes) {
    try {
        writes.push_back(prepare_write(step));
        return reason_of(writes.back());
    } catch (const Refused& refused) {
        return {{"Code", "ValidationError"}, {"Message", refused.what()}};
    }
}

[[noreturn]] void cancel(json::array reasons) {
    std::string codes;
    for (const auto& reason : reasons) {
        if (!codes.empty()) codes += ", ";
        codes += std::string(reason.at("Code").as_string());
    }
    throw Refused(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes +
            "]",
        {{"CancellationReasons", std::move(reasons)}});
}

// The same fields in another order are the same request.
std::string fingerprint(const json::object& request) {
    return json::serialize(request.at("TransactItems"));
}

}  // namespace

bool Database::was_made(const Json& request, const std::string& token) const {
    if (token.size() > 36) invalid("ClientRequestToken: 1 to 36 characters");
    const auto seen = tokens_.find(token);
    if (token.empty() || seen == tokens_.end()) return false;
    if (now_ms_() - seen->second.at_ms >= kTokenKeptMs) return false;
    if (seen->second.request == fingerprint(request)) return true;
    throw Refused("IdempotentParameterMismatchException",
                  "The request uses the same client token as a previous, but non-identical "
                  "request.");
}

json::object Database::transact_write_items(const Json& request) {
    std::vector<ParsedWrite> parsed;
    std::set<std::pair<const Table*, ItemKey>> touched;
    for (const auto& action : actions_of(request)) {
        if (action.as_object().size() != 1) {
            invalid("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        const auto& [kind, details] = *action.as_object().begin();
        parsed.push_back(parse_write(kind, table(details.as_object()), details.as_object()));
        if (!touched.emplace(parsed.back().table, parsed.back().key).second) {
            invalid("Transaction request cannot include multiple operations on one item");
        }
    }
    const auto* const given = request.if_contains("ClientRequestToken");
    const auto token = given == nullptr ? std::string() : std::string(given->as_string());
    if (was_made(request, token)) return {};
    std::vector<Write> writes;
    json::array reasons;
    bool refused = false;
    for (const auto& step : parsed) {
        auto reason = prepare_step(step, writes);
        refused = refused || reason.at("Code") != "None";
        reasons.push_back(std::move(reason));
    }
    if (refused) cancel(std::move(reasons));
    for (auto& write : writes) {
        if (!write.checks_only) change(*write.table, write.key, std::move(write.after));
    }
    if (!token.empty()) tokens_[token] = {.request = fingerprint(request), .at_ms = now_ms_()};
    return {};
}

json::object Database::transact_get_items(const Json& request) {
    json::array responses;
    for (const auto& action : actions_of(request)) {
        const auto& get = action.at("Get").as_object();
        auto& asked = table(get);
        const auto item = find(asked, required_key(asked.schema, get.at("Key").as_object()));
        json::object response;
        if (item) response["Item"] = *item;
        responses.push_back(std::move(response));
    }
    return {{"Responses", std::move(responses)}};
}

}  // namespace imagify::testing::dynamo
