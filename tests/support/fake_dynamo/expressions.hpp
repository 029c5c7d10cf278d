#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/fake_dynamo/path.hpp"

namespace imagify::testing::dynamo {

/// What a request's #names and :values stand for. Each has to be used by some expression.
class Placeholders {
public:
    explicit Placeholders(const boost::json::object& request);

    const std::string& name(const std::string& placeholder);
    const boost::json::value& value(const std::string& placeholder);

    /// Throws Refused (ValidationException) when one was given and not used.
    void require_all_used() const;

private:
    std::map<std::string, std::string> names_;
    std::map<std::string, boost::json::value> values_;
    std::set<std::string> used_;
};

/// True or false of an item; an absent item is an empty one.
using Condition = std::function<bool(const Item&)>;
/// What an operand is in an item; nothing when it is not there.
using Operand = std::function<std::optional<boost::json::value>(const Item&)>;

struct Assignment {
    Path path;
    Operand value;
};

struct PathValue {
    Path path;
    boost::json::value value;
};

struct Update {
    std::vector<Assignment> sets;
    std::vector<Path> removes;
    std::vector<PathValue> adds;
    std::vector<PathValue> deletes;
};

/// One term of a key condition: `name = :v`, or a range of the sort key.
struct KeyTerm {
    std::string name;
    /// Present for `=`.
    std::optional<boost::json::value> equals;
    Condition holds;
};

// Each throws Refused (ValidationException) for what DynamoDB would not take.
Condition parse_condition(std::string_view expression, Placeholders& placeholders);
Update parse_update(std::string_view expression, Placeholders& placeholders);
std::vector<KeyTerm> parse_key_condition(std::string_view expression, Placeholders& placeholders);
std::vector<Path> parse_projection(std::string_view expression, Placeholders& placeholders);

/// The item after the update. Throws Refused (ValidationException).
Item apply(const Update& update, const Item& before, const std::vector<std::string>& key_names);

/// True for the words that an expression may only name by a #placeholder.
bool is_reserved(std::string word);

}  // namespace imagify::testing::dynamo
