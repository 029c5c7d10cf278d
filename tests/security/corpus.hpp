#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/verdicts.hpp"

namespace imagify::testing {

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
/// Sanitizers have their own time and memory: figures are printed, and judged elsewhere.
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/// How much of a corpus is shown: a moment of it in the C++ tests, all of it in ./test, much more
/// with --deep.
enum class Extent { Smoke, Usual, Deep };

struct CorpusPlan {
    std::uint64_t seed = 1;
    Extent extent = Extent::Usual;

    /// The number that belongs to the extent.
    std::uint64_t choose(std::uint64_t smoke, std::uint64_t usual, std::uint64_t deep) const {
        if (extent == Extent::Smoke) return smoke;
        return extent == Extent::Usual ? usual : deep;
    }
};

/// One line of the table: what was shown, what was wrong, figures worth reading.
struct CorpusReport {
    std::uint64_t cases = 0;
    std::uint64_t findings = 0;
    std::string notes;
};

/// Something hostile that is shown to the product. `play` adds a verdict for each thing that had
/// to hold and prints each finding; it needs nothing but its plan.
struct Corpus {
    std::string_view name;
    std::string_view what;
    CorpusReport (*play)(const CorpusPlan& plan, Verdicts& verdicts);
};

/// All of them, in the order in which they are played. A new one is a file with a `play_...`
/// function and a line here.
std::span<const Corpus> corpora();

CorpusReport play_desync(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_tokens(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_pictures(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_guessing(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_timing(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_words(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_secrets(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_revocation(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_injection(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_matrix(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_malformed(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_behind_proxies(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_slow(const CorpusPlan& plan, Verdicts& verdicts);
CorpusReport play_logins(const CorpusPlan& plan, Verdicts& verdicts);

}  // namespace imagify::testing
