#pragma once

#include "sim/farm.hpp"

namespace imagify::sim {

/// The shortest run that this finds which breaks the same invariant: the schedule is cut after the
/// failure, then deeds are left out, by halves and one by one, while it stays red.
RedRun shrink(const Workshop& workshop, const RedRun& red);

/// The command that replays a run.
std::string replay_command(const Plan& plan);

}  // namespace imagify::sim
