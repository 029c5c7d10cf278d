#include "adapters/demo_painter/scene_engine.hpp"

#include "adapters/demo_painter/demo_painter.hpp"

namespace imagify {

SceneEngine::SceneEngine(Worker& worker)
    : worker_(worker),
      capabilities_{
          .id = "demo",
          .name = "Imagify Demo",
          .demo = true,
          .aspect_ratios = {AspectRatio::Square, AspectRatio::Portrait3x4,
                            AspectRatio::Landscape4x3, AspectRatio::Landscape16x9,
                            AspectRatio::Portrait9x16},
          .styles = {"none", "photo", "lacquer", "silk", "ink", "watercolor", "neon", "pixel"},
          .seed = true} {}

Task<Result<Painted>> SceneEngine::paint(PaintRequest request, ByteSink& sink) {
    using Bytes = std::vector<std::uint8_t>;
    const auto png = co_await worker_.run<Bytes>([&request]() -> Result<Bytes> {
        const auto& order = request.order;
        const auto size = pixel_size(order.aspect_ratio);
        return demo::encode_png(
            demo::paint_scene({.prompt = order.prompt,
                               .seed = order.seed,
                               .width_px = size.width_px,
                               .height_px = size.height_px,
                               .style = order.style == "none" ? "" : order.style}));
    });
    if (!png) co_return std::unexpected(png.error());
    if (auto written = co_await sink.write(std::as_bytes(std::span(*png))); !written) {
        co_return std::unexpected(written.error());
    }
    co_return Painted{.engine = capabilities_.id};
}

}  // namespace imagify
