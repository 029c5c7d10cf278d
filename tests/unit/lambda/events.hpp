#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "transport/lambda/event.hpp"

namespace imagify::lambda {

/// A recorded event: a file of events/.
inline std::string recorded(const std::string& name) {
    std::ifstream file(std::string(LAMBDA_EVENTS "/") + name);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The same with members changed or added at its top.
inline std::string recorded(const std::string& name, const boost::json::object& changes) {
    auto event = boost::json::parse(recorded(name)).as_object();
    for (const auto& change : changes) event[change.key()] = change.value();
    return boost::json::serialize(event);
}

/// The request of an event that has one.
inline HttpEvent http_event(const std::string& text) {
    auto event = read_event(text);
    EXPECT_TRUE(event && std::holds_alternative<HttpEvent>(*event)) << text;
    if (!event || !std::holds_alternative<HttpEvent>(*event)) return {};
    return std::get<HttpEvent>(std::move(*event));
}

}  // namespace imagify::lambda
