#include "usecases/cancel_image.hpp"

namespace imagify {

Task<Result<Generation>> CancelImage::run(UserId owner, GenerationId id) const {
    const auto before = co_await generations_.find_generation_of(owner, id);
    if (!before || before->state != GenerationState::Held) co_return before;
    const auto released = co_await generations_.release(
        {.id = id, .to = GenerationState::Cancelled, .error = {}, .now = clock_.now()});
    if (!released && released.error().kind != ErrorKind::Conflict) {
        co_return std::unexpected(released.error());
    }
    events_.publish(owner, {.generation = id});
    co_return co_await generations_.find_generation_of(owner, id);
}

}  // namespace imagify
