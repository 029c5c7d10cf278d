#pragma once

#include "vnpay/dice.hpp"
#include "vnpay/examiner.hpp"

namespace imagify::testing {

/// Figures of one run over the corpus.
struct CorpusPlan {
    std::uint64_t seed = 1;
    std::uint64_t cases = 200'000;
    std::uint64_t genuine = 2'000;
    /// Paid orders that are refunded, before the messages about their payment come again.
    std::uint64_t refunds = 60;
    bool all_codes = true;
    /// Ends after the first kind of messages that shows something wrong: for planted faults.
    bool until_wrong = false;
    /// Tells how far it is, on standard error.
    bool show_progress = false;
};

/// Plays the whole corpus to one merchant: signed messages that prove nothing, every pair of codes,
/// genuine ones in every spelling, replays at later times, and mutations until `cases` were shown.
void play_corpus(const CorpusPlan& plan, Merchant& merchant, Examiner& examiner);

}  // namespace imagify::testing
