#include "domain/generation.hpp"

#include <utility>

namespace imagify {

std::string_view to_text(GenerationState state) {
    switch (state) {
        case GenerationState::Held: return "pending";
        case GenerationState::Ready: return "ready";
        case GenerationState::Failed: return "failed";
        case GenerationState::Cancelled: return "cancelled";
    }
    std::unreachable();
}

std::optional<GenerationState> parse_generation_state(std::string_view text) {
    if (text == "pending") return GenerationState::Held;
    if (text == "ready") return GenerationState::Ready;
    if (text == "failed") return GenerationState::Failed;
    if (text == "cancelled") return GenerationState::Cancelled;
    return std::nullopt;
}

}  // namespace imagify
