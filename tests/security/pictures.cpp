#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <vector>

#include "adapters/picture/library_picture_inspector.hpp"
#include "base/mutant.hpp"
#include "security/corpus.hpp"
#include "security/picture_cases.hpp"
#include "security/picture_upstream.hpp"

namespace imagify::testing {
namespace {

constexpr double kSlower = kSanitized ? 40 : 1;
constexpr double kTimeLimitMs = 250 * kSlower;
constexpr double kMemoryLimitMib = 64 * kSlower;
// Each lets one kind of file through.
constexpr auto kPlanted = std::to_array<std::string_view>(
    {"forged.any_text", "parse.png_tail", "parse.jpeg_tail", "parse.webp_tail"});

struct Picture {
    std::string what;
    std::string bytes;
};

/// What looking at one picture, or at several one after the other, took.
struct Cost {
    std::uint64_t taken = 0;
    double worst_ms = 0;
    double grown_mib = 0;
};

std::vector<Picture> collect(void (*make)(const TakePicture&)) {
    std::vector<Picture> pictures;
    make([&](std::string what, std::string bytes) {
        pictures.push_back({std::move(what), std::move(bytes)});
    });
    return pictures;
}

double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Cost look_at(std::span<const Picture> pictures) {
    const LibraryPictureInspector inspector;
    Cost cost;
    const auto before_mib = peak_mib();
    for (const auto& picture : pictures) {
        const auto begin = cpu_ms();
        if (inspector.inspect(std::as_bytes(std::span(picture.bytes)))) ++cost.taken;
        cost.worst_ms = std::max(cost.worst_ms, cpu_ms() - begin);
    }
    cost.grown_mib = peak_mib() - before_mib;
    return cost;
}

/// In a process of its own, whose peak of memory is nobody else's. Nothing when it died over it.
std::optional<Cost> measure(std::span<const Picture> pictures) {
    int ends[2];
    if (::pipe(ends) != 0) return std::nullopt;
    const auto child = ::fork();
    if (child == 0) {
        const auto cost = look_at(pictures);
        const bool written = ::write(ends[1], &cost, sizeof(cost)) == sizeof(cost);
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    Cost cost;
    const bool whole = ::read(ends[0], &cost, sizeof(cost)) == sizeof(cost);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return whole && status == 0 ? std::optional(cost) : std::nullopt;
}

/// Looks at each alone and remembers the worst.
class Scales {
public:
    /// The findings: taken though it should not be (or not taken), too slow, too large, died.
    std::uint64_t weigh(const Picture& picture, bool genuine) {
        const auto cost = measure({&picture, 1});
        const bool right = cost && (cost->taken == 1) == genuine &&
                           cost->worst_ms <= kTimeLimitMs && cost->grown_mib <= kMemoryLimitMib;
        if (cost && cost->worst_ms > worst_.worst_ms) {
            worst_.worst_ms = cost->worst_ms;
            slowest_ = picture.what;
        }
        if (cost) worst_.grown_mib = std::max(worst_.grown_mib, cost->grown_mib);
        if (!right) {
            fmt::print("picture: {}: {}, {:.0f} ms, {:.1f} MiB\n", picture.what,
                       !cost              ? "died"
                       : cost->taken == 1 ? "taken"
                                          : "refused",
                       cost ? cost->worst_ms : 0, cost ? cost->grown_mib : 0);
        }
        return right ? 0 : 1;
    }

    std::string worst() const {
        return fmt::format("worst {:.0f} ms ({}), {:.1f} MiB", worst_.worst_ms, slowest_,
                           worst_.grown_mib);
    }

private:
    Cost worst_;
    std::string slowest_;
};

std::uint64_t taken_of(const std::vector<Picture>& pictures) {
    const auto cost = measure(pictures);
    return cost ? cost->taken : pictures.size();
}

}  // namespace

CorpusReport play_pictures(const CorpusPlan& plan, Verdicts& verdicts) {
    auto bombs = collect(make_png_bombs);
    const auto damaged = collect(make_damaged_pictures);
    std::vector<Picture> genuine;
    if (plan.extent != Extent::Smoke) {
        std::ranges::move(collect(make_other_bombs), std::back_inserter(bombs));
        genuine = collect(make_genuine_pictures);
    }
    malloc_trim(0);
    CorpusReport report{
        .cases = bombs.size() + damaged.size() + genuine.size(), .findings = 0, .notes = {}};
    Scales scales;
    for (const auto& picture : bombs) report.findings += scales.weigh(picture, false);
    for (const auto& picture : genuine) report.findings += scales.weigh(picture, true);
    verdicts.expect(report.findings == 0,
                    fmt::format("pictures: {} bombs refused, {} genuine taken; {}", bombs.size(),
                                genuine.size(), scales.worst()));
    const auto taken = taken_of(damaged);
    report.findings += taken;
    verdicts.expect(taken == 0,
                    fmt::format("pictures: {} of {} damaged ones taken", taken, damaged.size()));
    std::uint64_t unnoticed = 0;
    for (const auto planted : kPlanted) {
        plant_mutant(planted);
        if (taken_of(planted == kPlanted.front() ? bombs : damaged) == 0) ++unnoticed;
        plant_mutant("");
    }
    verdicts.expect(unnoticed == 0, fmt::format("pictures: each of {} laxer inspectors is noticed",
                                                kPlanted.size()));
    std::vector<std::string> sent;
    for (const auto& picture : bombs) {
        if (picture.what.starts_with("PNG with") || picture.what.starts_with("animated PNG")) {
            sent.push_back(picture.bytes);
        }
    }
    sent.resize(std::min<std::size_t>(sent.size(), plan.choose(1, 8, 8)));
    const auto charged = count_charged(sent);
    report.findings += charged;
    verdicts.expect(charged == 0, fmt::format("pictures: {} of {} sent by a painter were charged",
                                              charged, sent.size()));
    report.notes = scales.worst();
    return report;
}

}  // namespace imagify::testing
