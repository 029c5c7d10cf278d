#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {

Item generation_item(const Generation& generation) {
    const auto& order = generation.order;
    Item item{{"imageId", generation.id.text()},
              {"owner", generation.user_id.text()},
              {"userId", generation.user_id.text()},
              {"createdAt", sort_text(generation.created_at, generation.id.text())},
              {"state", std::string(to_text(generation.state))},
              {"prompt", order.prompt},
              {"aspectRatio", std::string(to_text(order.aspect_ratio))},
              {"style", order.style},
              {"seed", std::int64_t{order.seed}},
              {"negativePrompt", order.negative_prompt},
              {"price", generation.price.count},
              {"requestedEngine", generation.requested_engine},
              {"deadline", to_unix_ms(generation.deadline)},
              {"lease", generation.lease},
              {"error", generation.error}};
    if (generation.state == GenerationState::Held) {
        set_due(item, Due::Hold, generation.id.text(), generation.deadline);
    }
    return item;
}

Generation read_generation(const Item& item) {
    Generation generation{
        .id = GenerationId(item.text("imageId")),
        .user_id = UserId(item.text("owner")),
        .state = parse_generation_state(item.text("state")).value_or(GenerationState::Failed),
        .order = {.prompt = item.text("prompt"),
                  .aspect_ratio =
                      parse_aspect_ratio(item.text("aspectRatio")).value_or(AspectRatio::Square),
                  .style = item.text("style"),
                  .seed = static_cast<std::uint32_t>(item.number("seed")),
                  .negative_prompt = item.text("negativePrompt")},
        .price = {item.number("price")},
        .requested_engine = item.text("requestedEngine"),
        .created_at = time_of(item.text("createdAt")),
        .deadline = item.time("deadline"),
        .lease = item.text("lease"),
        .error = item.text("error")};
    if (generation.state == GenerationState::Ready) {
        generation.picture = StoredPicture{.mime = item.text("mime"),
                                           .width_px = static_cast<int>(item.number("widthPx")),
                                           .height_px = static_cast<int>(item.number("heightPx")),
                                           .size_bytes = item.number("sizeBytes"),
                                           .sha256 = item.text("sha256"),
                                           .color = item.text("color"),
                                           .engine = item.text("engine")};
    }
    return generation;
}

void set_picture(Update& update, const StoredPicture& picture) {
    update.set("mime", picture.mime)
        .set("widthPx", std::int64_t{picture.width_px})
        .set("heightPx", std::int64_t{picture.height_px})
        .set("sizeBytes", picture.size_bytes)
        .set("sha256", picture.sha256)
        .set("color", picture.color)
        .set("engine", picture.engine);
}

}  // namespace imagify::dynamodb
