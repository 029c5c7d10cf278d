#include "app/lambda_metrics.hpp"

#include <unistd.h>

#include "base/log.hpp"

namespace imagify {
namespace {

// Lambda collects standard output line by line.
void write_line(std::string line) {
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
        const auto written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void LambdaMetrics::count(const lambda::AnsweredRequest& answer) const {
    const MetricValue values[] = {
        {"imagify_http_requests_total", 1},
        {"imagify_http_errors_total", answer.status >= 500 ? 1.0 : 0.0},
        {"imagify_http_request_seconds", static_cast<double>(answer.duration.count()) / 1e6}};
    const auto route = answer.route.empty() ? std::string_view("other") : answer.route;
    write_line(emf_line(clock_.now(),
                        {.function = function_, .route = route, .status = answer.status}, values));
}

void LambdaMetrics::tell_cold_start(std::chrono::milliseconds took) const {
    tell({{"imagify_cold_starts_total", 1},
          {"imagify_cold_start_seconds", static_cast<double>(took.count()) / 1e3}});
}

void LambdaMetrics::tell(std::vector<MetricValue> values) const {
    write_line(emf_line(clock_.now(), {.function = function_}, values));
}

void LambdaMetrics::tell_growth(const std::vector<MetricValue>& counters) {
    std::vector<MetricValue> grown;
    for (const auto& [name, value] : counters) {
        const auto more = growth(name.entry().name, value);
        if (more > 0) grown.push_back({name, more});
    }
    if (!grown.empty()) tell(std::move(grown));
    for (const auto event : kCountedEvents) {
        const auto more = growth(event, static_cast<double>(times_logged(event)));
        if (more <= 0) continue;
        const MetricValue value[] = {{"imagify_events_total", more}};
        write_line(emf_line(clock_.now(), {.function = function_, .event = event}, value));
    }
}

double LambdaMetrics::growth(std::string_view name, double now) {
    auto& told = told_[name];
    // What counted was made anew with a rotated secret, and counts from 0.
    const auto more = now >= told ? now - told : now;
    told = now;
    return more;
}

}  // namespace imagify
