#pragma once

#include <map>
#include <string>

#include "ports/painter.hpp"
#include "ports/picture_inspector.hpp"
#include "sim/env.hpp"

namespace imagify::sim {

/// True for bytes that the fake painters call a picture.
bool is_picture(std::span<const std::byte> bytes);

/// Takes for a picture what `is_picture` takes.
class FakeInspector final : public PictureInspector {
public:
    Result<PictureFacts> inspect(std::span<const std::byte> bytes) const override;
};

/// How often each prompt was painted, and which prompts some painter failed.
struct PaintingLog {
    std::map<std::string, int> calls;
    std::map<std::string, int> failures;
    std::map<std::string, int> timeouts;
};

/// A painter with every trouble of the port, and one that it forbids: to be late.
class FakePainter final : public Painter {
public:
    FakePainter(Env& env, PaintingLog& log, std::string id);
    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest request, ByteSink& sink) override;

private:
    Task<Result<Painted>> draw(const PaintRequest& request, ByteSink& sink);
    std::optional<Error> draw_error();

    Env& env_;
    PaintingLog& log_;
    PainterCapabilities capabilities_;
    Dice dice_;
};

}  // namespace imagify::sim
