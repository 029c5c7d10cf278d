#include "app/painters.hpp"

#include "adapters/clipdrop/clipdrop_painter.hpp"
#include "adapters/demo_painter/scene_engine.hpp"

namespace imagify {

std::vector<std::unique_ptr<Painter>> make_painters(const Config& config, HttpClient& http,
                                                    Worker& worker, Clock& clock, Random& random) {
    std::vector<std::unique_ptr<Painter>> painters;
    for (const auto& name : config.painters) {
        if (name == "demo") painters.push_back(std::make_unique<SceneEngine>(worker));
        if (name == "clipdrop") {
            painters.push_back(std::make_unique<ClipdropPainter>(
                ClipdropSettings{.api_key = config.clipdrop_key,
                                 .url = config.clipdrop_url,
                                 .calls_per_minute = config.clipdrop_calls_per_minute},
                http, clock, random));
        }
    }
    return painters;
}

}  // namespace imagify
