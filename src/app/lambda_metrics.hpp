#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/emf.hpp"
#include "base/clock.hpp"
#include "transport/lambda/function.hpp"

namespace imagify {

/// Tells CloudWatch what a Lambda function does, by lines on standard output. Used by one thread.
class LambdaMetrics {
public:
    /// `clock` outlives it.
    LambdaMetrics(std::string function, const Clock& clock)
        : function_(std::move(function)), clock_(clock) {}

    void count(const lambda::AnsweredRequest& answer) const;
    /// Once: how long the process took to be ready.
    void tell_cold_start(std::chrono::milliseconds took) const;
    void tell(std::vector<MetricValue> values) const;

    /// Tells by how much these counters of the process, and what was logged, have grown since the
    /// last call; nothing about those that have not.
    void tell_growth(const std::vector<MetricValue>& counters);

private:
    double growth(std::string_view name, double now);

    std::string function_;
    const Clock& clock_;
    std::map<std::string_view, double> told_;
};

}  // namespace imagify
