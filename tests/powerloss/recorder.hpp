#pragma once

#include <vector>

#include "powerloss/disk_replay.hpp"

namespace imagify::testing {

/// How the store syncs, and when the client hears: one honest mode and three that must be caught.
enum class Durability { Full, Normal, Off, AnswerBeforeCommit };

/// "FULL", "NORMAL", ... for tables.
std::string_view to_text(Durability durability);

/// A group of writes that were answered together. Positions count the disk's events.
struct Answered {
    /// Nothing of it can be on the disk before this.
    std::size_t begun = 0;
    /// All of it has to be on the disk from this on.
    std::size_t acknowledged = 0;
    /// What the books say after it.
    std::uint64_t books = 0;
};

/// What a server did to its disk.
struct Recording {
    std::vector<DiskEvent> events;
    /// The first is the empty books.
    std::vector<Answered> answers;
    int operations = 0;
    int refused = 0;
    int restarts = 0;
    int kills = 0;
    int group_commits = 0;
};

/// Runs `batches` groups of money operations on the real store, with its writer thread and group
/// commit, and notes what it asks of the disk. The same seed gives the same recording.
Recording record_books(std::uint64_t seed, int batches, Durability durability);

}  // namespace imagify::testing
