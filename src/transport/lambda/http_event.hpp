#pragma once

#include <boost/json/object.hpp>

#include "transport/lambda/event.hpp"

namespace imagify::lambda {

/// Reads an event of a REST API: `path` (decoded by API Gateway) is encoded again, and so are the
/// decoded `multiValueQueryStringParameters`, so that a signature over the values still holds.
HttpEvent read_v1(const boost::json::object& event, const ClientAddress& address);

/// Reads an event of an HTTP API: `rawPath` without the stage, `rawQueryString` as sent, headers
/// and `cookies`.
HttpEvent read_v2(const boost::json::object& event, const ClientAddress& address);

}  // namespace imagify::lambda
