#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "crash/buyer.hpp"
#include "support/verdicts.hpp"

namespace imagify::testing {

/// How much of it there is.
struct RecoveryOptions {
    std::uint64_t seed = 1;
    int rows = 1'000'000;
    int disks = 10;
    int windows = 8;
    int flips = 1'000;
    std::string folder = IMAGIFY_CRASH_FOLDER;
    bool deep = false;
};

/// Backups that are killed at their worst moments.
void kill_backups(const RecoveryOptions& options, Verdicts& verdicts);
/// One bit after the other of a backup is changed, and it is restored.
void change_bits(const RecoveryOptions& options, Verdicts& verdicts);
/// G37 and G40 of the goals: a large ledger is backed up beside traffic, lost and restored.
void restore_large(const RecoveryOptions& options, Verdicts& verdicts);

/// G38: the disk is gone in the middle of traffic. All that was promised as shipped has to be
/// there, and what is missing is the newest.
void lose_disks(const RecoveryOptions& options, Verdicts& verdicts);
/// A stop in order ships what is left.
void stop_in_order(const RecoveryOptions& options, Verdicts& verdicts);
/// Killed between a shipped piece and its mark, then started again, then the disk lost.
void kill_while_shipping(const RecoveryOptions& options, Verdicts& verdicts);
/// G39: a backup of before the orders is all there is, and VNPAY repeats its notices.
void repeat_notices(const RecoveryOptions& options, Verdicts& verdicts);

}  // namespace imagify::testing
