#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/coverage.hpp"
#include "sim/dice.hpp"

namespace imagify::sim {

/// Everything that the world does wrong by itself. `kFaultNames` has the same order.
enum class Fault : std::uint8_t {
    StoreRefuses,
    StoreUnknownLost,
    StoreUnknownKept,
    Crash,
    BlobStage,
    BlobWrite,
    BlobView,
    BlobPublish,
    BlobOpen,
    BlobRemove,
    NoticeLost,
    NoticesAllLost,
    NoticeLate,
    NoticeRepeated,
    NoticeConcurrent,
    NoticeReplyLost,
    QuerySlow,
    QueryHangs,
    QueryUnreachable,
    QueryServerError,
    QueryGarbage,
    QueryUnsigned,
    QueryBadSignature,
    QueryOtherOrder,
    QueryOtherTerminal,
    QueryWrongAmount,
    QueryNotAPayment,
    QueryBusy,
    QueryStale,
    RefundAnswerLost,
    PainterSlow,
    PainterHangs,
    PainterRefuses,
    PainterRateLimited,
    PainterNoCredit,
    PainterUnavailable,
    PainterTimesOut,
    PainterBadAnswer,
    PainterTooLarge,
    PainterBadBytes,
    PainterStopsHalfWay,
    DynamoConflict,
    DynamoThrottled,
    DynamoErrorBefore,
    DynamoErrorAfter,
    DynamoRequestLost,
    DynamoAnswerLost,
    DynamoAnswerLate,
    DynamoRequestLate,
    DynamoRequestTwice,
    DynamoIndexLags,
    DynamoPageCut,
    DynamoUnprocessed,
    Count
};

inline constexpr auto kFaultNames = std::to_array<std::string_view>({
    "store refuses a write",
    "store: outcome unknown, lost",
    "store: outcome unknown, kept",
    "crash",
    "blob: disk full at stage",
    "blob: disk full at write",
    "blob: unreadable",
    "blob: publish fails",
    "blob: open fails",
    "blob: remove fails",
    "notice lost",
    "all notices lost",
    "notice late",
    "notice repeated",
    "notices concurrent",
    "reply to notice lost",
    "querydr slow",
    "querydr hangs",
    "querydr unreachable",
    "querydr 5xx",
    "querydr garbage",
    "querydr unsigned",
    "querydr badly signed",
    "querydr about another order",
    "querydr of another terminal",
    "querydr with another amount",
    "querydr about no payment",
    "querydr busy",
    "querydr from a stale replica",
    "answer to a refund lost",
    "painter slow",
    "painter hangs past the hold",
    "painter refuses",
    "painter rate limited",
    "painter has no credit",
    "painter unavailable",
    "painter times out",
    "painter answers nonsense",
    "painter sends too much",
    "painter sends bad bytes",
    "painter stops half-way",
    "dynamodb: conflict",
    "dynamodb: throttled",
    "dynamodb: 500, nothing done",
    "dynamodb: 500, but done",
    "dynamodb: request lost",
    "dynamodb: answer lost",
    "dynamodb: answer late",
    "dynamodb: request late",
    "dynamodb: request twice",
    "dynamodb: index lags",
    "dynamodb: page cut short",
    "dynamodb: key left unprocessed",
});
static_assert(kFaultNames.size() == static_cast<std::size_t>(Fault::Count));

/// Which faults a seed has and how often. Each seed has some of them only, so that rare
/// combinations are not drowned by the common ones.
class Faults {
public:
    Faults(std::uint64_t seed, Coverage& coverage) : coverage_(coverage) {
        Dice dice(seed, "fault rates");
        for (std::size_t i = 0; i < kCount; ++i) {
            dice_.emplace_back(seed, kFaultNames[i]);
            const bool present = dice.permille(400);
            rates_.push_back(present ? static_cast<unsigned>(dice.between(20, 250)) : 0U);
        }
        // These are asked at every write or visit, not once per message.
        for (const auto often : {Fault::StoreRefuses, Fault::StoreUnknownLost,
                                 Fault::StoreUnknownKept, Fault::Crash}) {
            rates_[index(often)] /= often == Fault::Crash ? 5 : 4;
        }
        // A deed takes many requests.
        for (auto i = index(Fault::DynamoConflict); i <= index(Fault::DynamoRequestTwice); ++i) {
            rates_[i] /= 4;
        }
        // Refunds are few.
        rates_[index(Fault::RefundAnswerLost)] *= 3;
    }

    /// True when the fault happens now; counted.
    bool hits(Fault fault) {
        if (!on_ || !dice_[index(fault)].permille(rates_[index(fault)])) return false;
        ++hits_;
        ++hits_of_[index(fault)];
        coverage_.count(kFaultNames[index(fault)]);
        return true;
    }
    /// How many faults there were: a failure is excused only when this changed.
    std::uint64_t hits_so_far() const { return hits_; }
    /// How many of them hit the disk of pictures.
    std::uint64_t disk_hits() const {
        std::uint64_t sum = 0;
        for (auto i = index(Fault::BlobStage); i <= index(Fault::BlobRemove); ++i) {
            sum += hits_of_[i];
        }
        return sum;
    }
    /// How many of them hit a request to the store.
    std::uint64_t wire_hits() const {
        std::uint64_t sum = 0;
        for (auto i = index(Fault::DynamoConflict); i <= index(Fault::DynamoRequestTwice); ++i) {
            sum += hits_of_[i];
        }
        return sum;
    }
    std::uint64_t hits_of(Fault fault) const { return hits_of_[index(fault)]; }
    void stop() { on_ = false; }
    bool on() const { return on_; }

private:
    static constexpr auto kCount = static_cast<std::size_t>(Fault::Count);
    static std::size_t index(Fault fault) { return static_cast<std::size_t>(fault); }

    Coverage& coverage_;
    std::vector<Dice> dice_;
    std::vector<unsigned> rates_;
    std::uint64_t hits_ = 0;
    std::array<std::uint64_t, static_cast<std::size_t>(Fault::Count)> hits_of_{};
    bool on_ = true;
};

}  // namespace imagify::sim
