#include "app/emf.hpp"

#include <boost/json.hpp>

namespace imagify {
namespace {

namespace json = boost::json;

constexpr std::string_view kNamespace = "Imagify";

// Whole numbers are written as such: for eyes, readers take both.
json::value number(double value) {
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value) return whole;
    return value;
}

}  // namespace

std::string emf_line(TimePoint now, const EmfSubject& subject,
                     std::span<const MetricValue> values) {
    json::array definitions;
    json::object line;
    for (const auto& [name, value] : values) {
        const auto& entry = name.entry();
        definitions.emplace_back(json::object{{"Name", entry.name}, {"Unit", entry.unit}});
        line[entry.name] = number(value);
    }
    json::array dimensions;
    if (subject.event.empty()) {
        dimensions.push_back(json::array{"function"});
    } else {
        // An alarm is about what happened, wherever it did.
        dimensions.push_back(json::array{"event"});
        line["event"] = subject.event;
    }
    line["function"] = subject.function;
    if (!subject.route.empty()) {
        dimensions.push_back(json::array{"function", "route"});
        line["route"] = subject.route;
    }
    if (subject.status != 0) line["status"] = subject.status;
    line["_aws"] = {
        {"Timestamp", to_unix_ms(now)},
        {"CloudWatchMetrics", json::array{json::object{{"Namespace", kNamespace},
                                                       {"Dimensions", std::move(dimensions)},
                                                       {"Metrics", std::move(definitions)}}}}};
    return json::serialize(line);
}

}  // namespace imagify
