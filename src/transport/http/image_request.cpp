#include "transport/http/image_request.hpp"

#include "base/mutant.hpp"
#include "transport/http/idempotency_key.hpp"
#include "transport/http/json_reader.hpp"

namespace imagify::http {

Result<ImageRequest> read_image_request(const Context& context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) return std::unexpected(reader.error());
    auto key = idempotency_key(context.request, "generate-image");
    if (!key) return std::unexpected(key.error());
    ImageRequest request{
        .user_id = context.account->id,
        .order = {.prompt = reader->text("prompt"),
                  .style = reader->optional_text("style").value_or("none"),
                  .negative_prompt = reader->optional_text("negativePrompt").value_or("")},
        .engine = reader->optional_text("engine").value_or(""),
        .key = std::move(*key),
        .answer_by = context.request.answer_by};
    if (const auto text = reader->optional_text("aspectRatio")) {
        const auto ratio = parse_aspect_ratio(*text);
        if (!ratio) reader->reject("aspectRatio", "unsupported");
        request.order.aspect_ratio = ratio.value_or(AspectRatio::Square);
    }
    const auto seed_max = kSeedMax + (MUTANT("parse.seed") ? 1 : 0);
    if (const auto seed = reader->optional_integer("seed", 0, seed_max)) {
        request.seed = static_cast<std::uint32_t>(*seed);
    }
    if (context.request.headers.get("Prefer").contains("respond-async")) {
        request.wait = std::chrono::milliseconds(0);
    }
    if (auto valid = reader->finish(); !valid) return std::unexpected(valid.error());
    return request;
}

}  // namespace imagify::http
