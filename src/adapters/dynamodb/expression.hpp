#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/dynamodb/attribute.hpp"
#include "base/clock.hpp"

namespace imagify::dynamodb {

/// Names and values of one request's expressions. Every name is written as #n and every value as
/// :n, so no reserved word and no text from outside is ever part of an expression.
class Placeholders {
public:
    std::string name(const std::string& attribute);
    std::string value(const Attribute& value);

    /// Adds ExpressionAttributeNames and ExpressionAttributeValues, where there are any.
    void write_to(boost::json::object& request) const;

private:
    std::vector<std::string> names_;
    boost::json::object values_;
};

/// A condition on an item; the default one always holds. An absent attribute fails every
/// comparison, as in SQL.
class Condition {
public:
    Condition() = default;

    bool empty() const { return pattern_.empty(); }
    std::string render(Placeholders& placeholders) const;

private:
    friend Condition leaf(std::string pattern, std::vector<std::string> names,
                          std::vector<Attribute> values);
    friend Condition join(std::string pattern, std::vector<Condition> parts);

    /// '@' stands for the next name, '?' for the next value; of a joined one: what is between.
    std::string pattern_;
    std::vector<std::string> names_;
    std::vector<Attribute> values_;
    std::vector<Condition> parts_;
};

Condition exists(const std::string& name);
Condition absent(const std::string& name);
/// With an empty text, list or set: `absent`, which is how those are stored.
Condition equals(const std::string& name, const Attribute& value);
/// True for an absent attribute too, unless `value` is empty.
Condition differs(const std::string& name, const Attribute& value);
Condition at_least(const std::string& name, const Attribute& value);
Condition at_most(const std::string& name, const Attribute& value);
Condition more_than(const std::string& name, const Attribute& value);
Condition less_than(const std::string& name, const Attribute& value);
Condition between(const std::string& name, const Attribute& low, const Attribute& high);
Condition begins_with(const std::string& name, const std::string& start);
/// Part of a text, or element of a list or set.
Condition contains(const std::string& name, const std::string& part);
Condition one_of(const std::string& name, const std::vector<std::string>& values);
/// Conditions that always hold are left out.
Condition all_of(std::vector<Condition> parts);
/// `parts` is not empty.
Condition any_of(std::vector<Condition> parts);
Condition negated(Condition condition);

/// What an update does to an item. Later steps on one attribute replace earlier ones.
class Update {
public:
    /// An empty text, list or set: `remove`.
    Update& set(const std::string& name, const Attribute& value);
    Update& set(const std::string& name, TimePoint time) { return set(name, to_unix_ms(time)); }
    /// Keeps what is there.
    Update& set_if_absent(const std::string& name, const Attribute& value);
    Update& remove(const std::string& name);
    /// Adds to a number; an absent one counts as 0.
    Update& add(const std::string& name, std::int64_t delta);
    /// Adds to, and takes from, a set of texts.
    Update& put_into(const std::string& name, const std::string& text);
    Update& take_from(const std::string& name, const std::string& text);

    bool empty() const { return steps_.empty(); }
    std::string render(Placeholders& placeholders) const;

private:
    enum class Clause { Set, SetIfAbsent, Remove, Add, Delete };
    struct Step {
        Clause clause = Clause::Set;
        std::string name;
        Attribute value;
    };
    Update& put(Clause clause, const std::string& name, Attribute value);
    std::string render_clause(Placeholders& placeholders, std::string_view keyword,
                              std::initializer_list<Clause> clauses) const;

    std::vector<Step> steps_;
};

}  // namespace imagify::dynamodb
