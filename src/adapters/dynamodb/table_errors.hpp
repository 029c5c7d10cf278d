#pragma once

#include "adapters/aws/service_client.hpp"
#include "base/result.hpp"

namespace imagify::dynamodb {

/// A call that failed and did nothing.
std::unexpected<Error> nothing_changed(std::string detail);

/// Others were faster at every attempt, or the table is throttled.
std::unexpected<Error> busy();

/// A write whose answer was lost for good.
std::unexpected<Error> outcome_unknown(std::string detail);

/// A fault that only our own mistake (or a table of another shape) explains. Logged.
std::unexpected<Error> bad_request(const aws::ServiceAnswer& answer);

}  // namespace imagify::dynamodb
