#include "usecases/generate_image.hpp"

#include <array>
#include <cstring>

#include "base/failpoint.hpp"

namespace imagify {
namespace {

Result<void> validate(const ImageRequest& request, const PainterRoster& painters) {
    Error error{.kind = ErrorKind::Invalid, .code = "validation.failed"};
    if (const auto problem = prompt_problem(request.order.prompt)) {
        error.fields.push_back({"prompt", *problem});
    }
    const auto& negative = request.order.negative_prompt;
    if (const auto problem = prompt_problem(negative); problem && !negative.empty()) {
        error.fields.push_back({"negativePrompt", *problem});
    }
    if (error.fields.empty() && painters.candidates(request.order, request.engine).empty()) {
        error.fields.push_back({"engine", "unsupported"});
    }
    if (!error.fields.empty()) return std::unexpected(std::move(error));
    return {};
}

std::uint32_t draw_seed(Random& random) {
    std::array<std::byte, sizeof(std::uint32_t)> bytes{};
    random.fill(bytes);
    std::uint32_t seed = 0;
    std::memcpy(&seed, bytes.data(), bytes.size());
    return seed;
}

}  // namespace

Task<Result<ImageAnswer>> GenerateImage::run(ImageRequest request) {
    request.order.prompt = trim(request.order.prompt);
    if (auto valid = validate(request, parts_.painters); !valid) {
        co_return std::unexpected(valid.error());
    }
    if (!request.key) co_return co_await answer(std::move(request));
    const auto name = request.user_id.text() + '\0' + request.key->key;
    {
        const std::scoped_lock lock(mutex_);
        if (!in_flight_.insert(name).second) {
            co_return fail(ErrorKind::Conflict, "idempotency.in_flight");
        }
    }
    // Removed however the coroutine ends, also when it is cancelled.
    const auto forget = [this](const std::string* key) {
        const std::scoped_lock lock(mutex_);
        in_flight_.erase(*key);
    };
    const std::unique_ptr<const std::string, decltype(forget)> guard(&name, forget);
    co_return co_await answer(std::move(request));
}

Task<Result<ImageAnswer>> GenerateImage::answer(ImageRequest request) {
    // Subscribed before the work starts, so that its end cannot be missed.
    auto changes = co_await parts_.events.subscribe(request.user_id);
    const auto held = co_await hold(request);
    if (!held) co_return std::unexpected(held.error());
    FAILPOINT("generate.after_hold");
    parts_.events.publish(request.user_id, {.generation = held->generation.id});
    if (held->created) {
        if (auto started = co_await start(*held); !started) {
            co_return std::unexpected(started.error());
        }
    }
    const bool pending = held->generation.state == GenerationState::Held;
    if (!pending) {
        co_return ImageAnswer{.generation = held->generation, .balance = held->balance};
    }
    if (request.wait > std::chrono::milliseconds(0)) {
        auto end = parts_.clock.steady_now() + request.wait;
        if (request.answer_by) end = std::min(end, *request.answer_by);
        co_await wait_for(*changes, held->generation.id, end);
    }
    const auto generation = co_await parts_.generations.find_generation(held->generation.id);
    if (!generation) co_return std::unexpected(generation.error());
    const auto account = co_await parts_.accounts.find_account(request.user_id);
    if (!account) co_return std::unexpected(account.error());
    co_return ImageAnswer{.generation = *generation,
                          .balance = {.credits = account->credits, .held = account->held}};
}

Task<Result<HoldOutcome>> GenerateImage::hold(ImageRequest& request) {
    request.order.seed = request.seed ? *request.seed : draw_seed(parts_.random);
    const auto now = parts_.clock.now();
    co_return co_await parts_.generations.place_hold(
        {.generation = {.id = GenerationId(new_ulid("", parts_.clock, parts_.random)),
                        .user_id = request.user_id,
                        .order = request.order,
                        .price = kPicturePrice,
                        .requested_engine = request.engine,
                        .created_at = now,
                        .deadline = now + kHoldDeadline,
                        .lease = parts_.lease},
         .key = request.key});
}

Task<Result<void>> GenerateImage::start(const HoldOutcome& held) {
    auto queued = co_await parts_.queue.enqueue(held.generation.id);
    if (queued) co_return queued;
    co_await parts_.generations.release({.id = held.generation.id,
                                         .to = GenerationState::Failed,
                                         .error = queued.error().code,
                                         .now = parts_.clock.now()});
    parts_.events.publish(held.generation.user_id, {.generation = held.generation.id});
    co_return queued;
}

Task<void> GenerateImage::wait_for(Subscription& changes, const GenerationId& id,
                                   std::chrono::steady_clock::time_point end) {
    using std::chrono::milliseconds;
    for (;;) {
        const auto asked_at = parts_.clock.steady_now();
        auto wait = std::chrono::ceil<milliseconds>(end - asked_at);
        if (wait <= milliseconds(0)) co_return;
        const bool looks = parts_.look_every > milliseconds(0);
        if (looks) wait = std::min(wait, parts_.look_every);
        const auto change = co_await changes.next(wait);
        // Nothing, and too early: nobody will say anything any more.
        const bool waited = parts_.clock.steady_now() - asked_at >= wait;
        if (!change && !(looks && waited)) co_return;
        if (change && change->generation != id) continue;
        const auto generation = co_await parts_.generations.find_generation(id);
        if (!generation || generation->state != GenerationState::Held) co_return;
    }
}

}  // namespace imagify
