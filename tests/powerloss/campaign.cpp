#include "powerloss/campaign.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

#include "powerloss/image_inspector.hpp"

namespace imagify::testing {
namespace {

constexpr std::size_t kExamples = 5;

void cover(Coverage& coverage, const Recording& recording) {
    using Kind = DiskEvent::Kind;
    coverage["recordings"] += 1;
    coverage["operations"] += recording.operations;
    coverage["refusals"] += recording.refused;
    coverage["group commits"] += recording.group_commits;
    coverage["restarts"] += recording.restarts;
    coverage["kills"] += recording.kills;
    for (const auto& event : recording.events) {
        switch (event.kind) {
            case Kind::Create: coverage["files made"] += 1; break;
            case Kind::Delete: coverage["files deleted"] += 1; break;
            case Kind::Truncate: coverage["truncations"] += 1; break;
            case Kind::SyncFailed: break;
            case Kind::Sync: coverage["syncs"] += 1; break;
            case Kind::SyncFolder: coverage["folder syncs"] += 1; break;
            case Kind::Write: coverage["writes"] += 1; break;
        }
    }
}

/// Shared by the threads of one campaign.
class Board {
public:
    void add(const Findings& findings, const Coverage& coverage,
             std::vector<std::string> examples) {
        const std::scoped_lock lock(mutex_);
        result_.findings += findings;
        for (const auto& [name, count] : coverage) result_.coverage[name] += count;
        for (auto& example : examples) {
            if (result_.examples.size() < kExamples) result_.examples.push_back(std::move(example));
        }
    }
    CampaignResult take() { return std::move(result_); }

private:
    std::mutex mutex_;
    CampaignResult result_;
};

/// One recording and the power cuts in it, spread evenly over its events.
void run_recording(const Campaign& campaign, std::uint64_t seed, std::int64_t images, unsigned job,
                   Board& board, std::atomic<std::int64_t>& done) {
    const auto recording = record_books(seed, campaign.batches, campaign.durability);
    ImageInspector inspector(recording, "/memory/" + std::to_string(job));
    Findings findings;
    Coverage coverage;
    cover(coverage, recording);
    std::vector<std::string> examples;
    DiskReplay replay;
    Dice dice(seed);
    const auto events = static_cast<std::int64_t>(recording.events.size());
    for (std::int64_t position = 0; position <= events; ++position) {
        const auto before = images * position / (events + 1);
        const auto until = images * (position + 1) / (events + 1);
        for (auto image = before; image < until; ++image) {
            auto wrong =
                inspector.inspect(replay.image(dice), static_cast<std::size_t>(position), findings);
            done.fetch_add(1, std::memory_order_relaxed);
            if (wrong.empty() || examples.size() >= kExamples) continue;
            examples.push_back("seed " + std::to_string(seed) + ", event " +
                               std::to_string(position) + ": " + wrong);
        }
        if (position < events) replay.apply(recording.events[static_cast<std::size_t>(position)]);
    }
    board.add(findings, coverage, std::move(examples));
}

}  // namespace

CampaignResult run_campaign(const Campaign& campaign, std::atomic<std::int64_t>& done) {
    const auto recordings = (campaign.images + campaign.per_recording - 1) / campaign.per_recording;
    Board board;
    std::atomic<std::int64_t> next = 0;
    const auto work = [&](unsigned job) {
        for (;;) {
            const auto index = next.fetch_add(1);
            if (index >= recordings) return;
            const auto first = campaign.images * index / recordings;
            const auto last = campaign.images * (index + 1) / recordings;
            run_recording(campaign, campaign.seed + static_cast<std::uint64_t>(index), last - first,
                          job, board, done);
        }
    };
    std::vector<std::jthread> threads;
    threads.reserve(campaign.jobs);
    for (unsigned job = 0; job < campaign.jobs; ++job) threads.emplace_back(work, job);
    threads.clear();
    return board.take();
}

}  // namespace imagify::testing
