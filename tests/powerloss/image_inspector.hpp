#pragma once

#include <string>

#include "powerloss/recorder.hpp"
#include "support/fake_clock.hpp"

namespace imagify::testing {

/// What was found on the disks after the power cuts.
struct Findings {
    std::int64_t images = 0;
    /// An answered write is not there.
    std::int64_t lost = 0;
    /// The books say what they never said before, or do not balance.
    std::int64_t minted = 0;
    /// The store does not open, or the file is damaged.
    std::int64_t corrupt = 0;
    /// The store opens, but takes no new write.
    std::int64_t stuck = 0;

    std::int64_t bad() const { return lost + minted + corrupt + stuck; }
    Findings& operator+=(const Findings& other);
};

/// Opens what a power cut left with the real store, and compares it with what the recording says.
class ImageInspector {
public:
    /// The recording outlives the inspector; no other disk of the process has this folder.
    ImageInspector(const Recording& recording, const std::filesystem::path& folder)
        : recording_(recording), disk_(folder) {}

    /// Empty when all is well. `position` events had happened when the power failed.
    std::string inspect(DiskFiles image, std::size_t position, Findings& findings);

private:
    std::filesystem::path file() const { return disk_.folder() / "imagify.db"; }
    std::string compare(std::size_t position, Findings& findings) const;

    const Recording& recording_;
    FakeClock clock_;
    MemoryDisk disk_;
};

}  // namespace imagify::testing
