#include "adapters/dynamodb/wire_answer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                  : std::string_view();
}

const json::array* array_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_array();
}

const json::object* object_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

std::optional<std::vector<Item>> parse_items(const json::array& array) {
    std::vector<Item> items;
    items.reserve(array.size());
    for (const auto& value : array) {
        auto item = parse_item(value);
        if (!item) return std::nullopt;
        items.push_back(std::move(*item));
    }
    return items;
}

Refusal read_refusal(const json::value& reason) {
    const auto* const object = reason.if_object();
    if (object == nullptr || text_of(*object, "Code") != "ConditionalCheckFailed") return {};
    const auto* const item = object->if_contains("Item");
    return {.refused = true, .found = item == nullptr ? std::nullopt : parse_item(*item)};
}

bool is_contention(std::string_view code) {
    return code == "TransactionConflict" || code == "ThrottlingError" ||
           code == "ProvisionedThroughputExceeded" || code == "RequestLimitExceeded";
}

Cancellation read_reasons(const json::array& reasons) {
    Cancellation cancellation{.kind = Cancellation::Kind::Malformed};
    for (const auto& reason : reasons) {
        cancellation.refusals.push_back(read_refusal(reason));
        if (cancellation.refusals.back().refused) cancellation.kind = Cancellation::Kind::Refused;
        const auto* const object = reason.if_object();
        const bool contended = object != nullptr && is_contention(text_of(*object, "Code"));
        if (contended && cancellation.kind != Cancellation::Kind::Refused) {
            cancellation.kind = Cancellation::Kind::Conflict;
        }
    }
    return cancellation;
}

}  // namespace

std::optional<json::object> parse_object(std::string_view body) {
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::optional<WirePage> parse_page(const json::object& body) {
    const auto* const array = array_of(body, "Items");
    if (array == nullptr) return std::nullopt;
    auto items = parse_items(*array);
    if (!items) return std::nullopt;
    WirePage page{.items = std::move(*items)};
    if (const auto* const next = body.if_contains("LastEvaluatedKey")) page.next = *next;
    return page;
}

std::optional<WireBatch> parse_batch(const json::object& body, const std::string& table) {
    WireBatch batch;
    if (const auto* const responses = object_of(body, "Responses")) {
        if (const auto* const array = array_of(*responses, table)) {
            auto items = parse_items(*array);
            if (!items) return std::nullopt;
            batch.items = std::move(*items);
        }
    }
    const auto* const left = object_of(body, "UnprocessedKeys");
    const auto* const of_table = left == nullptr ? nullptr : object_of(*left, table);
    const auto* const keys = of_table == nullptr ? nullptr : array_of(*of_table, "Keys");
    if (keys == nullptr) return batch;
    auto unprocessed = parse_items(*keys);
    if (!unprocessed) return std::nullopt;
    batch.unprocessed = std::move(*unprocessed);
    return batch;
}

bool is_active(const json::object& body) {
    const auto* const table = object_of(body, "Table");
    if (table == nullptr || text_of(*table, "TableStatus") != "ACTIVE") return false;
    const auto* const indexes = array_of(*table, "GlobalSecondaryIndexes");
    if (indexes == nullptr) return true;
    return std::ranges::all_of(*indexes, [](const json::value& index) {
        const auto* const object = index.if_object();
        return object != nullptr && text_of(*object, "IndexStatus") == "ACTIVE";
    });
}

Cancellation read_cancellation(const aws::ServiceAnswer& answer) {
    if (answer.fault == "TransactionInProgressException") return {};
    if (answer.fault == "TransactionConflictException") {
        return {.kind = Cancellation::Kind::Conflict};
    }
    if (answer.fault != "TransactionCanceledException") {
        return {.kind = Cancellation::Kind::Malformed};
    }
    const auto body = parse_object(answer.body);
    const auto* const reasons = body ? array_of(*body, "CancellationReasons") : nullptr;
    if (reasons == nullptr) return {.kind = Cancellation::Kind::Malformed};
    return read_reasons(*reasons);
}

}  // namespace imagify::dynamodb
