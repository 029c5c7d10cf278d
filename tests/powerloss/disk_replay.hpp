#pragma once

#include <random>

#include "support/memory_disk.hpp"

namespace imagify::testing {

using Dice = std::mt19937_64;

/// Walks through recorded events and tells what a disk may hold if the power fails now: everything
/// that was synced, and of the rest any part. A write is torn at sectors of 512 bytes; each sector
/// that is not synced keeps any of the versions it had, so writes reach the disk in any order.
class DiskReplay {
public:
    /// The event outlives the replay.
    void apply(const DiskEvent& event);

    /// One of the possible contents of the disk. A file is there only if its folder was synced
    /// after it was made, or by luck; so is a deletion.
    DiskFiles image(Dice& dice) const;

private:
    struct File {
        Bytes synced;
        std::vector<const DiskEvent*> unsynced;
    };
    using Names = std::map<std::string, int>;

    static void change(Bytes& bytes, const DiskEvent& event);
    static void change(Names& names, const DiskEvent& event);

    std::map<int, File> files_;
    Names synced_names_;
    std::vector<const DiskEvent*> unsynced_names_;
};

}  // namespace imagify::testing
