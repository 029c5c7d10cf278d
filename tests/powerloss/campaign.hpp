#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "powerloss/image_inspector.hpp"

namespace imagify::testing {

/// How often the recordings went through what makes power cuts hard.
using Coverage = std::map<std::string, std::int64_t>;

/// A number of power cuts in recordings of one mode.
struct Campaign {
    Durability durability = Durability::Full;
    std::int64_t images = 0;
    std::uint64_t seed = 1;
    unsigned jobs = 1;
    /// Images drawn from one recording.
    std::int64_t per_recording = 1'000;
    /// Groups of writes in one recording.
    int batches = 30;
};

struct CampaignResult {
    Findings findings;
    Coverage coverage;
    /// The first bad images, with the seed that shows them again.
    std::vector<std::string> examples;
};

/// Runs it on `jobs` threads. `done` counts the images checked so far.
CampaignResult run_campaign(const Campaign& campaign, std::atomic<std::int64_t>& done);

}  // namespace imagify::testing
