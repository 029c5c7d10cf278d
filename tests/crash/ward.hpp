#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace imagify::testing {

/// How the kills of one run are spread.
struct KillPlan {
    std::uint64_t seed = 1;
    int kills = 1'000;
    int servers = 3;
    int customers = 3;
    /// Kills of one data folder before the next one is begun.
    int kills_per_folder = 50;
    /// On a real disk.
    std::filesystem::path folder;
    std::vector<std::string> failpoints;
    /// NAME=value for the server, for the planted fault.
    std::vector<std::string> environment;
    bool show_progress = false;
    /// Ends the run at the first damage: for the planted fault.
    bool until_damage = false;
};

/// What came of it.
struct KillReport {
    int kills = 0;
    /// "random moment", "while starting", or a failpoint -> kills there.
    std::map<std::string, int> at;
    /// Armed but not visited in time; killed at that moment instead.
    int missed = 0;
    std::uint64_t acknowledged = 0;
    /// Of these: accounts, pictures that were there, orders, payments, removals, refunds.
    std::uint64_t accounts = 0;
    std::uint64_t pictures = 0;
    std::uint64_t orders = 0;
    std::uint64_t payments = 0;
    std::uint64_t removals = 0;
    std::uint64_t refunds = 0;
    /// Comparisons of the database with what was acknowledged, and of answers with earlier ones.
    std::uint64_t facts = 0;
    std::uint64_t lost = 0;
    std::uint64_t minted = 0;
    std::uint64_t contradictions = 0;
    std::uint64_t broken = 0;
    double seconds = 0;
    std::vector<std::string> damage;

    std::uint64_t wrong() const { return lost + minted + contradictions + broken; }
};

/// Runs real servers under traffic and kills them again and again; after each kill the server is
/// started on the same data, its books are verified, and everything it ever acknowledged has to be
/// true still.
KillReport kill_servers(const KillPlan& plan);

}  // namespace imagify::testing
