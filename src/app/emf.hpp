#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/metric_catalogue.hpp"
#include "base/clock.hpp"

namespace imagify {

/// What the numbers are about.
struct EmfSubject {
    /// The function's name: every number is added up by it.
    std::string_view function;
    /// The route that answered: empty where there was none. Numbers are added up by it too.
    std::string_view route{};
    /// Its status, as a property that a query can filter by; 0 where there was none.
    unsigned status = 0;
    /// The event of the log that is counted: the numbers are then added up by it alone.
    std::string_view event{};
};

/// One line of JSON in CloudWatch's embedded metric format (AWS: "Specification: Embedded metric
/// format"), without its line end. Standard output is where it goes.
std::string emf_line(TimePoint now, const EmfSubject& subject, std::span<const MetricValue> values);

}  // namespace imagify
