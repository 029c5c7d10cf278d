#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/aws/service_client.hpp"
#include "adapters/dynamodb/transaction.hpp"

namespace imagify::dynamodb {

/// The JSON object in a body, or nothing.
std::optional<boost::json::object> parse_object(std::string_view body);

/// A page of Query or Scan.
struct WirePage {
    std::vector<Item> items;
    /// LastEvaluatedKey; absent at the end.
    std::optional<boost::json::value> next{};
};
std::optional<WirePage> parse_page(const boost::json::object& body);

/// An answer to BatchGetItem about one table.
struct WireBatch {
    std::vector<Item> items;
    /// Keys to be asked for again.
    std::vector<Item> unprocessed;
};
std::optional<WireBatch> parse_batch(const boost::json::object& body, const std::string& table);

/// True when DescribeTable says that the table and its indexes can be used.
bool is_active(const boost::json::object& body);

/// What a fault of TransactWriteItems means.
struct Cancellation {
    enum class Kind {
        Refused,     ///< A condition failed.
        Conflict,    ///< Other transactions, or throttling: nothing happened, a retry may work.
        InProgress,  ///< An earlier attempt with this token still runs.
        Malformed,   ///< Our own mistake.
    };
    Kind kind = Kind::InProgress;
    std::vector<Refusal> refusals{};
};
Cancellation read_cancellation(const aws::ServiceAnswer& answer);

}  // namespace imagify::dynamodb
