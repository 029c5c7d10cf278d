#pragma once

#include <string_view>

#include "support/fake_dynamo/database.hpp"

namespace imagify::testing::dynamo {

/// One write of a request, read and checked, but not made yet.
struct Write {
    Table* table = nullptr;
    ItemKey key;
    ItemRef before{};
    /// Null: the item is removed. Equal to `before` for a ConditionCheck.
    ItemRef after{};
    bool checks_only = false;
    bool condition_holds = true;
    bool shows_old_on_failure = false;
};

/// One write of a request, read: nothing was looked at yet.
struct ParsedWrite {
    std::string kind;
    Table* table = nullptr;
    ItemKey key;
    const boost::json::object* request = nullptr;
    std::optional<Condition> condition{};
    std::optional<Update> update{};
};

/// Whatever the request, which outlives it, asks of `kind`: "Put", "Update", "Delete",
/// "ConditionCheck". Throws Refused (ValidationException).
ParsedWrite parse_write(std::string_view kind, Table& table, const boost::json::object& request);

/// What it does to the items as they are now. Throws Refused (ValidationException).
Write prepare_write(const ParsedWrite& parsed);

}  // namespace imagify::testing::dynamo
