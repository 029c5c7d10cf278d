#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "ports/account_store.hpp"
#include "ports/events.hpp"
#include "ports/generation_store.hpp"
#include "ports/work_queue.hpp"
#include "usecases/painter_roster.hpp"

namespace imagify {

/// How long a request waits for its picture before it is told to come back (API Gateway gives 29
/// s).
inline constexpr std::chrono::seconds kAnswerWait{25};

struct ImageRequest {
    UserId user_id;
    PictureOrder order;
    /// Drawn at random when absent.
    std::optional<std::uint32_t> seed{};
    /// A painter's id, or empty for the first that can.
    std::string engine{};
    std::optional<IdempotencyKey> key{};
    /// Zero: answer at once.
    std::chrono::milliseconds wait = kAnswerWait;
    /// Ends the wait earlier.
    std::optional<std::chrono::steady_clock::time_point> answer_by{};
};

struct ImageAnswer {
    Generation generation;
    Balance balance;
};

/// Sets a credit aside, has the picture painted, and waits for it for a while. The work is not tied
/// to this request: it goes on when the client is gone.
class GenerateImage {
public:
    struct Parts {
        GenerationStore& generations;
        AccountStore& accounts;
        PainterRoster& painters;
        WorkQueue& queue;
        Events& events;
        Clock& clock;
        Random& random;
        /// Names this process; see Generation::lease.
        std::string lease;
        /// How often a waiting request looks itself, where other processes paint: their events
        /// do not come here. Zero: this process paints.
        std::chrono::milliseconds look_every{0};
    };
    explicit GenerateImage(Parts parts) : parts_(std::move(parts)) {}

    /// The generation as it is when it is ready, failed, or `wait` has passed (then still held).
    /// Errors: Invalid `validation.failed`, `idempotency.mismatch`; InsufficientCredits
    /// `credits.insufficient`; Conflict `idempotency.in_flight`; Unavailable `server.overloaded`
    /// (the credit is back); those of GenerationStore.
    Task<Result<ImageAnswer>> run(ImageRequest request);

private:
    Task<Result<HoldOutcome>> hold(ImageRequest& request);
    Task<Result<ImageAnswer>> answer(ImageRequest request);
    Task<Result<void>> start(const HoldOutcome& held);
    Task<void> wait_for(Subscription& changes, const GenerationId& id,
                        std::chrono::steady_clock::time_point end);

    Parts parts_;
    std::mutex mutex_;
    std::set<std::string> in_flight_;
};

}  // namespace imagify
