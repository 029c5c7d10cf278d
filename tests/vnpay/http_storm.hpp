#pragma once

#include "vnpay/storm.hpp"

namespace imagify::testing {

/// The same storm through the sockets of the real program, with keep-alive connections.
StormReport raise_storm_over_http(const StormPlan& plan);

}  // namespace imagify::testing
