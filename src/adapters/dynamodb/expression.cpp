#include "adapters/dynamodb/expression.hpp"

namespace imagify::dynamodb {

Condition leaf(std::string pattern, std::vector<std::string> names, std::vector<Attribute> values) {
    Condition condition;
    condition.pattern_ = std::move(pattern);
    condition.names_ = std::move(names);
    condition.values_ = std::move(values);
    return condition;
}

Condition join(std::string pattern, std::vector<Condition> parts) {
    std::erase_if(parts, [](const Condition& part) { return part.empty(); });
    if (parts.empty()) return {};
    // DynamoDB refuses "((a))" as redundant parentheses.
    if (parts.size() == 1 && pattern != "NOT ") return std::move(parts.front());
    Condition condition;
    condition.pattern_ = std::move(pattern);
    condition.parts_ = std::move(parts);
    return condition;
}

std::string Placeholders::name(const std::string& attribute) {
    const auto found = std::ranges::find(names_, attribute);
    const auto place = found - names_.begin();
    if (found == names_.end()) names_.push_back(attribute);
    return "#n" + std::to_string(place);
}

std::string Placeholders::value(const Attribute& value) {
    auto placeholder = ":v" + std::to_string(values_.size());
    values_.emplace(placeholder, to_json(value));
    return placeholder;
}

void Placeholders::write_to(boost::json::object& request) const {
    if (!names_.empty()) {
        boost::json::object names;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            names.emplace("#n" + std::to_string(i), names_[i]);
        }
        request["ExpressionAttributeNames"] = std::move(names);
    }
    if (!values_.empty()) request["ExpressionAttributeValues"] = values_;
}

std::string Condition::render(Placeholders& placeholders) const {
    std::string text;
    if (!parts_.empty()) {
        for (const auto& part : parts_) {
            if (!text.empty()) text += pattern_;
            text += '(' + part.render(placeholders) + ')';
        }
        return pattern_ == "NOT " ? "NOT " + text : text;
    }
    auto name = names_.begin();
    auto value = values_.begin();
    for (const char c : pattern_) {
        if (c == '@') {
            text += placeholders.name(*name++);
        } else if (c == '?') {
            text += placeholders.value(*value++);
        } else {
            text += c;
        }
    }
    return text;
}

Condition exists(const std::string& name) { return leaf("attribute_exists(@)", {name}, {}); }

Condition absent(const std::string& name) { return leaf("attribute_not_exists(@)", {name}, {}); }

Condition equals(const std::string& name, const Attribute& value) {
    if (is_empty(value)) return absent(name);
    return leaf("@ = ?", {name}, {value});
}

Condition differs(const std::string& name, const Attribute& value) {
    if (is_empty(value)) return exists(name);
    return leaf("@ <> ?", {name}, {value});
}

Condition at_least(const std::string& name, const Attribute& value) {
    return leaf("@ >= ?", {name}, {value});
}

Condition at_most(const std::string& name, const Attribute& value) {
    return leaf("@ <= ?", {name}, {value});
}

Condition more_than(const std::string& name, const Attribute& value) {
    return leaf("@ > ?", {name}, {value});
}

Condition less_than(const std::string& name, const Attribute& value) {
    return leaf("@ < ?", {name}, {value});
}

Condition between(const std::string& name, const Attribute& low, const Attribute& high) {
    return leaf("@ BETWEEN ? AND ?", {name}, {low, high});
}

Condition begins_with(const std::string& name, const std::string& start) {
    if (start.empty()) return exists(name);
    return leaf("begins_with(@, ?)", {name}, {start});
}

Condition contains(const std::string& name, const std::string& part) {
    return leaf("contains(@, ?)", {name}, {part});
}

Condition one_of(const std::string& name, const std::vector<std::string>& values) {
    std::string pattern = "@ IN (";
    for (std::size_t i = 0; i < values.size(); ++i) pattern += i == 0 ? "?" : ", ?";
    return leaf(pattern + ')', {name}, {values.begin(), values.end()});
}

Condition all_of(std::vector<Condition> parts) { return join(" AND ", std::move(parts)); }

Condition any_of(std::vector<Condition> parts) { return join(" OR ", std::move(parts)); }

Condition negated(Condition condition) { return join("NOT ", {std::move(condition)}); }

Update& Update::put(Clause clause, const std::string& name, Attribute value) {
    std::erase_if(steps_, [&name](const Step& step) { return step.name == name; });
    steps_.push_back({.clause = clause, .name = name, .value = std::move(value)});
    return *this;
}

Update& Update::set(const std::string& name, const Attribute& value) {
    return put(is_empty(value) ? Clause::Remove : Clause::Set, name, value);
}

Update& Update::set_if_absent(const std::string& name, const Attribute& value) {
    return put(Clause::SetIfAbsent, name, value);
}

Update& Update::remove(const std::string& name) { return put(Clause::Remove, name, {}); }

Update& Update::add(const std::string& name, std::int64_t delta) {
    return put(Clause::Add, name, delta);
}

Update& Update::put_into(const std::string& name, const std::string& text) {
    return put(Clause::Add, name, TextSet{{text}});
}

Update& Update::take_from(const std::string& name, const std::string& text) {
    return put(Clause::Delete, name, TextSet{{text}});
}

std::string Update::render_clause(Placeholders& placeholders, std::string_view keyword,
                                  std::initializer_list<Clause> clauses) const {
    std::string text;
    for (const auto& step : steps_) {
        if (std::ranges::find(clauses, step.clause) == clauses.end()) continue;
        text += text.empty() ? std::string(keyword) : ", ";
        const auto name = placeholders.name(step.name);
        switch (step.clause) {
            case Clause::Set:
                text.append(name).append(" = ").append(placeholders.value(step.value));
                break;
            case Clause::SetIfAbsent:
                text.append(name).append(" = if_not_exists(").append(name).append(", ");
                text.append(placeholders.value(step.value)).append(")");
                break;
            case Clause::Remove: text += name; break;
            case Clause::Add:
            case Clause::Delete: text += name + ' ' + placeholders.value(step.value); break;
        }
    }
    return text.empty() ? text : text + ' ';
}

std::string Update::render(Placeholders& placeholders) const {
    auto text = render_clause(placeholders, "SET ", {Clause::Set, Clause::SetIfAbsent}) +
                render_clause(placeholders, "REMOVE ", {Clause::Remove}) +
                render_clause(placeholders, "ADD ", {Clause::Add}) +
                render_clause(placeholders, "DELETE ", {Clause::Delete});
    if (!text.empty()) text.pop_back();
    return text;
}

}  // namespace imagify::dynamodb
