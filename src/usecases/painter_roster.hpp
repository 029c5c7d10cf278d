#pragma once

#include <mutex>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ports/painter.hpp"

namespace imagify {

/// The painters of an installation in order of preference, and which of them are down just now.
/// Safe from several threads.
class PainterRoster {
public:
    /// The painters outlive the roster; there is at least one.
    PainterRoster(std::vector<Painter*> painters, const Clock& clock);

    /// Painters that can paint the order, best first; those that failed again and again rest at the
    /// end. Empty when nobody can.
    /// With `engine` only the painter of that name.
    std::vector<Painter*> candidates(const PictureOrder& order, std::string_view engine) const;

    /// Counts a success or a failure that is the painter's own.
    void report(const Painter& painter, bool worked);

    std::vector<const PainterCapabilities*> capabilities() const;

private:
    struct Entry {
        Painter* painter;
        int failures_in_a_row = 0;
        std::chrono::steady_clock::time_point rests_until{};
    };

    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    const Clock& clock_;
};

}  // namespace imagify
